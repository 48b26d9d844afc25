"""Who works on a sweep: processes of this machine, or a Dask cluster.

Either is an executor of the standard library; nobody else needs to know which it is.
"""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import active_children, get_context
from typing import Any, Final

from scenarios.sweeping.refusal import CannotSweep
from scenarios.sweeping.work import Flag, hurry_by

_PATIENCE_S: Final = 10


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers, and how to send them home."""

    executor: Executor
    hurry: Callable[[], None] = lambda: None
    """Let chunks end with the run that is under way, if that can be."""
    leave: Callable[[], None] = lambda: None
    """Wait for nobody."""
    lost: tuple[type[Exception], ...] = (BrokenExecutor, CancelledError)
    """What work ends with whose worker was lost."""


Hire = Callable[[], AbstractContextManager[Crew]]
"""A new crew, each time."""


@contextmanager
def processes(jobs: int) -> Iterator[Crew]:
    """So many processes. Spawned, not forked: the parent may have threads."""
    spawned = get_context("spawn")
    # A bare byte, not an event: a worker that is killed must not take a lock with it.
    flag = spawned.RawValue("b", 0)
    children = {child.pid for child in active_children()}
    pool = ProcessPoolExecutor(jobs, mp_context=spawned, initializer=_begin, initargs=(flag,))

    def hurry() -> None:
        flag.value = 1

    def leave() -> None:
        for child in active_children():
            if child.pid not in children:
                child.kill()

    try:
        yield Crew(pool, hurry, leave)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(flag: Flag) -> None:
    # An interrupt reaches every process of the terminal; it is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hurry_by(flag)


@contextmanager
def dask_cluster(address: str) -> Iterator[Crew]:
    """The workers of the cluster whose scheduler is at that address; they need Seatrial, too."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise CannotSweep("--dask needs Dask: pip install 'seatrial[sweep]'") from None
    try:
        client = dask.Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise CannotSweep(f"no Dask scheduler answers at {address}: {problem}") from None
    with client:
        lost = (BrokenExecutor, CancelledError, dask.KilledWorker)
        yield Crew(client.get_executor(pure=False), lost=lost)
