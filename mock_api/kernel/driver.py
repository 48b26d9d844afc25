"""Moves one sandbox's clock, and lets webhooks and the integration keep up.

In ``drain``, the default, virtual time stands still until each delivery that is due has been
answered and the integration has been quiet for a moment, so that its calls land at the right
instant. In ``free``, deliveries leave and time goes on.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import Delivery
from simulator.clock import DAY, HOUR, Instant, later
from simulator.words import Word

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox

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

    @property
    def is_moving(self) -> bool:
        """An advance is under way."""
        return self._turn.locked()

    async def go_to(self, until: Instant) -> None:
        """Advance to *until*; what is due then has happened, and was told."""
        async with self._turn:
            await self._go(until, lambda: self._sandbox.world.now >= until, self._long_stop)

    async def go_until(self, reached: Callable[[], bool], at_most: Instant) -> bool:
        """Advance until *reached*, asked whenever something may have happened, but no further than
        *at_most*. Whether it was reached."""
        async with self._turn:
            return await self._go(at_most, reached, self._next_stop)

    def freeze(self) -> None:
        """The clock stands still, unless it is advanced."""
        self.speed = None
        if self._pacer:
            self._pacer.cancel()
            self._pacer = None

    def run(self, speed: float) -> None:
        """The clock follows real time at *speed*."""
        self.freeze()
        self.speed = speed
        self._pacer = asyncio.create_task(self._keep_pace(speed))

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
            # Whoever was asked to come again in a minute is not waited for any longer than others.
            await asyncio.sleep(
                min(owed, patience - elapsed())
            )  # a pause in traffic is no event to wait for

    async def _keep_pace(self, speed: float) -> None:
        """Until cancelled. Fractions of a second are owed, never lost."""
        owed, last = 0.0, elapsed()
        world = self._sandbox.world
        while True:
            await asyncio.sleep(_TICK_S)
            now = elapsed()
            owed, last = owed + (now - last) * speed, now
            whole = min(int(owed), DAY)
            if whole:
                owed -= whole
                await self.go_to(later(world.now, whole))
