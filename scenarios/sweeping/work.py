"""What one worker does: a chunk of seeds of one variant, one run after the other.

Chunks and what comes of them are plain data, so that the worker may be anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

from scenarios.format.model import Scenario
from scenarios.running.run import run_in_process
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.variants import Variant

_LARGEST: Final = 50
_CHUNKS: Final = 256
"""As many or more, however long the sweep is: enough for every worker to be busy to the end."""

_one_at_a_time = Lock()
"""A process has one application, and that one event loop at a time: Dask's workers have threads."""


class Flag(Protocol):
    """Something that several processes see."""

    value: int


_hurry: list[Flag] = []


@dataclass(frozen=True, slots=True)
class Chunk:
    """Work for one worker."""

    scenario: Scenario
    variant: str
    seeds: range


def chunks_of(variants: Sequence[Variant], seeds: range) -> list[Chunk]:
    """All of it, cut up. Variants take turns, so that an interrupted sweep has pairs."""
    size = min(max(len(seeds) * len(variants) // _CHUNKS, 1), _LARGEST)
    return [
        Chunk(variant.scenario, variant.label, seeds[start : start + size])
        for start in range(0, len(seeds), size)
        for variant in variants
    ]


def hurry_by(flag: Flag) -> None:
    """From now on a chunk ends with the run that is under way, once *flag* is up."""
    _hurry[:] = [flag]


def play_chunk(chunk: Chunk) -> tuple[Outcome, ...]:
    """Its runs; fewer, if there is a hurry."""
    outcomes = []
    with _one_at_a_time:
        for seed in chunk.seeds:
            if any(flag.value for flag in _hurry):
                break
            outcomes.append(_play(chunk, seed))
    return tuple(outcomes)


def _play(chunk: Chunk, seed: int) -> Outcome:
    try:
        return Outcome.of(chunk.variant, run_in_process(chunk.scenario, seed, keep=True))
    except Exception as broken:  # noqa: BLE001 - one seed's bug is a finding, not the sweep's end
        error = f"{type(broken).__name__}: {broken}"
        return Outcome(chunk.variant, seed, passed=False, error=error)
