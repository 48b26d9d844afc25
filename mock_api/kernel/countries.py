"""Countries, as requests name them. Which of them anybody goes to is the price list's business."""

import re
from typing import Final

_TWO_LETTERS: Final = re.compile(r"[A-Za-z]{2}", re.ASCII)


def is_country(code: str) -> bool:
    """It has the form of ISO 3166's two letters, in either case."""
    return _TWO_LETTERS.fullmatch(code) is not None
