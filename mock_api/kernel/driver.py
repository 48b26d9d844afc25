"""Moves one sandbox's clock, and lets webhooks and the integration keep up.

In ``drain``, the default, virtual time stands still until each delivery that is due has been
answered and the integration has been quiet for a moment, so that its calls land at the right
instant. In ``free``, deliveries leave and time goes on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from mock_api.kernel.wall_clock import elapsed, iso
from mock_api.settings import Delivery
from simulator.clock import DAY, HOUR, Instant, later
from simulator.words import Word

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

_LOG: Final = logging.getLogger("seatrial.clock")
_BREATH_S: Final = 0.02
"""Real time after which a moving clock lets requests in."""
_TICK_S: Final = 0.02
"""Real time between two steps of a running clock."""
_STRIDE: Final = HOUR
_NEVER: Final = Instant(2**62)
_PATIENCE_S: Final = 10.0
"""A drain waits no longer than this for quiet at one instant: some integrations never rest."""


class Webhooks(Word):
    """What time does while webhooks are on their way."""

    DRAIN = "drain"
    FREE = "free"


class Halted(Exception):
    """The server stops, and with it the clock."""

    def __init__(self, now: Instant) -> None:
        super().__init__(now)
        self.now = now

    def __str__(self) -> str:
        return f"the server is stopping: the clock stands at {self.now} ({iso(self.now)})"


class Driver:
    """The only mover of one sandbox's clock."""

    def __init__(self, sandbox: "Sandbox", delivery: Delivery) -> None:
        self._sandbox = sandbox
        self.quiet_s = delivery.quiet_s
        self.webhooks = Webhooks.DRAIN
        self.speed: float | None = None
        """Virtual seconds per real one; ``None`` when the clock is frozen."""
        self._pacer: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._mover: asyncio.Task[object] | None = None
        """Who moves the clock at the moment."""
        self._is_halted = False
        self._owed = 0.0
        self._paced_at = 0.0
        self._bound_for = Instant(0)

    @property
    def is_moving(self) -> bool:
        """An advance is under way."""
        return self._turn.locked()

    @property
    def lag_s(self) -> float:
        """Virtual seconds by which a running clock is behind what its speed asks for; zero of a
        frozen one."""
        if self.speed is None:
            return 0.0
        owed = self._owed + (elapsed() - self._paced_at) * self.speed
        return owed + max(0, self._bound_for - self._sandbox.world.now)

    async def go_to(self, until: Instant) -> None:
        """Advance to *until*; what is due then has happened, and was told. Halted, if the server
        stops before that: between two instants, never within one."""
        async with self._moving():
            await self._go(until, lambda: self._sandbox.world.now >= until, self._long_stop)

    async def go_until(self, reached: Callable[[], bool], at_most: Instant) -> bool:
        """Advance until *reached*, asked whenever something may have happened, but no further than
        *at_most*. Whether it was reached. Halted as above."""
        async with self._moving():
            return await self._go(at_most, reached, self._next_stop)

    def freeze(self) -> None:
        """The clock stands still, unless it is advanced."""
        self.speed = None
        if self._pacer:
            self._pacer.cancel()
            self._pacer = None

    def end(self) -> None:
        """Its sandbox has another world, or is no more: nobody moves the clock of this one."""
        self.freeze()
        if self._mover:
            self._mover.cancel()

    def run(self, speed: float) -> None:
        """The clock follows real time at *speed*."""
        self.freeze()
        if self._is_halted:
            return
        self.speed = speed
        self._owed, self._paced_at = 0.0, elapsed()
        self._bound_for = self._sandbox.world.now
        self._pacer = asyncio.create_task(self._keep_pace(speed))
        self._pacer.add_done_callback(tell_of_failure)

    def halt(self) -> None:
        """For good: a running clock stands still, and so does one that is advanced; whoever does
        that is told (Halted)."""
        self._is_halted = True
        self.end()

    @asynccontextmanager
    async def _moving(self) -> AsyncIterator[None]:
        """A turn at moving the clock. Whoever is halted waits for something, since this is one
        thread: for webhooks, for quiet, for its next breath; so no instant is cut in two."""
        async with self._turn:
            self._mover = mover = asyncio.current_task()
            assert mover is not None
            try:
                if self._is_halted:
                    raise Halted(self._sandbox.world.now)
                yield
            except asyncio.CancelledError:
                if not self._is_halted:
                    raise
                mover.uncancel()
                raise Halted(self._sandbox.world.now) from None
            finally:
                self._mover = None

    async def _go(
        self, until: Instant, reached: Callable[[], bool], stop: Callable[[], Instant]
    ) -> bool:
        world = self._sandbox.world
        breath = elapsed()
        while True:
            await self._hand_out()
            if reached():
                return True
            if world.now >= until:
                return False
            world.advance(min(stop(), until))
            await self._sandbox.committed_if_overdue()
            if elapsed() - breath > _BREATH_S:
                await asyncio.sleep(0)
                breath = elapsed()

    def _next_stop(self) -> Instant:
        """The next second at which anything may happen."""
        sandbox = self._sandbox
        dues = [sandbox.world.next_event, sandbox.outbox.next_due]
        return min((due for due in dues if due is not None), default=_NEVER)

    def _long_stop(self) -> Instant:
        """While nobody listens, no single second matters: a stride."""
        if self._sandbox.is_listened_to:
            return self._next_stop()
        return later(self._sandbox.world.now, _STRIDE)

    async def _hand_out(self) -> None:
        outbox = self._sandbox.outbox
        if self.webhooks is Webhooks.FREE:
            outbox.kick()
            return
        patience = elapsed() + _PATIENCE_S
        if elapsed() - self._sandbox.traffic.told_at < self.quiet_s:
            await self._quiet(patience)  # told of something before this advance began
        while outbox.is_busy:
            await outbox.settled()
            await self._quiet(patience)

    async def _quiet(self, patience: float) -> None:
        traffic = self._sandbox.traffic
        while (owed := self.quiet_s - traffic.quiet_for()) > 0 and elapsed() < patience:  # noqa: ASYNC110
            # A pause in traffic is no event to wait for. Whoever was asked to come again in a
            # minute is not waited for any longer than others.
            await asyncio.sleep(min(owed, patience - elapsed()))

    async def _keep_pace(self, speed: float) -> None:
        """Until cancelled. Fractions of a second are owed, never lost."""
        world = self._sandbox.world
        while True:
            await asyncio.sleep(_TICK_S)
            now = elapsed()
            self._owed += (now - self._paced_at) * speed
            self._paced_at = now
            whole = min(int(self._owed), DAY)
            if whole:
                self._owed -= whole
                self._bound_for = later(world.now, whole)
                await self.go_to(self._bound_for)


def tell_of_failure(moved: "asyncio.Task[object]") -> None:
    """A clock that nobody waits for has stopped: not in silence, unless it was meant to."""
    problem = None if moved.cancelled() else moved.exception()
    if problem and not isinstance(problem, Halted):
        _LOG.error("the clock stopped: the world failed", exc_info=problem)
