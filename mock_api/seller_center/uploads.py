"""What sellers upload, in a bounded store of the sandbox, and the address where its bytes are.

An address says in which sandbox something was uploaded. One that was branched off from it, or taken
in under another id, knows it all the same: what counts is the digest.
"""

from hashlib import sha256
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from mock_api.kernel.durable.kept import Content, Form, Kept, Plain
from mock_api.kernel.safe_headers import OF_FILES
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

router: Final = APIRouter(tags=["uploads"])

PREFIX: Final = "/_uploads"
KNOWN: Final = 100_000
"""Of so many uploads it is known that they were: their bytes may be gone."""


class _File(Form[tuple[str, bytes]]):
    """Media type, a line's end, and the bytes as they are."""

    def write(self, value: tuple[str, bytes]) -> Content:
        media_type, content = value
        return media_type.encode() + b"\n" + content

    def read(self, content: Content) -> tuple[str, bytes]:
        assert isinstance(content, bytes)
        media_type, _, rest = content.partition(b"\n")
        return media_type.decode(), rest


class Uploads:
    """Bytes by their digest. Two files alike are one."""

    def __init__(self, most: int) -> None:
        """*most* bytes are kept; the oldest go first."""
        self._most = most
        self.kept: Kept[tuple[str, bytes]] = Kept("uploads", _File())
        self._size = 0
        self.known: Kept[int] = Kept("uploads.known", Plain())
        """And how long each is, whose bytes may be gone."""

    def resume(self) -> None:
        self._size = sum(len(content) for _, content in self.kept.values())

    def keep(self, media_type: str, content: bytes) -> str:
        """Its digest."""
        digest = sha256(content).hexdigest()
        if digest not in self.known:
            self.known[digest] = len(content)
        if len(self.known) > KNOWN:
            self.known.drop_oldest()
        if digest not in self.kept:
            self.kept[digest] = media_type, content
            self._size += len(content)
        while self._size > self._most and len(self.kept) > 1:
            _, oldest = self.kept.drop_oldest()
            self._size -= len(oldest)
        return digest

    def knows(self, digest: str) -> bool:
        """Whether it was uploaded here, not long ago."""
        return digest in self.known

    def get(self, digest: str) -> tuple[str, bytes] | None:
        """Media type and bytes."""
        return self.kept.get(digest)


def keep(request: Request, sandbox: Sandbox, media_type: str, content: bytes) -> str:
    """The address of what was uploaded."""
    digest = sandbox.attached(Uploads).keep(media_type, content)
    return f"{str(request.base_url).rstrip('/')}{PREFIX}/{sandbox.id}/{digest}"


def is_uploaded(sandbox: Sandbox, url: str) -> bool:
    """Whether that is the address of something that came by an upload."""
    before, _, place = url.partition(f"{PREFIX}/")
    _, _, digest = place.partition("/")
    return bool(before) and sandbox.attached(Uploads).knows(digest)


@router.get(PREFIX + "/{sandbox_id}/{digest}", response_class=Response)
async def fetch(request: Request, sandbox_id: str, digest: str) -> Response:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    own_first = sorted(sandboxes.all(), key=lambda each: each.id != sandbox_id)
    found = next(filter(None, (each.attached(Uploads).get(digest) for each in own_first)), None)
    if found is None:
        raise HTTPException(404, "No such file.")
    media_type, content = found
    return Response(content, media_type=media_type, headers=OF_FILES)


def attach_uploads(sandbox: Sandbox) -> None:
    """Give the sandbox's world an empty store."""
    uploads = Uploads(sandbox.limits.files_bytes)
    sandbox.attach(uploads)
    sandbox.keep(uploads.kept, uploads.resume)
    sandbox.keep(uploads.known)
