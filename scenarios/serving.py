"""Starting a server: for ``seatrial up`` in the foreground, for the demo beside it."""

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.metadata import version
from typing import Any, Final

import uvicorn
from rich.console import Console

from mock_api.carriers.dialects import discovered
from mock_api.kernel.durable.refusals import NotKept
from mock_api.kernel.making import DEFAULT_APP, DEFAULT_CIPHER, DEFAULT_REFRESH, DEFAULT_TOKEN
from mock_api.kernel.times import instant
from mock_api.kernel.wall_clock import iso, wall_seconds
from mock_api.limits import BadLimit, chosen
from mock_api.main import create_app
from mock_api.settings import ServerSettings
from scenarios.access import TOKEN_VARIABLE, ControlToken
from scenarios.logs import SERVER, Form, LogWish, configure
from scenarios.stoppable import Stoppable
from simulator import DomainError, market_named
from simulator.world import STARTS_AT

_GENERATIONS: Final = (100_000, 50, 100)
"""Reference counting frees ended lives; the cyclic collector would only scan the living again."""

_LEEWAY_S: Final = 5
"""Beyond the time within which a server beside us says that it stops."""


class CannotServe(Exception):
    """The server cannot start as it was told to; the text says why and what to do."""


def settings_from(
    seed: int, market: str, speed: float | None, start: str | None, *, default_sandbox: bool
) -> ServerSettings:
    """The command line's words as settings; CannotServe names the word that does not do."""
    try:
        market_named(market)
        started = wall_seconds() if start == "now" else instant(start) if start else None
    except (DomainError, ValueError) as problem:
        raise CannotServe(str(problem)) from None
    return ServerSettings(
        default_sandbox=default_sandbox, seed=seed, market=market, start=started, speed=speed
    )


def with_carriers(
    settings: ServerSettings, lenient: frozenset[str], *, any_credentials: bool
) -> ServerSettings:
    """The command line's words about carriers' APIs; CannotServe names one that there is not."""
    known = {dialect.name for dialect in discovered()}
    unknown = sorted(lenient - known)
    if unknown:
        there = ", ".join(sorted(known)) or "none"
        raise CannotServe(
            f"there is no API of {', '.join(unknown)} to be lenient; there is {there}"
        )
    return replace(settings, lenient=lenient, any_credentials=any_credentials)


def with_limits(settings: ServerSettings, texts: Iterable[str]) -> ServerSettings:
    """The bounds that the command line and the environment choose; CannotServe says what is wrong
    with one."""
    try:
        return replace(settings, limits=chosen(texts, os.environ))
    except BadLimit as problem:
        raise CannotServe(str(problem)) from None


def serve(
    host: str,
    port: int,
    settings: ServerSettings,
    token: ControlToken,
    log: LogWish | None = None,
) -> None:
    """Serve in the foreground, until interrupted. CannotServe also if there was nothing to serve:
    sandboxes that could not be recovered."""
    log = log or LogWish()
    listening = _listen(host, port)
    bound = listening.getsockname()[1]
    configure(log)
    server = _server(settings, host, bound, log_config=None, log_level="warning")
    gc.freeze()  # what is there before the first call stays: nobody need look at it again
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    # uvicorn shuts down, then raises the signal again: being told to stop is no failure. Set before
    # anybody can know that we are here; a shell's background jobs ignore interrupts otherwise.
    for told_to_stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told_to_stop, lambda *_: sys.exit(0))
    base = f"http://{shown}:{bound}"
    if log.form is Form.JSON:  # for a program to read: no other lines
        SERVER.info("started", extra={"fields": {"url": base, "version": version("seatrial")}})
    else:
        _print_welcome(Console(), base, settings, token)
    with closing(listening):
        server.run(sockets=[listening])
    failure = server.lifetime.readiness.failure
    if failure:
        raise CannotServe(failure)


@contextmanager
def served(settings: ServerSettings, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """A server beside the caller, on a free port of this machine or that one; its base URL."""
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    server = _server(settings, host, port, log_level="error")
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        # The socket listens already: early requests wait in its queue until the server takes them.
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=settings.stop_within_s + _LEEWAY_S)
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        raise CannotServe(
            f"cannot listen on {host}:{port}: {problem.strerror}. "
            "Choose another with --port; 0 takes a free one."
        ) from None
    listening.listen(2048)
    return listening


def _server(settings: ServerSettings, host: str, port: int, **log: Any) -> Stoppable:
    gc.set_threshold(*_GENERATIONS)
    try:
        app, most = create_app(settings), settings.limits.connections
    except NotKept as problem:
        raise CannotServe(str(problem)) from None
    config = uvicorn.Config(
        app, host=host, port=port, access_log=False, limit_concurrency=most, **log
    )
    return Stoppable(config, app.state.lifetime, settings.stop_within_s)


def _print_welcome(
    console: Console, base: str, settings: ServerSettings, token: ControlToken
) -> None:
    console.print(f"[bold]Seatrial[/] listens on [bold cyan]{base}[/]\n")
    if token.is_made_up:
        _say(console, f"  control token {token.value}")
        _say(console, "  made up, since other machines may call here; to send it:")
        _say(console, f"  export {TOKEN_VARIABLE}={token.value}\n")
    shown = f' -H "Authorization: Bearer ${TOKEN_VARIABLE}"' if token.value else ""
    if settings.data:
        _say(console, f"  sandboxes are kept in {settings.data}; those that are there come back\n")
    if settings.opens:
        _say(console, f"The file's sandbox:\n  curl{shown} {base}/_seatrial/sandboxes")
        return
    if not settings.default_sandbox:
        _say(console, f"Open a sandbox:\n  curl{shown} -X POST {base}/_seatrial/sandboxes")
        return
    _print_credentials(console, settings)
    sandbox = f"{base}/_seatrial/sandboxes/default"
    carriers = ", ".join(dialect.name for dialect in discovered())
    if carriers:
        told = f"\n  {carriers}:\n  their APIs are here too; credentials: curl{shown} {sandbox}"
        _say(console, told)
    console.print("\n[bold]Next[/]", highlight=False, soft_wrap=True)
    steps = (
        ("Ten orders for your integration to ship:", f"{sandbox}/orders", '{"count": 10}'),
        ("Let three days pass:", f"{sandbox}/clock/advance", '{"by": "72h"}'),
    )
    for nth, (what, url, body) in enumerate(steps, start=1):
        _say(console, f"  {nth}. {what}\n     curl{shown} -X POST {url} --json '{body}'")
    _say(
        console,
        "  3. Point your integration here: base URL and auth URL are both "
        f"{base};\n     then read what it did: curl{shown} '{sandbox}/exchanges'\n",
    )


def _print_credentials(console: Console, settings: ServerSettings) -> None:
    start = STARTS_AT if settings.start is None else settings.start
    rows = {
        "app_key": DEFAULT_APP.key,
        "app_secret": DEFAULT_APP.secret,
        "service_id": DEFAULT_APP.service_id,
        "access_token": DEFAULT_TOKEN,
        "refresh_token": DEFAULT_REFRESH,
        "shop_cipher": DEFAULT_CIPHER,
        "virtual time": f"{iso(start)}, "
        + (f"{settings.speed:g} times real time" if settings.speed else "frozen")
        + (", if it is not there yet" if settings.data else ""),
    }
    for name, value in rows.items():
        _say(console, f"  {name:<14}{value}")


def _say(console: Console, words: str) -> None:
    """As it is, to be copied."""
    console.print(words, highlight=False, markup=False, soft_wrap=True)
