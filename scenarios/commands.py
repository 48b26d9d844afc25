"""``seatrial scenario …``: run, list, new, replay, schema.

Only what the commands are called and take; what they do is in ``running.console``, which needs the
whole server and is loaded when a command runs.
"""

from pathlib import Path
from typing import Annotated

import typer

from mock_api.settings import DEFAULT_PORT

scenario_app = typer.Typer(
    name="scenario", help="Stories of orders, played and checked.", no_args_is_help=True
)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files that end with .scenario.yaml, or folders; left out, the library."),
]


@scenario_app.command()
def run(
    paths: Paths = None,
    target: Annotated[
        str,
        typer.Option(help="Where the integration under test takes webhooks: it plays the seller."),
    ] = "",
    port: Annotated[
        int, typer.Option(help="With --target: where the integration finds the server.", min=1)
    ] = DEFAULT_PORT,
    quiet_ms: Annotated[
        int,
        typer.Option(help="With --target: how long it must be quiet until time goes on.", min=0),
    ] = 60,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Processes; 0 takes one a core.", min=0)
    ] = 1,
    seed_range: Annotated[
        str, typer.Option(help="Run each with every seed from A up to B, without B: A:B.")
    ] = "",
    junit: Annotated[Path | None, typer.Option(help="Write the results as JUnit XML.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a report to look at.")] = None,
    artefacts: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Save the sandbox of every run that fails as one file here."
        ),
    ] = None,
) -> None:
    """Play scenarios and check them. Exit code 0: all passed, 1: some failed, 2: could not run."""
    from scenarios.running import console  # noqa: PLC0415 - the server is not needed for --help

    choices = console.Choices(target, port, quiet_ms, jobs, seed_range, junit, html, artefacts)
    raise typer.Exit(console.run(paths or [], choices))


@scenario_app.command(name="list")
def list_(paths: Paths = None) -> None:
    """List scenarios with the rules that they cover."""
    from scenarios.running import console  # noqa: PLC0415 - as above

    raise typer.Exit(console.list_scenarios(paths or []))


@scenario_app.command()
def new(
    path: Annotated[Path, typer.Argument(help="Where; .scenario.yaml is added if it is missing.")],
    title: Annotated[str, typer.Option(help="What it tells.")] = "A story to be told",
) -> None:
    """Begin a scenario file, with the JSON Schema beside it for the editor."""
    from scenarios.running import console  # noqa: PLC0415 - as above

    raise typer.Exit(console.begin(path, title))


@scenario_app.command()
def replay(
    path: Annotated[Path, typer.Argument(help="The scenario.")],
    seed: Annotated[int | None, typer.Option(help="Which run; left out, its own.", min=0)] = None,
    order: Annotated[str, typer.Option(help="Only this order's facts, by id or name.")] = "",
    vary: Annotated[
        list[str] | None, typer.Option(help="PATH=VALUE, as in the sweep that it was a run of.")
    ] = None,
) -> None:
    """Play one run again, and print every fact of it."""
    from scenarios.running import console  # noqa: PLC0415 - as above

    raise typer.Exit(console.replay(path, seed, order, vary or ()))


@scenario_app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors and checks."""
    from scenarios.running import console  # noqa: PLC0415 - as above

    typer.echo(console.schema())
