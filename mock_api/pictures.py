"""Pages of a PDF as label printers take them: a picture (PNG, GIF), or Zebra's language (ZPL).

Both are drawn from the very PDF, dot by dot of a label printer, so that all forms look the same.
"""

from io import BytesIO
from typing import Final

from PIL.Image import Image
from pypdfium2 import PdfDocument
from zebrafy.zebrafy_image import ZebrafyImage

_POINTS_PER_INCH: Final = 72
_DOTS_PER_INCH: Final = 203
_PICTURE_DOTS_PER_INCH: Final = 2 * _DOTS_PER_INCH
"""A picture is looked at as well as printed."""


def png(pdf: bytes) -> bytes:
    """The first page as a PNG in greys: a label has one."""
    return _picture(pdf, "PNG")


def gif(pdf: bytes) -> bytes:
    """The same as a GIF."""
    return _picture(pdf, "GIF")


def zpl(pdf: bytes) -> bytes:
    """Each page as a format of its own, black on white, its bitmap in ``^GF``."""
    formats = (
        ZebrafyImage(page, format="ASCII", dither=False, set_label_size=True).to_zpl()
        for page in _pages(pdf, _DOTS_PER_INCH)
    )
    return "\n".join(formats).encode()


def _picture(pdf: bytes, form: str) -> bytes:
    written = BytesIO()
    _pages(pdf, _PICTURE_DOTS_PER_INCH)[0].save(written, form)
    return written.getvalue()


def _pages(pdf: bytes, dots_per_inch: int) -> list[Image]:
    document = PdfDocument(pdf)
    try:
        scale = dots_per_inch / _POINTS_PER_INCH
        return [page.render(scale=scale, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
