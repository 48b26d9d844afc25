"""``seatrial swarm``: what the command is called and takes; what it does is in ``console``."""

from typing import Annotated

import typer


def swarm(
    seeds: Annotated[
        str, typer.Option(help="How many seeds, from nought; or A:B, from A up to B, without B.")
    ] = "100",
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Processes; 0 takes one a core.", min=0)
    ] = 0,
    twice_every: Annotated[
        int,
        typer.Option(
            help="Run every so manieth seed a second time, saved and restored in mid-flight, and "
            "compare; 0: none.",
            min=0,
        ),
    ] = 5,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first failure.")
    ] = False,
    refusals: Annotated[
        bool, typer.Option("--refusals", help="List what the integration was refused, too.")
    ] = False,
) -> None:
    """Random worlds, random faults, a random but correct integration: nothing illegal may happen,
    and when faults stop, everything has to end. Exit code 0: all held, 1: some did not, 2: could
    not run."""
    from scenarios.swarm import console  # noqa: PLC0415 - the server is not needed for --help

    choices = console.Choices(seeds, jobs, twice_every, fail_fast=fail_fast, refusals=refusals)
    raise typer.Exit(console.run(choices))
