"""The append-only record of what happened, and its running digest.

Two runs are equal exactly when their digests are. Facts are hashed in blocks of fixed length, each
with the digest of the block before it: a chain that can be saved and taken up again, at a
sixty-fourth of the cost of hashing every fact by itself. The journal keeps no facts; its sinks do.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final

from simulator.clock import Instant
from simulator.facts import Fact
from simulator.facts.base import UNIT

Sink = Callable[[int, Instant, Fact], None]

_BLOCK: Final = 64
_RECORD: Final = "\x1e"
"""ASCII's record separator, between facts."""


class Journal:
    """Numbers facts from one, and tells every sink."""

    def __init__(self) -> None:
        self._sinks: list[Sink] = []
        self._chain = b""
        self._block: list[str] = []
        """The texts of the unfinished block's facts."""
        self.length = 0

    def subscribe(self, sink: Sink) -> None:
        """Every later fact goes to *sink*, in order, in the recording call."""
        self._sinks.append(sink)

    def record(self, at: Instant, fact: Fact) -> None:
        self.length += 1
        self._block.append(f"{at}{UNIT}{fact.kind}{UNIT}{fact.text()}")
        if len(self._block) == _BLOCK:
            self._chain = self._hashed()
            self._block.clear()
        for sink in self._sinks:
            sink(self.length, at, fact)

    def digest(self) -> str:
        """32 hexadecimal digits over every fact so far."""
        return self._hashed().hex()

    def save(self) -> dict[str, Any]:
        return {
            "length": self.length,
            "chain": self._chain.hex(),
            "block": list(self._block),
        }

    def resume(self, saved: dict[str, Any]) -> None:
        """Go on from what ``save`` gave; sinks are told of later facts only."""
        self.length = saved["length"]
        self._chain = bytes.fromhex(saved["chain"])
        self._block = list(saved["block"])

    def _hashed(self) -> bytes:
        block = _RECORD.join(self._block).encode()
        return blake2b(block, key=self._chain, digest_size=16).digest()
