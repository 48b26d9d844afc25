"""The seller's own fleet (SOF): no carrier of the world's, since nobody scans what it drives."""

from typing import Final

OWN_FLEET: Final = "own_fleet"
"""What stands where else a carrier's code does."""
