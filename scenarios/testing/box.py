"""A sandbox as a test holds it: its credentials, and everything the control API can do with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from os import PathLike
from pathlib import Path
from ssl import SSLContext
from typing import Any, Final

import httpx

_PATIENCE_S: Final = 300.0
_MOST: Final = 10_000

Row = dict[str, Any]


class SandboxRefused(Exception):
    """The sandbox refuses what a test asked of it; the text is the server's own words."""


class Box:
    """One sandbox with a frozen clock. Only ``advance`` moves it."""

    def __init__(self, http: httpx.Client, told: Mapping[str, Any]) -> None:
        self._http = http
        self.told = dict(told)
        """The sandbox as the server described it when it was opened."""
        self.id: str = told["id"]
        self.app_key: str = told["app_key"]
        self.app_secret: str = told["app_secret"]
        self.access_token: str = told["access_token"]
        self.refresh_token: str = told["refresh_token"]
        self.shop_cipher: str = told["shops"][0]["cipher"]
        self.carriers: dict[str, dict[str, str]] = told["carriers"]
        """Credentials for each carrier's API, by the API's name."""

    @property
    def base_url(self) -> str:
        """Where an integration finds the seller center."""
        return str(self._http.base_url).rstrip("/")

    @property
    def now(self) -> int:
        """Virtual time, in Unix seconds."""
        return int(self.control("GET", "/clock")["now"])

    def control(self, method: str, path: str = "", body: Any = None, **query: Any) -> Row:
        """One call of the control API about this sandbox; SandboxRefused in its words."""
        url = f"/_seatrial/sandboxes/{self.id}{path}"
        answer = self._http.request(method, url, json=body, params=query, timeout=_PATIENCE_S)
        if answer.is_error:
            raise SandboxRefused(_words(answer))
        read: Row = answer.json() if answer.content else {}
        return read

    def place(self, *, seller: str = "", **wishes: Any) -> list[str]:
        """Orders, placed now; *seller* is a behaviour, or ``integration``, as if left out.

        Further wishes are those of ``POST …/orders``: count, shipping, city, items …
        """
        placed = self.control(
            "POST", "/orders", {"behaviour": "" if seller == "integration" else seller} | wishes
        )
        return list(placed["orders"])

    def advance(self, by: str | int = "", **wish: Any) -> Row:
        """Let virtual time pass: by a duration, or ``to=``, ``until=`` as the control API has
        them. What happened meanwhile: counts of facts, breaches and webhooks."""
        went = self.control("POST", "/clock/advance", {"by": by} if by else wish)
        while not went["done"]:
            went = self.control("GET", "/clock/advance")
        return went

    def until(self, order_id: str, status: str, at_most: str = "60d") -> int:
        """Advance until the order is there; when that was. SandboxRefused if it does not come."""
        went = self.advance(until={"order": order_id, "status": status}, at_most=at_most)
        if not went["reached"]:
            raise SandboxRefused(f"order {order_id} did not come to {status} within {at_most}")
        return int(went["now"])

    def buyer(self, order_id: str, action: str, **wishes: Any) -> Row:
        """The order's buyer does something: pay, cancel, complain …"""
        return self.control("POST", f"/buyers/{order_id}/{action}", wishes or None)

    def seller(self, order_id: str, action: str, **wishes: Any) -> Row:
        """The seller does something by hand: ship, mark, book, complain …"""
        return self.control("POST", f"/sellers/{order_id}/{action}", wishes or None)

    def carrier(self, code: str, event: str, **wishes: Any) -> Row:
        """A carrier does something by hand: hold, lose, damage …"""
        body = {name.rstrip("_"): value for name, value in wishes.items()}
        return self.control("POST", f"/carriers/{code}/{event}", body)

    def facts(self, kind: str = "", order_id: str = "") -> list[Row]:
        """What happened so far, in order; of one kind or order if named."""
        rows: list[Row] = []
        after = 0
        while True:
            page = self.control(
                "GET", "/journal", after=after, limit=_MOST, kind=kind, order_id=order_id
            )
            rows += page["facts"]
            if len(page["facts"]) < _MOST:
                return rows
            after = page["next"]

    def breaches(self) -> list[Row]:
        """Every breach so far."""
        return self.facts(kind="RuleBreached")

    def exchanges(self) -> list[Row]:
        """Every request of the integration with its answer."""
        return list(self.control("GET", "/exchanges", limit=_MOST)["exchanges"])

    def webhooks(self) -> list[Row]:
        """Every webhook with its attempts."""
        return list(self.control("GET", "/webhooks", limit=_MOST)["webhooks"])

    def save(self, path: str | PathLike[str]) -> Path:
        """Everything as one file, as it is now: ``seatrial replay FILE --serve`` opens it, and so
        does ``from_file`` of the marker ``sandbox``. It has the credentials in it."""
        whole = Path(path)
        whole.parent.mkdir(parents=True, exist_ok=True)
        url = f"/_seatrial/sandboxes/{self.id}/file"
        answer = self._http.get(url, timeout=_PATIENCE_S)
        if answer.is_error:
            raise SandboxRefused(_words(answer))
        whole.write_bytes(answer.content)
        return whole

    def report(self) -> Row:
        """Breaches, rates, waits and costs in figures."""
        return self.control("GET", "/report")


def open_box(http: httpx.Client, **wishes: Any) -> Box:
    """A fresh sandbox; wishes are those of ``POST /_seatrial/sandboxes``. No call is one too many
    in it, unless a ``rate_limit`` is wished: a rate counts real seconds, and a test has few."""
    wanted = {"rate_limit": 0} | wishes
    answer = http.post("/_seatrial/sandboxes", json=wanted, timeout=_PATIENCE_S)
    if answer.is_error:
        raise SandboxRefused(_words(answer))
    return Box(http, answer.json())


def load_box(http: httpx.Client, path: str | PathLike[str]) -> Box:
    """A sandbox from a file: the same world at the same instant, with credentials of its own, so
    that one file does for many tests. SandboxRefused, if it is none."""
    answer = http.post(
        "/_seatrial/sandboxes/file",
        params={"credentials": "new"},
        content=Path(path).read_bytes(),
        timeout=_PATIENCE_S,
    )
    if answer.is_error:
        raise SandboxRefused(f"{path}: {_words(answer)}")
    return Box(http, answer.json())


@cache
def _trusted() -> SSLContext:
    """Whom a client believes over TLS. Reading that list anew takes five times as long as opening a
    sandbox, and every test has a client of its own."""
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def opened(base: str, from_file: str | PathLike[str] | None = None, **wishes: Any) -> Iterator[Box]:
    """A sandbox on the server at *base* until the block ends: from a file, or a fresh one."""
    with httpx.Client(base_url=base, verify=_trusted(), trust_env=False) as http:
        box = open_box(http, **wishes) if from_file is None else load_box(http, from_file)
        try:
            yield box
        finally:
            close_box(http, box)


def close_box(http: httpx.Client, box: Box) -> None:
    """Gone, with everything in it."""
    http.delete(f"/_seatrial/sandboxes/{box.id}")


def _words(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code}: {answer.text[:500]}"
