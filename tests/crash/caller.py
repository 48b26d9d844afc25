"""How the test calls the server: signed, with tokens, as a carrier's client; and what counts as
acknowledged."""

import asyncio
import json
from collections import Counter
from time import monotonic

import aiohttp

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign
from tests.crash.boxes import Cut, Refused

LOST = (aiohttp.ClientError, asyncio.TimeoutError, ConnectionError)
UNAVAILABLE = 503
WAITS_S = 60


class Caller:
    """Calls one server, and counts."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.acknowledged, self.refused = Counter(), Counter()
        self.cut: list[str] = []
        self.under_way = 0
        self.broken: list[str] = []
        """Answers 500: nobody wanted them."""
        timeout = aiohttp.ClientTimeout(total=WAITS_S)
        self._http = aiohttp.ClientSession(timeout=timeout, auto_decompress=False)

    async def close(self):
        await self._http.close()

    async def call(self, kind, method, path, box=None, **how):
        """The body of an acknowledged answer. Refused; Cut, if there is none."""
        began = monotonic()
        self.under_way += 1
        try:
            async with self._http.request(
                method, self.url + path, allow_redirects=False, **how
            ) as answer:
                body, status, head = await answer.read(), answer.status, answer.headers
        except LOST as lost:
            self.cut.append(kind)
            raise Cut(f"{kind}: {lost!r}") from None
        finally:
            self.under_way -= 1
        self._judge(kind, status, body)
        self.acknowledged[kind] += 1
        if box:
            box.acknowledged_at = max(box.acknowledged_at, began)
        if body and "json" in head.get("content-type", ""):
            return json.loads(body)
        return head.get("location", "") or body

    def _judge(self, kind, status, body):
        if status == UNAVAILABLE:
            self.cut.append(kind)
            raise Cut(kind)
        if status >= 500:
            self.broken.append(f"{kind}: {status} {body[:300]!r}")
        code = None
        if body[:1] == b"{":
            code = json.loads(body).get("code")
        if status >= 400 or (isinstance(code, int) and code):
            self.refused[f"{kind} {status} {code or ''}"] += 1
            raise Refused(f"{kind}: {status} {body[:300]!r}")

    async def control(self, kind, method, box, path="", body=None, **how):
        url = f"/_seatrial/sandboxes/{box.id if box else ''}{path}".rstrip("/")
        return await self.call(kind, method, url, box, json=body, **how)

    async def seller(self, kind, method, box, path, body=None, *, token="", **query):
        """Signed, with the sandbox's latest token or that one; the answer's ``data``."""
        sent = b"" if body is None else json.dumps(body).encode()
        headers = {"x-tts-access-token": token or box.token}
        headers["content-type"] = "application/json"
        url = signed(box.told, path, sent, **query)
        answer = await self.call(kind, method, url, box, data=sent or None, headers=headers)
        return answer.get("data") or {}

    async def desk(self, kind, method, box, path, body=None):
        headers = {"x-tts-access-token": box.token}
        return await self.call(kind, method, f"/desk/v1{path}", box, json=body, headers=headers)


def signed(told, path, body=b"", **query):
    pairs = [
        *query.items(),
        ("app_key", told["app_key"]),
        ("shop_cipher", told["shops"][0]["cipher"]),
        ("timestamp", str(wall_seconds())),
    ]
    pairs.append(("sign", sign(path, pairs, body, told["app_secret"])))
    return f"{path}?{'&'.join(f'{k}={v}' for k, v in pairs)}"
