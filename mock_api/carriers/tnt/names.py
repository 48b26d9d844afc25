"""What this dialect is called, and whose parcels it sees."""

from typing import Final

NAME: Final = "tnt"
"""The dialect, and the account of whatever is made through it."""
CARRIER: Final = "tnt"
"""In this world's codes."""
