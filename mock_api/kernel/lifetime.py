"""From a server's start to its end: what is recovered first, and what is closed last."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from mock_api.kernel.durable.refusals import NotKept
from mock_api.kernel.readiness import Readiness
from mock_api.kernel.sandboxes import DEFAULT_ID, Sandboxes
from mock_api.kernel.stopping import Stopping
from mock_api.settings import ServerSettings

_LOG: Final = logging.getLogger("seatrial.server")

Recover = Callable[[Readiness], Awaitable[None]]
"""Brings back what was there before, and says how far it has come. What it raises is why it
cannot."""


class Lifetime:
    """Of one server."""

    def __init__(
        self, sandboxes: Sandboxes, settings: ServerSettings, recover: Recover | None = None
    ) -> None:
        self.readiness = Readiness()
        self.stopping = Stopping(settings.stop_within_s, self._halt)
        self._sandboxes = sandboxes
        self._settings = settings
        self._recover = recover
        if recover:
            self.readiness.recovering()

    @asynccontextmanager
    async def lived(self) -> AsyncIterator[None]:
        """The server listens for as long as the block lasts; it recovers meanwhile."""
        recovering = asyncio.create_task(self._come_to_be())
        if not self._recover:
            await recovering
        yield
        self.stopping.begin()
        recovering.cancel()
        with suppress(asyncio.CancelledError):
            await recovering
        await self._end()

    async def _come_to_be(self) -> None:
        if self._recover:
            try:
                await self._recover(self.readiness)
            except NotKept as problem:
                _LOG.error("not recovered", extra={"fields": {"why": str(problem)}})
                self.readiness.failed(str(problem))
                return
            except Exception as problem:  # noqa: BLE001 - whatever it is, the server says so
                _LOG.exception("the sandboxes could not be recovered")
                self.readiness.failed(str(problem) or type(problem).__name__)
                return
            self.readiness.done()
        if self._settings.default_sandbox and self._settings.speed:
            self._sandboxes.get(DEFAULT_ID).driver.run(self._settings.speed)

    def _halt(self) -> None:
        self.readiness.stopping()
        self._sandboxes.halt()

    async def _end(self) -> None:
        try:
            given_up = await self._sandboxes.close(self.stopping.remaining_s())
        except NotKept as problem:
            given_up = 0
            _LOG.error("not kept", extra={"fields": {"why": str(problem)}})
        self.stopping.over()
        cut_off = [*self.stopping.cut_off, *([f"{given_up} webhooks"] if given_up else [])]
        if cut_off:
            told = {"within_s": self._settings.stop_within_s, "cut_off": cut_off}
            _LOG.warning("stopped before everything was finished", extra={"fields": told})
