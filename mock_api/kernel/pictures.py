"""What a file's head says of a picture: its format and its sides. Nothing is decoded.

So sides of any length are told, and whoever asks judges them. Pillow's guard against decompression
bombs stays on for whoever decodes; here Pillow's readers of heads are asked without it.
"""

import struct
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile


@dataclass(frozen=True, slots=True)
class Picture:
    """Sides in pixels."""

    media_type: str
    """As in ``image/png``; empty for a format that has none."""
    width: int
    height: int


_HEAD: Final = 16
"""So many bytes tell a format."""
_FOURTEEN_BITS: Final = 0x3FFF


_MOST_READS: Final = 50_000
"""No picture's head has so many parts. Files that are made for it keep a reader busy, byte by byte,
for as long as they are."""


class _Head(BytesIO):
    """A file of which only so much is read, however it is asked."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().readline(size)

    def _count(self) -> None:
        self.reads += 1
        if self.reads > _MOST_READS:
            raise OSError("this head has no end")


def picture_of(content: bytes) -> Picture | None:
    """None, if it is no picture, or one whose head is broken."""
    from PIL import Image  # noqa: PLC0415 - large, and few runs look at one

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it says of strangers' files is nobody's log
            image = _opened(content)
    except Image.DecompressionBombError:
        return _large_webp(content)
    except (OSError, ValueError):
        return None
    if image is None:
        return None
    with image:
        return Picture(Image.MIME.get(image.format or "", ""), *image.size)


def _opened(content: bytes) -> "ImageFile | None":
    """By the first reader that knows the head, the usual ones before all others: as ``Image.open``
    does it, but for its guard."""
    from PIL import Image  # noqa: PLC0415

    asked: set[str] = set()
    for load in (Image.preinit, Image.init):
        load()
        for name in [each for each in Image.ID if each not in asked]:
            asked.add(name)
            factory, accepts = Image.OPEN[name]
            with suppress(SyntaxError, IndexError, TypeError, struct.error):
                fits = accepts is None or accepts(content[:_HEAD])
                if fits and not isinstance(fits, str):  # a text says what this Pillow lacks
                    return factory(_Head(content), "")
    return None


def _large_webp(content: bytes) -> Picture | None:
    """Pillow's reader makes a WebP's canvas at once, and guards that: of a head that it has read so
    far, the sides are read again."""
    match content[8:_HEAD]:
        case b"WEBPVP8 ":
            wide, high = unpack_from("<HH", content, 26)
            return Picture("image/webp", wide & _FOURTEEN_BITS, high & _FOURTEEN_BITS)
        case b"WEBPVP8L":
            bits = int.from_bytes(content[21:25], "little")
            wide, high = bits & _FOURTEEN_BITS, bits >> 14 & _FOURTEEN_BITS
            return Picture("image/webp", wide + 1, high + 1)
        case b"WEBPVP8X":
            wide, high = (int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
            return Picture("image/webp", wide + 1, high + 1)
        case _:
            return None
