"""Many runs: which files, which seeds, one after the other or on several processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from scenarios.format.model import Scenario
from scenarios.format.reading import SUFFIX, Fault, NoScenario, read
from scenarios.running.run import Result, run_in_process

LIBRARY = Path(__file__).parent.parent / "library"


@dataclass(frozen=True, slots=True)
class Planned:
    """A run to come."""

    scenario: Scenario
    seed: int
    artefacts: Path | None = None
    """Where the sandbox is saved if it does not pass."""


def collect(paths: Sequence[Path]) -> list[Scenario]:
    """Every scenario under those paths, in the order of their names; NoScenario has the faults of
    all of them."""
    scenarios: list[Scenario] = []
    faults: list[Fault] = []
    for path in _files(paths):
        try:
            scenarios.append(read(path, shown_as=_short(path)))
        except NoScenario as wrong:
            faults += wrong.faults
    if faults:
        raise NoScenario(faults)
    return scenarios


def the_one(path: Path) -> Scenario:
    """The scenario of that file; NoScenario if it has none, or if it is a folder of several."""
    scenarios = collect([path])
    if len(scenarios) != 1:
        words = f"has {len(scenarios)} scenarios: name one file"
        raise NoScenario([Fault(str(path), 1, "", words)])
    return scenarios[0]


def planned(
    scenarios: Sequence[Scenario], seeds: range | None, artefacts: Path | None = None
) -> list[Planned]:
    """Each scenario with its own seed, or with every one of *seeds*."""
    return [
        Planned(scenario, seed, artefacts)
        for scenario in scenarios
        for seed in (seeds if seeds is not None else [scenario.usual_seed])
    ]


def run_all(
    runs: Sequence[Planned], jobs: int, done: Callable[[Result], None] = lambda _: None
) -> list[Result]:
    """In process, on so many processes; in the order of *runs*, told of as they end."""
    if jobs == 1 or len(runs) == 1:
        results = []
        for each in runs:
            results.append(_run(each))
            done(results[-1])
        return results
    # Spawned, not forked: the parent may have threads.
    with ProcessPoolExecutor(min(jobs, len(runs)), mp_context=get_context("spawn")) as pool:
        return run_on(pool, runs, done)


def run_on(pool: Executor, runs: Sequence[Planned], done: Callable[[Result], None]) -> list[Result]:
    """On any executor."""
    places = {pool.submit(_run, each): nth for nth, each in enumerate(runs)}
    results: dict[int, Result] = {}
    for future in as_completed(places):
        results[places[future]] = future.result()
        done(future.result())
    return [results[nth] for nth in range(len(runs))]


def _run(each: Planned) -> Result:
    return run_in_process(each.scenario, each.seed, artefacts=each.artefacts)


def _short(path: Path) -> str:
    """As people would type it from where they are."""
    whole, here = path.resolve(), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(path)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob(f"*{SUFFIX}"))
            if not found:
                words = f"has no file that ends with {SUFFIX}"
                raise NoScenario([Fault(str(path), 1, "", words)])
            yield from found
        else:
            yield path
