"""What a file's head says of a picture: its format and its sides. Nothing is decoded."""

from dataclasses import dataclass
from io import BytesIO


@dataclass(frozen=True, slots=True)
class Picture:
    """Sides in pixels."""

    media_type: str
    """As in ``image/png``; empty for a format that has none."""
    width: int
    height: int


def picture_of(content: bytes) -> Picture | None:
    """None, if it is no picture, or one whose head is broken."""
    from PIL import Image  # noqa: PLC0415 - large, and few runs look at one

    try:
        with Image.open(BytesIO(content)) as image:
            return Picture(Image.MIME.get(image.format or "", ""), *image.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
