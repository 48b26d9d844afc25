"""Carries webhooks over HTTP, and tells what came of each."""

import aiohttp

from mock_api.kernel.outbox import Attempt, Message
from mock_api.kernel.tally import Tally
from mock_api.kernel.wall_clock import elapsed
from mock_api.settings import Delivery
from simulator.clock import Instant


class Courier:
    """One HTTP client for every webhook of a server. Follows no redirect, keeps no cookie, asks no
    proxy."""

    def __init__(self, delivery: Delivery, tally: Tally) -> None:
        self._tally = tally
        self._timeout = aiohttp.ClientTimeout(total=delivery.timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, message: Message, at: Instant) -> Attempt:
        """One attempt. Whatever goes wrong is in the answer, never an exception."""
        began = elapsed()
        status, error = None, ""
        try:
            async with self._http().post(
                message.url, data=message.body, headers=message.headers, allow_redirects=False
            ) as answer:
                await answer.read()
                status = answer.status
        except TimeoutError:
            error = f"no answer within {self._timeout.total:g} s"
        except (aiohttp.ClientError, ValueError, OSError) as problem:
            error = f"{type(problem).__name__}: {problem}".rstrip(": ")
        self._tally.webhooks[_outcome(message, status)] += 1
        return Attempt(at, status, error, round((elapsed() - began) * 1000, 3))

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding"),
            )
        return self._session


def _outcome(message: Message, status: int | None) -> str:
    if status is None:
        return "unanswered"
    return "accepted" if status in message.manner.accepted else "refused"
