"""Carries webhooks over HTTP, to where they may go, and tells what came of each."""

import socket
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from mock_api.kernel.messages import Attempt, Message
from mock_api.kernel.tally import Tally
from mock_api.kernel.wall_clock import elapsed
from mock_api.kernel.webhook_hosts import NotAllowed, WebhookHosts, is_numeric
from mock_api.settings import Delivery
from simulator.clock import Instant

PSEUDONYM: Final = "seatrial-webhooks"
"""How webhooks sign themselves in ``Via``, so that none can be made to call the control API."""
_VIA: Final = {"Via": f"1.1 {PSEUDONYM}"}
_READ_AT_MOST: Final = 256 * 1024
"""Bytes of an acknowledgement; what says more is not heard to its end."""


class Courier:
    """One HTTP client for every webhook of a server. Follows no redirect, keeps no cookie, asks no
    proxy, and connects to no address but those that are allowed."""

    def __init__(self, delivery: Delivery, tally: Tally) -> None:
        """ValueError, if *delivery* names a place that is none."""
        self._tally = tally
        self._timeout = aiohttp.ClientTimeout(total=delivery.timeout_s)
        self._hosts = WebhookHosts(delivery.hosts)
        self._session: aiohttp.ClientSession | None = None

    async def carry(self, message: Message, at: Instant) -> Attempt:
        """One attempt. Whatever goes wrong is in the answer, never an exception."""
        began = elapsed()
        status, error = None, ""
        try:
            status = await self._post(URL(message.url), message)
        except TimeoutError:
            error = f"no answer within {self._timeout.total:g} s"
        except NotAllowed as refused:
            error = str(refused)
        except (aiohttp.ClientError, ValueError, OSError) as problem:
            error = f"{type(problem).__name__}: {problem}".rstrip(": ")
        self._tally.webhooks[_outcome(message, status)] += 1
        return Attempt(at, status, error, round((elapsed() - began) * 1000, 3))

    async def _post(self, url: URL, message: Message) -> int:
        """The answer's status. NotAllowed: nothing left this machine."""
        host = url.raw_host or ""
        # Of a name, the resolver has its say; an address is never shown to it.
        if is_numeric(host) and not self._hosts.takes_address(host, url.port or 0):
            raise NotAllowed(host)
        async with self._http().post(
            url, data=message.body, headers={**message.headers, **_VIA}, allow_redirects=False
        ) as answer:
            heard = 0
            async for chunk in answer.content.iter_any():
                heard += len(chunk)
                if heard > _READ_AT_MOST:
                    break
            return answer.status

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=_Resolver(self._hosts)),
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding"),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


def _outcome(message: Message, status: int | None) -> str:
    if status is None:
        return "unanswered"
    return "accepted" if status in message.manner.accepted else "refused"


class _Resolver(AbstractResolver):
    """The system's, for hosts that are allowed: by name, or because every address of theirs is. The
    connection goes to the very addresses that were looked at."""

    def __init__(self, hosts: WebhookHosts) -> None:
        self._hosts = hosts
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        if not self._hosts.takes_name(host, port):
            for each in found:
                if not self._hosts.takes_address(each["host"], port):
                    raise NotAllowed(host, each["host"])
        return found

    async def close(self) -> None:
        await self._system.close()
