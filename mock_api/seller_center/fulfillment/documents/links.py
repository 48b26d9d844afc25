"""Where a document waits for a day: an address that is signed and says everything, so that asking
for it changes nothing, and fetching it prints anew."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any, Final

from fastapi import APIRouter, HTTPException, Request, Response

from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.seller_center.fulfillment.documents.kinds import Kind
from mock_api.seller_center.fulfillment.documents.printing import printed
from simulator.clock import DAY, later
from simulator.errors import NotFound
from simulator.parcels.model import Parcel

router: Final = APIRouter(tags=["documents"])

PREFIX: Final = "/_documents"
LIVES: Final = DAY
"""A document's address works for 24 hours (virtual)."""

_MEDIA_TYPE: Final = {"pdf": "application/pdf", "png": "image/png", "zpl": "application/zpl"}
_DIGEST_BYTES: Final = 32


def path_of(sandbox: Sandbox, parcel: Parcel, kind: Kind) -> str:
    """Where the document can be fetched."""
    expires = later(sandbox.world.now, LIVES)
    told = [sandbox.id, parcel.id, kind.type, kind.size, kind.suffix, expires]
    ticket = json.dumps(told).encode()
    signed = hmac.digest(sandbox.app.secret.encode(), ticket, "sha256") + ticket
    return f"{PREFIX}/{urlsafe_b64encode(signed).decode().rstrip('=')}.{kind.suffix}"


@router.get(PREFIX + "/{ticket}.{suffix}", response_class=Response)
async def fetch(request: Request, ticket: str, suffix: str) -> Response:
    sandbox, (_, parcel_id, *kind, expires) = _read(request, ticket)
    wanted = Kind(*kind)
    if wanted.suffix != suffix:
        raise HTTPException(404, "No such document.")
    if expires <= sandbox.world.now:
        raise HTTPException(410, "This document's address has expired: ask for a new one.")
    try:
        parcel = sandbox.world.parcel(parcel_id)
    except NotFound:
        raise HTTPException(404, "No such document.") from None
    return Response(printed(sandbox.world, parcel, wanted), media_type=_MEDIA_TYPE[suffix])


def _read(request: Request, ticket: str) -> tuple[Sandbox, list[Any]]:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    try:
        raw = urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
        told: list[Any] = json.loads(raw[_DIGEST_BYTES:])
        sandbox = sandboxes.get(told[0])
    except (NotBase64, ValueError, LookupError, TypeError, RecursionError, NotFound):
        raise HTTPException(404, "No such document.") from None
    mark, said = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if not hmac.compare_digest(mark, hmac.digest(sandbox.app.secret.encode(), said, "sha256")):
        raise HTTPException(404, "No such document.")
    return sandbox, told
