"""4PX's application: every method, behind its one path, and how it fails."""

from fastapi import FastAPI

from mock_api.carriers.fourpx import labels, pricing, shipping, tracking
from mock_api.carriers.fourpx.naming import ByMethod
from mock_api.carriers.fourpx.refusals import answer
from mock_api.carriers.fourpx.words import NAME
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.sandboxes import Sandboxes


def create(sandboxes: Sandboxes) -> FastAPI:
    routers = [shipping.router, labels.router, labels.files, tracking.router, pricing.router]
    app = carrier_app(NAME, sandboxes, routers, answer)
    app.add_middleware(ByMethod)
    return app
