"""An outside client: signed calls to the seller center, plain ones to the control API."""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign


class CallFailed(Exception):
    """The server answered with an error."""

    def __init__(self, method: str, path: str, answer: str) -> None:
        super().__init__(method, path, answer)
        self.answer = answer

    def __str__(self) -> str:
        method, path, answer = self.args
        return f"{method} {path}: {answer}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the integration knows of its sandbox."""

    app_key: str
    app_secret: str
    access_token: str
    shop_cipher: str

    @classmethod
    def of(cls, sandbox: dict[str, Any]) -> "Credentials":
        return cls(
            sandbox["app_key"],
            sandbox["app_secret"],
            sandbox["access_token"],
            sandbox["shops"][0]["cipher"],
        )


class Control:
    """The control API of one server."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def call(self, method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        answer = self._http.request(method, f"/_seatrial{path}", json=body, params=query)
        if answer.is_error:
            raise CallFailed(method, path, answer.text)
        read: dict[str, Any] = answer.json()
        return read


class SellerCenter:
    """The seller center, as an integration calls it."""

    def __init__(self, http: httpx.Client, credentials: Credentials) -> None:
        self._http = http
        self._own = credentials

    def call(self, method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        """One signed call; what is in the envelope, or CallFailed."""
        content = b"" if body is None else json.dumps(body).encode()
        pairs: list[tuple[str, Any]] = [
            *query.items(),
            ("app_key", self._own.app_key),
            ("shop_cipher", self._own.shop_cipher),
            ("timestamp", str(wall_seconds())),
        ]
        pairs.append(("sign", sign(path, pairs, content, self._own.app_secret)))
        headers = {
            "content-type": "application/json",
            "x-tts-access-token": self._own.access_token,
        }
        answer = self._http.request(method, path, params=pairs, content=content, headers=headers)
        envelope = answer.json()
        if envelope["code"] != 0:
            raise CallFailed(method, path, answer.text)
        read: dict[str, Any] = envelope["data"]
        return read
