"""A server that stops as it is told: soon, with everything answered that can be."""

import math
import os
import socket
from types import FrameType
from typing import Final

import uvicorn

from mock_api.kernel.lifetime import Lifetime
from mock_api.kernel.wall_clock import elapsed
from scenarios.logs import SERVER

_LAST_RESORT_S: Final = 1
"""After the bound: for connections whose callers do not even take what was answered."""
_BY_SIGNAL: Final = 128
"""What shells add a signal's number to."""


class Stoppable(uvicorn.Server):
    """uvicorn's server, around an application that has a ``Lifetime``."""

    def __init__(self, config: uvicorn.Config, lifetime: Lifetime, within_s: float) -> None:
        config.timeout_graceful_shutdown = math.ceil(within_s) + _LAST_RESORT_S
        super().__init__(config)
        self.lifetime = lifetime

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop: also if there is nothing to serve."""
        return await super().on_tick(counter) or bool(self.lifetime.readiness.failure)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Clocks stand still first, so that whoever advances one has an answer to give."""
        began = elapsed()
        self.lifetime.stopping.begin()
        await super().shutdown(sockets)
        SERVER.info("stopped", extra={"fields": {"took_s": round(elapsed() - began, 1)}})

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told once, it stops as it should; told twice, at once, whatever is lost."""
        if self.should_exit:
            os._exit(_BY_SIGNAL + sig)
        super().handle_exit(sig, frame)
