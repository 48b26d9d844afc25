"""Named random draws: the same seed, purpose and entity give the same number, always.

No state is kept. A new draw, or a new entity, therefore never shifts the fate
of another one, and a million orders cost no generator objects.
"""

from hashlib import blake2b
from typing import Final

_SCALE: Final = 2.0**-64


class Streams:
    """All the chance of one world."""

    __slots__ = ("_fresh",)

    def __init__(self, seed: int) -> None:
        key = (seed % 2**128).to_bytes(16, "little")
        # A copy of a hash that has its key costs two thirds of a new one.
        self._fresh = blake2b(key=key, digest_size=8).copy

    def unit(self, purpose: str, entity: str, nth: int = 0) -> float:
        """A number in [0, 1) belonging to this purpose, entity and occasion."""
        drawn = self._fresh()
        drawn.update(f"{purpose}/{entity}/{nth}".encode())
        return int.from_bytes(drawn.digest(), "little") * _SCALE

    def between(self, purpose: str, entity: str, span: tuple[int, int], nth: int = 0) -> int:
        """A whole number in the closed *span*, each as likely as the other."""
        low, high = span
        return low + int(self.unit(purpose, entity, nth) * (high - low + 1))

    def pick(self, purpose: str, entity: str, count: int, nth: int = 0) -> int:
        """One of *count* places, from zero."""
        return int(self.unit(purpose, entity, nth) * count)
