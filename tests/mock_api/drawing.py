"""Pictures to upload."""

import io
import struct
import zlib

from PIL import Image


def image(kind="PNG", size=(120, 150)):
    """A black picture as a file of this kind; its sides in pixels."""
    drawn = io.BytesIO()
    Image.new("RGB", size).save(drawn, kind)
    return drawn.getvalue()


def png_head(width, height):
    """A PNG that says how large it is, and has no pixel."""
    sides = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", sides), (b"IDAT", b""), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def webp_head(chunk, side):
    """A WebP of one of its three kinds, square, that says how large it is, and has no pixel."""
    last, body = side - 1, chunk.encode() + struct.pack("<I", 10)
    match chunk:
        case "VP8 ":
            body += b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", side, side)
        case "VP8L":
            body += b"\x2f" + struct.pack("<I", last | last << 14) + b"\0" * 5
        case _:
            body += b"\0" * 4 + last.to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
