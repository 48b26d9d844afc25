"""Whether a server answers: not before its sandboxes are there again, and not once it stops."""

from typing import Any

from simulator.words import Word


class Phase(Word):
    """Where a server is in its life."""

    RECOVERING = "recovering"
    READY = "ready"
    FAILED = "failed"
    """It could not recover, and will not answer."""
    STOPPING = "stopping"


class Readiness:
    """Told by whoever recovers sandboxes and by whoever stops the server; ready, if nobody does."""

    def __init__(self) -> None:
        self.phase = Phase.READY
        self.is_ready = True
        """The same as the phase, in one look: every request asks."""
        self.recovered = 0
        self.of = 0
        self.failure = ""
        """Why it could not recover."""

    def recovering(self, of: int = 0) -> None:
        """So many sandboxes are to be recovered, or it is not known yet how many."""
        self.of = of
        self._be(Phase.RECOVERING)

    def one_more(self) -> None:
        """One of them is there again."""
        self.recovered += 1

    def done(self) -> None:
        """All are there. A server that is stopping by now stays so."""
        if self.phase is Phase.RECOVERING:
            self._be(Phase.READY)

    def failed(self, why: str) -> None:
        self.failure = why
        self._be(Phase.FAILED)

    def stopping(self) -> None:
        self._be(Phase.STOPPING)

    def shown(self) -> dict[str, Any]:
        """For the health call of a server that is not ready."""
        shown = {"status": self.phase, "ready": self.is_ready}
        if self.phase is Phase.RECOVERING:
            return shown | {"recovered": self.recovered, "of": self.of}
        return shown | ({"detail": self.failure} if self.failure else {})

    def _be(self, phase: Phase) -> None:
        self.phase = phase
        self.is_ready = phase is Phase.READY
