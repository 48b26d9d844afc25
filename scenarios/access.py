"""Who may call a server that is about to start, and where its webhooks may go: the command line's
words as settings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from secrets import token_urlsafe
from typing import Final

import httpx

from mock_api.kernel.webhook_hosts import WebhookHosts
from mock_api.settings import ControlAccess, ServerSettings

TOKEN_VARIABLE: Final = "SEATRIAL_CONTROL_TOKEN"  # noqa: S105 - the variable's name
_BYTES: Final = 24


class BadAccess(Exception):
    """A word of the command line's does not do; the text says which and why."""


@dataclass(frozen=True, slots=True)
class ControlToken:
    """The control API's; empty, if there is none."""

    value: str = ""
    is_made_up: bool = False
    """Nobody chose it, so whoever started the server has to be told."""


def control_token(host: str, given: str, file: Path | None) -> ControlToken:
    """The one that was given, or that is in the file; a server that other machines can reach has
    one made up. BadAccess, if the token cannot be read, or no header can say it."""
    token = _read(file) if file and not given else given
    if not token:
        needed = not _is_loopback(host)
        return ControlToken(token_urlsafe(_BYTES) if needed else "", is_made_up=needed)
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise BadAccess("a control token is written in printable ASCII, without spaces")
    return ControlToken(token)


def with_access(
    settings: ServerSettings, host: str, token: str, places: Iterable[str]
) -> ServerSettings:
    """*settings* with that token, and with *places* where webhooks may go besides this machine.
    BadAccess names a place that is none."""
    hosts = (*settings.delivery.hosts, *places)
    try:
        WebhookHosts(hosts)
    except ValueError as wrong:
        raise BadAccess(f"--webhooks-to: {wrong}") from None
    return replace(
        settings,
        control=ControlAccess(token, settings.control.names | {host}),
        delivery=replace(settings.delivery, hosts=hosts),
    )


def place_of(url: str) -> str:
    """Where webhooks to that URL go, as an allow list has it; empty, if the URL names no host."""
    try:
        named = httpx.URL(url)
    except httpx.InvalidURL:
        return ""
    port = named.port or {"http": 80, "https": 443}.get(named.scheme, 0)
    host = f"[{named.host}]" if ":" in named.host else named.host
    return f"{host}:{port}" if host and port else ""


def authorization(token: str) -> dict[str, str]:
    """The header that shows it; none without one."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def _read(file: Path) -> str:
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadAccess(f"no control token can be read from {file}: {problem}") from None
    if not token:
        raise BadAccess(f"{file} holds no control token")
    return token


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
