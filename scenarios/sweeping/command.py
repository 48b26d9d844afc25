"""``seatrial sweep``: what the command is called and takes; what it does is in ``console``, which
needs the whole server and is loaded when the command runs."""

from pathlib import Path
from typing import Annotated

import typer


def sweep(
    file: Annotated[Path, typer.Argument(help="The scenario.")],
    seeds: Annotated[
        str, typer.Option(help="How many seeds, from nought; or A:B, from A up to B, without B.")
    ] = "100",
    vary: Annotated[
        list[str] | None,
        typer.Option(
            help="PATH=VALUE,VALUE…: a variant for each value, carrier.jt.pickup_delay=0h,24h; "
            "several make every combination."
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Processes; 0 takes one a core.", min=0)
    ] = 0,
    dask: Annotated[
        str, typer.Option(help="Play on the Dask cluster whose scheduler is there, instead.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write every run to that .csv or .parquet.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw shares and intervals to that .svg or .html.")
    ] = None,
) -> None:
    """Play a scenario with many seeds, and variants of it: rates, and how sure they are. Exit code
    0: all passed, 1: some failed, 2: could not run, or not all."""
    from scenarios.sweeping import console  # noqa: PLC0415 - the server is not needed for --help

    choices = console.Choices(seeds, vary or (), jobs, dask, out, plot)
    raise typer.Exit(console.run(file, choices))
