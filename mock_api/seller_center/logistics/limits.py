"""What a delivery option takes: sides in centimetres, weight in grams (ours, for want of a source:
about what the platform's own shipping takes)."""

from typing import Final

DIMENSION: Final = {"max_height": 60, "max_length": 120, "max_width": 60}
WEIGHT: Final = {"max_weight": 20_000, "min_weight": 1}
