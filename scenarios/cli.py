"""The command line: ``seatrial up``, ``demo``, ``scenario``, ``sweep``, ``swarm``,
``report``, ``version``."""

import json
from dataclasses import replace
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from mock_api.settings import DEFAULT_PORT
from scenarios.commands import scenario_app
from scenarios.logs import Form, Level, LogWish
from scenarios.swarm.command import swarm
from scenarios.sweeping.command import sweep

app = typer.Typer(
    name="seatrial",
    help="A local TikTok Shop seller center with carriers, lives behind the wire, and a clock "
    "that moves when you say so.",
    no_args_is_help=True,
    add_completion=False,
)

Port = Annotated[
    int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65_535)
]
Speed = Annotated[
    float | None,
    typer.Option(
        help="Let the default sandbox's clock run: 1 is real time, 3600 an hour a second. "
        "Left out, the clock stands still until it is advanced.",
        min=0.001,
        max=10_000_000,
    ),
]
Start = Annotated[
    str | None,
    typer.Option(
        help="Where its clock starts: an ISO 8601 instant, or 'now'. Left out, a fixed Monday, "
        "so that runs repeat."
    ),
]
AnyCredentials = Annotated[
    bool,
    typer.Option(
        "--any-credentials",
        help="Carriers' APIs take whatever credentials they are shown: unknown ones belong to "
        "the default sandbox.",
    ),
]
Lenient = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="A carrier's API that forgives what the real one refuses."),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE",
        help="A bound, as docs/settings.md names it; repeatable. SEATRIAL_LIMIT_NAME in the "
        "environment does the same.",
    ),
]
StopWithin = Annotated[
    float,
    typer.Option(
        metavar="SECONDS",
        help="How long open answers and webhooks under way have once the server is told to stop.",
        min=0,
        max=3600,
    ),
]
LogForm = Annotated[
    Form,
    typer.Option("--log", help="How the log on the standard error output looks."),
]
LogLevel = Annotated[
    Level, typer.Option(help="What is worth a line of it; info: every request is.")
]

TokenOption = Annotated[
    str,
    typer.Option(
        "--control-token",
        envvar="SEATRIAL_CONTROL_TOKEN",
        show_default=False,
        help="What callers of the control API send as Authorization: Bearer TOKEN. The variable "
        "keeps it out of the list of processes.",
    ),
]
TokenFile = Annotated[
    Path | None,
    typer.Option("--control-token-file", help="The same, from a file.", show_default=False),
]
WebhooksTo = Annotated[
    list[str] | None,
    typer.Option(
        "--webhooks-to",
        metavar="HOST[:PORT]|CIDR",
        envvar="SEATRIAL_WEBHOOKS_TO",
        help="Where webhooks may go besides this machine. May be repeated.",
    ),
]

Data = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        envvar="SEATRIAL_DATA",
        help="Keep every sandbox in a file of its own here: whatever was acknowledged is there "
        "again after a restart, however the server ended.",
        show_default="nothing is kept",
    ),
]

app.add_typer(scenario_app)
app.command()(sweep)
app.command()(swarm)


@app.command()
def up(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = DEFAULT_PORT,
    seed: Annotated[int, typer.Option(help="Seed of the default sandbox.", min=0)] = 1,
    market: Annotated[str, typer.Option(help="Market profile.")] = "standard",
    speed: Speed = None,
    start: Start = None,
    default_sandbox: Annotated[
        bool, typer.Option(help="Open a sandbox with well-known credentials at the start.")
    ] = True,
    any_credentials: AnyCredentials = False,
    lenient: Lenient = None,
    limit: Limit = None,
    stop_within: StopWithin = 10,
    log: LogForm = Form.TEXT,
    log_level: LogLevel = Level.WARNING,
    control_token: TokenOption = "",
    control_token_file: TokenFile = None,
    webhooks_to: WebhooksTo = None,
    data: Data = None,
) -> None:
    """Start the server and print where it is, its credentials, and what to do next."""
    from scenarios import access, serving  # noqa: PLC0415 - the server is not needed for --help

    try:
        settings = serving.settings_from(
            seed, market, speed, start, default_sandbox=default_sandbox
        )
        settings = serving.with_carriers(
            settings, frozenset(lenient or ()), any_credentials=any_credentials
        )
        token = access.control_token(host, control_token, control_token_file)
        settings = access.with_access(settings, host, token.value, webhooks_to or ())
        settings = serving.with_limits(settings, limit or ())
        settings = replace(settings, stop_within_s=stop_within, data=data)
        serving.serve(host, port, settings, token, LogWish(log, log_level))
    except (serving.CannotServe, access.BadAccess) as problem:
        Console(stderr=True).print(f"[bold red]seatrial up:[/] {escape(str(problem))}")
        raise typer.Exit(2) from None


@app.command()
def demo() -> None:
    """Six virtual days of 200 orders over HTTP, in seconds: a timeline, and who breached what."""
    from scenarios import demo as play  # noqa: PLC0415 - as above

    play.run(Console())


@app.command()
def report(
    url: Annotated[
        str, typer.Option(help="Where the server listens.")
    ] = f"http://127.0.0.1:{DEFAULT_PORT}",
    sandbox: Annotated[str, typer.Option(help="Whose world to report on.")] = "default",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not tables.")] = False,
    control_token: TokenOption = "",
) -> None:
    """Figures of a running server's world: breaches, rates, waits and transit times."""
    from scenarios import report as figures  # noqa: PLC0415 - as above

    try:
        found = figures.fetch(url, sandbox, control_token)
    except figures.NoReport as problem:
        Console(stderr=True).print(f"[bold red]seatrial report:[/] {escape(str(problem))}")
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        figures.show(Console(), found)


@app.command()
def replay(
    path: Annotated[Path, typer.Argument(help="A sandbox's file.", metavar="FILE")],
    at: Annotated[
        str, typer.Option(help="Stop at this instant: ISO 8601 or seconds; left out: its end.")
    ] = "",
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve it: the same sandbox, as it was then.")
    ] = False,
    port: Port = DEFAULT_PORT,
) -> None:
    """Do a sandbox's commands once more and compare every fact. Exit code 0: the same, 1: not,
    2: the file will not do."""
    from scenarios import replaying  # noqa: PLC0415 - as above

    try:
        code = replaying.replay(Console(), path, at)
        if serve and code == replaying.SAME:
            replaying.serve(path, at, port)
    except replaying.CannotReplay as problem:
        Console(stderr=True).print(f"[bold red]seatrial replay:[/] {escape(str(problem))}")
        raise typer.Exit(replaying.CANNOT) from None
    raise typer.Exit(code)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(version_of("seatrial"))
