"""What sellers upload, in a bounded store of the sandbox, and the address where its bytes are."""

from collections import OrderedDict
from hashlib import sha256
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from mock_api.kernel.safe_headers import OF_FILES
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from simulator.errors import NotFound

router: Final = APIRouter(tags=["uploads"])

PREFIX: Final = "/_uploads"
KNOWN: Final = 100_000
"""Of so many uploads it is known that they were: their bytes may be gone."""


class Uploads:
    """Bytes by their digest. Two files alike are one."""

    def __init__(self, most: int) -> None:
        """*most* bytes are kept; the oldest go first."""
        self._most = most
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._size = 0
        self._known: OrderedDict[str, None] = OrderedDict()

    def keep(self, media_type: str, content: bytes) -> str:
        """Its digest."""
        digest = sha256(content).hexdigest()
        self._known[digest] = None
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)
        if digest not in self._kept:
            self._kept[digest] = media_type, content
            self._size += len(content)
        while self._size > self._most and len(self._kept) > 1:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._size -= len(oldest)
        return digest

    def knows(self, digest: str) -> bool:
        """Whether it was uploaded here, not long ago."""
        return digest in self._known

    def get(self, digest: str) -> tuple[str, bytes] | None:
        """Media type and bytes."""
        return self._kept.get(digest)


def keep(request: Request, sandbox: Sandbox, media_type: str, content: bytes) -> str:
    """The address of what was uploaded."""
    digest = sandbox.attached(Uploads).keep(media_type, content)
    return f"{str(request.base_url).rstrip('/')}{PREFIX}/{sandbox.id}/{digest}"


def is_uploaded(sandbox: Sandbox, url: str) -> bool:
    """Whether that is the address of something that came by an upload."""
    before, _, digest = url.partition(f"{PREFIX}/{sandbox.id}/")
    return bool(before) and sandbox.attached(Uploads).knows(digest)


@router.get(PREFIX + "/{sandbox_id}/{digest}", response_class=Response)
async def fetch(request: Request, sandbox_id: str, digest: str) -> Response:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    try:
        found = sandboxes.get(sandbox_id).attached(Uploads).get(digest)
    except NotFound:
        found = None
    if found is None:
        raise HTTPException(404, "No such file.")
    media_type, content = found
    return Response(content, media_type=media_type, headers=OF_FILES)


def attach_uploads(sandbox: Sandbox) -> None:
    """Give the sandbox's world an empty store."""
    sandbox.attach(Uploads(sandbox.limits.files_bytes))
