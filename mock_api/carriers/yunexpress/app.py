"""YunExpress's application: every group of endpoints, and how it fails."""

from fastapi import FastAPI

from mock_api.carriers.yunexpress import access, labels, pricing, shipping, tracking
from mock_api.carriers.yunexpress.refusals import answer
from mock_api.carriers.yunexpress.words import NAME
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.sandboxes import Sandboxes


def create(sandboxes: Sandboxes) -> FastAPI:
    routers = [
        access.router,
        shipping.router,
        labels.router,
        labels.files,
        pricing.router,
        tracking.router,
    ]
    return carrier_app(NAME, sandboxes, routers, answer)
