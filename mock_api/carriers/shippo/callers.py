"""Who calls: ``Authorization: ShippoToken …``, with a live token or one for tests.

Both see the same world; what is done with the one for tests is marked as a test, and told to
webhooks for tests alone.
"""

from http import HTTPStatus
from typing import Final

from fastapi import Request

from mock_api.carriers.shippo.refusals import in_detail
from mock_api.carriers.shippo.words import NAME
from mock_api.kernel.carrier_route import sandboxes_of
from mock_api.kernel.sandbox import Sandbox

_SCHEME: Final = "shippotoken"
TEST_PREFIX: Final = "shippo_test_"


async def identify(request: Request) -> Sandbox:
    token = _token(request)
    if not token:
        text = "Authentication credentials were not provided."
        raise in_detail(HTTPStatus.UNAUTHORIZED, text)
    sandboxes = sandboxes_of(request)
    for field in ("token", "test_token"):
        found = sandboxes.with_carrier_key(NAME, field, token)
        if found is not None:
            return found
    raise in_detail(HTTPStatus.UNAUTHORIZED, "Invalid token")


def is_test(request: Request, sandbox: Sandbox) -> bool:
    """It was done with the token for tests; a stranger's is told by how it begins."""
    token = _token(request)
    return sandbox.is_credential(NAME, "test_token", token) or token.startswith(TEST_PREFIX)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else ""
