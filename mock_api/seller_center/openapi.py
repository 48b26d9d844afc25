"""The seller center's OpenAPI: every answer that an endpoint gives, and what each call is signed
with. FastAPI knows of the gates and of the platform's envelope of refusals as little as of its way
to say no with HTTP 200.
"""

from collections.abc import Callable
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from mock_api.seller_center.gates import Cipher, access_of
from mock_api.seller_center.groups import GROUPS

Schema = dict[str, Any]

_ID: Final = r"^\d{14}[0-9A-F]{20}$"
_WORDS: Final[Schema] = {
    "code": {"type": "integer", "minimum": 1},
    "message": {"type": "string", "minLength": 1},
    "request_id": {"type": "string", "pattern": _ID},
}
_BUSINESS: Final[Schema] = {
    "title": "Refused",
    "description": "A business refusal: HTTP 200, a code, and no data.",
    "type": "object",
    "required": ["code", "message", "request_id"],
    "properties": _WORDS,
    "additionalProperties": False,
}
_GATEWAY: Final[Schema] = {
    "title": "Turned away",
    "description": "A refusal of the gateway: before any business, with data: null.",
    "type": "object",
    "required": ["code", "message", "request_id", "data"],
    "properties": _WORDS | {"data": {"type": "null"}},
    "additionalProperties": False,
}
_STATUSES: Final = {
    400: "Bad parameter, time stamp, app key, cipher, version or body "
    "(36009004, 106013, 101000, 36009014, 36009022)",
    401: "Bad signature or token, or no scope (106001, 36009004, 105001, 105002, 105005)",
    403: "Address not allowed, or shop or seller deactivated (36009033, 36009043, 36009044)",
    404: "No such path: an identifier in it is none (36009009)",
    405: "No such method (36009010)",
    413: "Body too large (36009021)",
    429: "Too many requests (36009002)",
    500: "A failure of the platform's own (36009003); on purpose only",
    503: "Overloaded (36009003); on purpose only",
    504: "Timeout (36009007); on purpose only",
}
_INTERNAL: Final = 500
"""The one gateway status whose refusal has no ``data``."""

SIGNED: Final = ("app_key", "timestamp", "sign", "shop_cipher", "x-tts-access-token")
"""Parameters that the gates look at, of every endpoint."""


def documented(app: FastAPI) -> Callable[[], Schema]:
    """What writes the document of *app*, once."""

    def write() -> Schema:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, routes=app.routes)
            document["components"].setdefault("schemas", {}).update(
                BusinessRefusal=_BUSINESS, GatewayRefusal=_GATEWAY
            )
            for route in (each for group in GROUPS.values() for each in group.routes):
                for method in route.methods or ():
                    _complete(document["paths"][route.path_format][method.lower()], route)
            app.openapi_schema = document
        return app.openapi_schema

    return write


def _complete(operation: Schema, route: APIRoute) -> None:
    """One gated endpoint's: its parameters, and its refusals."""
    operation["parameters"] = [*operation.get("parameters", ()), *_signing(route)]
    answers = operation["responses"]
    answers.pop("422", None)
    content = answers["200"].get("content", {}).get("application/json")
    if content:
        told = content["schema"]
        content["schema"] = {"anyOf": [told, _ref("BusinessRefusal")]}
    for status, words in _STATUSES.items():
        name = "BusinessRefusal" if status == _INTERNAL else "GatewayRefusal"
        schema = _ref(name)
        answers[str(status)] = {
            "description": words,
            "content": {"application/json": {"schema": schema}},
        }


def _signing(route: APIRoute) -> list[Schema]:
    wanted = access_of(route.endpoint).cipher
    found = [_query("app_key"), _query("timestamp", r"^\d{1,10}$"), _query("sign")]
    if wanted is not Cipher.ABSENT:
        found.append(_query("shop_cipher", required=wanted is Cipher.REQUIRED))
    token = {"name": "x-tts-access-token", "in": "header", "required": True}
    return [*found, token | {"schema": {"type": "string"}}]


def _query(name: str, pattern: str = "", *, required: bool = True) -> Schema:
    schema = {"type": "string"} | ({"pattern": pattern} if pattern else {})
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
