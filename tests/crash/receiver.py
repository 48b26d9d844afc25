"""Where webhooks arrive: a real socket that outlives every server, and forgets no notification."""

import asyncio
import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from time import monotonic

from aiohttp import web

SLOW_S = 0.05
"""Some answers take up to so long, that a kill finds webhooks under way."""


@dataclass(slots=True)
class Told:
    """One notification: its bodies, and when each arrived, in which life of the server."""

    bodies: set[bytes] = field(default_factory=set)
    arrivals: list[tuple[float, int]] = field(default_factory=list)


class Receiver:
    """Everything that was told, by the sandbox's mark in the address."""

    def __init__(self, seed: int) -> None:
        self.life = 0
        self.told: dict[str, dict[str, Told]] = defaultdict(lambda: defaultdict(Told))
        self.orders: dict[str, set[str]] = defaultdict(set)
        """By mark: of which orders anything was told."""
        self._chance = random.Random(seed)
        self._runner: web.AppRunner | None = None

    async def start(self):
        app = web.Application()
        app.router.add_post("/{mark}", self._hear)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"

    async def stop(self):
        await self._runner.cleanup()

    async def _hear(self, request):
        body = await request.read()
        said, mark = json.loads(body), request.match_info["mark"]
        number = said.get("tts_notification_id") or said.get("id", "")
        told = self.told[mark][number]
        told.bodies.add(body)
        told.arrivals.append((monotonic(), self.life))
        about = said.get("data") or {}
        self.orders[mark].add(about.get("order_id", ""))
        if self._chance.random() < 0.3:
            await asyncio.sleep(self._chance.random() * SLOW_S)
        return web.Response()
