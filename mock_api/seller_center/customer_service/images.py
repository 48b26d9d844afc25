"""Pictures that sellers upload for their messages: kept for a while, and served back."""

from collections import OrderedDict
from hashlib import sha256
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from mock_api.kernel.pictures import Picture
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.settings import MIB
from simulator.errors import NotFound

router: Final = APIRouter(tags=["images"])

PREFIX: Final = "/_images"
LARGEST: Final = 10 * MIB
ROOM: Final = 64 * MIB
"""So many bytes of pictures are kept in one sandbox; the oldest go first."""
_TICKET: Final = 32


class Images:
    """One sandbox's pictures, by their digests; pictures that have gone are still known."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._known: set[str] = set()
        self._size = 0

    def keep(self, content: bytes, picture: Picture) -> str:
        """The name under which it is found from now on."""
        name = f"{sha256(content).hexdigest()[:_TICKET]}.{picture.format}"
        self._known.add(name)
        if name not in self._kept:
            self._kept[name] = picture.format, content
            self._size += len(content)
        while self._size > self._room:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= len(gone)
        return name

    def knows(self, name: str) -> bool:
        return name in self._known

    def get(self, name: str) -> tuple[str, bytes] | None:
        """Format and bytes, while there is room for them."""
        return self._kept.get(name)


def images_of(sandbox: Sandbox) -> Images:
    """The sandbox's, made now if nothing was uploaded before."""
    try:
        return sandbox.attached(Images)
    except KeyError:
        images = Images()
        sandbox.attach(images)
        return images


def is_uploaded(sandbox: Sandbox, url: str) -> bool:
    """Whether that is the address of a picture that came by an upload."""
    before, _, name = url.partition(f"{PREFIX}/{sandbox.id}/")
    return bool(before) and images_of(sandbox).knows(name)


@router.get(PREFIX + "/{sandbox_id}/{name}", response_class=Response)
async def fetch(request: Request, sandbox_id: str, name: str) -> Response:
    sandboxes = request.app.state.sandboxes
    assert isinstance(sandboxes, Sandboxes)
    try:
        found = images_of(sandboxes.get(sandbox_id)).get(name)
    except NotFound:
        found = None
    if found is None:
        raise HTTPException(410, "No such picture, or no longer.")
    return Response(found[1], media_type=f"image/{found[0]}")
