"""How requests carry credentials, where carriers do as everybody does."""

from base64 import b64decode
from binascii import Error
from urllib.parse import parse_qsl

from starlette.requests import Request


def basic_of(request: Request) -> tuple[str, str] | None:
    """User and password of HTTP Basic; none, if there is no such header, or it cannot be read."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (Error, ValueError):
        return None
    return (user, password) if colon else None


def bearer_of(request: Request) -> str:
    """The bearer token, or nothing."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form body, the last of a name; what is no form has none of use."""
    body = await request.body()
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
