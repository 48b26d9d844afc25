"""Everything that is to be played, played once: over crews that may lose workers, or be told to
stop.

What a lost worker had in hand is given to the next crew; what it had handed in stays.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, as_completed, wait
from dataclasses import dataclass, field
from typing import Final

from scenarios.sweeping.crews import Crew, Hire
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.work import Chunk, play_chunk

INTERRUPTED: Final = "interrupted"
_MOST_IN_VAIN: Final = 3
"""Crews in a row that were lost without having finished anything: then it is no accident."""
_PATIENCE_S: Final = 10

Told = Callable[[int], None]
"""Is told how many runs have ended."""


@dataclass(slots=True)
class Harvest:
    """What has come so far."""

    left: dict[int, Chunk]
    told: Told
    outcomes: dict[tuple[str, int], Outcome] = field(default_factory=dict)
    """By variant and seed: nothing is counted twice."""
    ended: str = ""
    """Why it is not everything, if it is not."""

    def bring_in(self, nth: int, outcomes: Sequence[Outcome]) -> None:
        """A chunk is done, or as much of it as there will be."""
        if self.left.pop(nth, None) is not None:
            self.outcomes.update({(each.variant, each.seed): each for each in outcomes})
            self.told(len(outcomes))


def harvest(chunks: Sequence[Chunk], hire: Hire, told: Told = lambda _: None) -> Harvest:
    """Play them all; what was done is there even if that could not be."""
    come = Harvest(dict(enumerate(chunks)), told)
    in_vain = 0
    while come.left and not come.ended:
        before = len(come.left)
        try:
            with hire() as crew:
                _work(crew, come)
        except BrokenExecutor:
            in_vain = in_vain + 1 if len(come.left) == before else 0
            if in_vain == _MOST_IN_VAIN:
                come.ended = _lost(come)
        except KeyboardInterrupt:
            come.ended = INTERRUPTED
        except CannotSweep as problem:
            come.ended = str(problem)
    return come


def _work(crew: Crew, come: Harvest) -> None:
    futures: dict[Future[tuple[Outcome, ...]], int] = {}
    try:
        for nth, chunk in come.left.items():
            futures[crew.executor.submit(play_chunk, chunk)] = nth
        for future in as_completed(futures):
            come.bring_in(futures[future], _handed_in(future, crew))
    except KeyboardInterrupt:
        _stop(crew, [*futures])
        raise
    finally:
        for future, nth in futures.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                come.bring_in(nth, future.result())


def _handed_in(future: Future[tuple[Outcome, ...]], crew: Crew) -> tuple[Outcome, ...]:
    try:
        return future.result()
    except crew.lost as lost:
        raise BrokenExecutor(str(lost)) from None
    except Exception as wrong:
        # A run's own bugs are outcomes. This is a worker that cannot even read what it is given.
        raise CannotSweep(
            f"a worker cannot play: {type(wrong).__name__}: {wrong}. "
            "Workers need the same Seatrial, and the same Python"
        ) from wrong


def _stop(crew: Crew, futures: Sequence[Future[tuple[Outcome, ...]]]) -> None:
    crew.hurry()
    under_way = [future for future in futures if not future.cancel()]
    if wait(under_way, timeout=_PATIENCE_S).not_done:
        crew.leave()


def _lost(come: Harvest) -> str:
    chunk = next(iter(come.left.values()))
    first, last = chunk.seeds[0], chunk.seeds[-1]
    return (
        f"the workers were lost {_MOST_IN_VAIN} times in a row, the last time at seeds {first} to "
        f"{last} of {chunk.variant!r}: they are killed from outside, or run out of memory; "
        "try fewer --jobs"
    )
