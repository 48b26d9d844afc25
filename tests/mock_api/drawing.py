"""Pictures to upload."""

import io

from PIL import Image


def image(kind="PNG", size=(120, 150)):
    """A black picture as a file of this kind; its sides in pixels."""
    drawn = io.BytesIO()
    Image.new("RGB", size).save(drawn, kind)
    return drawn.getvalue()
