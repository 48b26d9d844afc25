"""What a file's first bytes say of a picture: its format and its sides. Nothing is decoded."""

import struct
from dataclasses import dataclass
from struct import unpack_from
from typing import Final


@dataclass(frozen=True, slots=True)
class Picture:
    """Sides in pixels."""

    format: str
    """As in ``image/…``."""
    width: int
    height: int


class NoPicture(Exception):
    """No jpeg, png, gif or webp; or one that breaks off."""


_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE})
"""JPEG's markers that are followed by the picture's sides."""
_FOURTEEN_BITS: Final = 0x3FFF


def picture_of(content: bytes) -> Picture:
    """NoPicture, if it is none that this knows."""
    try:
        found = _read(content)
    except (struct.error, IndexError):
        raise NoPicture from None
    if found is None or not (found.width and found.height):
        raise NoPicture
    return found


def _read(content: bytes) -> Picture | None:
    if content.startswith(_PNG):
        return Picture("png", *unpack_from(">II", content, 16))
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return Picture("gif", *unpack_from("<HH", content, 6))
    if content[:2] == b"\xff\xd8":
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004 - where a marker begins
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return Picture("jpeg", width, height)
        at += 2 + unpack_from(">H", content, at + 2)[0]
    return None


def _webp(content: bytes) -> Picture | None:
    match content[12:16]:
        case b"VP8 ":
            width, height = unpack_from("<HH", content, 26)
            return Picture("webp", width & _FOURTEEN_BITS, height & _FOURTEEN_BITS)
        case b"VP8L":
            (bits,) = unpack_from("<I", content, 21)
            return Picture("webp", 1 + (bits & _FOURTEEN_BITS), 1 + (bits >> 14 & _FOURTEEN_BITS))
        case b"VP8X":
            wide, high = (int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
            unpack_from("<6B", content, 24)
            return Picture("webp", 1 + wide, 1 + high)
        case _:
            return None
