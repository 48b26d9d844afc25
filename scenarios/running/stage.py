"""Where a scenario is played: one sandbox, reached through the control API.

The server is another process, or the same one: then requests go straight into the application, and
no port is opened. Either way a scenario does nothing that a user could not do with curl.
"""

import asyncio
import shlex
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
from starlette.types import ASGIApp

from scenarios.record import Row

_PAGE: Final = 10_000
_PATIENCE_S: Final = 300.0
_SANDBOX: Final = "/_seatrial/sandboxes"
_UNHURRIED: Final[Row] = {"rate_limit": 0}
"""A rate counts real seconds, of which a story's days have few; how a run ends must not hang on the
machine's speed."""


class Refused(Exception):
    """The server refuses a call; the text is its own words."""


@dataclass(slots=True)
class Stage:
    """One sandbox to play in."""

    http: httpx.AsyncClient
    sandbox: Row

    @property
    def at(self) -> str:
        return f"{_SANDBOX}/{self.sandbox['id']}"

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> Row:
        """One call about this sandbox; Refused with the server's words."""
        return await _call(self.http, method, f"{self.at}{path}", body, **query)

    async def save(self, path: Path) -> None:
        """The whole sandbox as one file, as it is now."""
        answer = await self.http.get(f"{self.at}/file")
        if answer.is_error:
            raise Refused(_words(answer))
        await asyncio.to_thread(_write, path, answer.content)

    async def pages(self, path: str, key: str) -> list[Row]:
        """Every row of a paged reading."""
        rows: list[Row] = []
        after = 0
        while True:
            page = await self.call("GET", path, after=after, limit=_PAGE)
            rows += page[key]
            if len(page[key]) < _PAGE:
                return rows
            after = page["next"]


def opening_command(path: Path | str) -> str:
    """How to look at a sandbox that was saved: the same world at the same instant."""
    return f"open: seatrial replay {shlex.quote(str(path))} --serve"


@asynccontextmanager
async def fresh_stage(http: httpx.AsyncClient, wishes: Row) -> AsyncIterator[Stage]:
    """A sandbox of its own, gone afterwards."""
    sandbox = await _call(http, "POST", _SANDBOX, _UNHURRIED | wishes)
    stage = Stage(http, sandbox)
    try:
        yield stage
    finally:
        await stage.http.delete(stage.at)


@asynccontextmanager
async def default_stage(http: httpx.AsyncClient, wishes: Row) -> AsyncIterator[Stage]:
    """The sandbox whose credentials the integration under test has; its world made anew."""
    sandbox = await _call(http, "POST", f"{_SANDBOX}/default/reset", _UNHURRIED | wishes)
    yield Stage(http, sandbox)


@asynccontextmanager
async def in_process(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose requests go straight into *app*."""
    transport = httpx.ASGITransport(app=app)
    # A proxy of the environment's would be asked before the transport.
    async with httpx.AsyncClient(
        transport=transport, base_url="http://seatrial", trust_env=False
    ) as http:
        yield http


@asynccontextmanager
async def at_url(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server that listens there."""
    async with httpx.AsyncClient(base_url=url, timeout=_PATIENCE_S, trust_env=False) as http:
        yield http


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


async def _call(
    http: httpx.AsyncClient, method: str, path: str, body: Any = None, **query: Any
) -> Row:
    answer = await http.request(method, path, json=body, params=query)
    if answer.is_error:
        raise Refused(_words(answer))
    read: Row = answer.json() if answer.content else {}
    return read


def _words(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code}: {answer.text[:500]}"
