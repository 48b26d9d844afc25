"""What this dialect is called, and whose parcels it sees."""

from typing import Final

NAME: Final = "ups"
"""The dialect, and the account of whatever is made through it."""
CARRIER: Final = "ups"
"""In this world's codes."""
