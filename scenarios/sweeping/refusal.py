"""Why there is no sweep, or no more of it."""


class CannotSweep(Exception):
    """The sweep cannot be made as it was told to; the text says why and what to do."""
