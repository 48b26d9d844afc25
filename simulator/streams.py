"""Named random draws: the same seed, purpose and entity give the same number, always.

No state is kept. A new draw, or a new entity, therefore never shifts the fate
of another one, and a million orders cost no generator objects.
"""

from hashlib import blake2b
from typing import Final

_SCALE: Final = 2.0**-64


class Streams:
    """All the chance of one world."""

    __slots__ = ("_key",)

    def __init__(self, seed: int) -> None:
        self._key = (seed % 2**128).to_bytes(16, "little")

    def unit(self, purpose: str, entity: str, nth: int = 0) -> float:
        """A number in [0, 1) belonging to this purpose, entity and occasion."""
        name = f"{purpose}/{entity}/{nth}".encode()
        digest = blake2b(name, key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, "little") * _SCALE

    def between(self, purpose: str, entity: str, span: tuple[int, int], nth: int = 0) -> int:
        """A whole number in the closed *span*, each as likely as the other."""
        low, high = span
        return low + int(self.unit(purpose, entity, nth) * (high - low + 1))

    def pick(self, purpose: str, entity: str, count: int, nth: int = 0) -> int:
        """One of *count* places, from zero."""
        return int(self.unit(purpose, entity, nth) * count)
