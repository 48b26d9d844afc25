"""Shippo's application. Each path is served with a slash at its end and without: Shippo's examples
have one, its clients have none."""

from typing import Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from mock_api.carriers.shippo import tracks, webhooks
from mock_api.carriers.shippo.callers import identify
from mock_api.carriers.shippo.refusals import WORDS, answer
from mock_api.carriers.shippo.requests import names
from mock_api.carriers.shippo.words import NAME
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route
from mock_api.kernel.sandboxes import Sandboxes


def create(sandboxes: Sandboxes) -> FastAPI:
    router = APIRouter(route_class=carrier_route(NAME, identify, WORDS, names=names))
    for method, path, endpoint, body in (*tracks.ENDPOINTS, *webhooks.ENDPOINTS):
        for spelt in (path, f"{path}/"):
            router.add_api_route(spelt, endpoint, methods=[method], openapi_extra=_described(body))
    return carrier_app(NAME, sandboxes, [router], answer)


def _described(body: type[BaseModel] | None) -> dict[str, Any] | None:
    """For the application's own description, since the endpoints read their bodies themselves."""
    if body is None:
        return None
    return {"requestBody": {"content": {"application/json": {"schema": body.model_json_schema()}}}}
