"""``make crash``: kills a server under load, KILLS times, and looks whether anything is missing.

    python -m tests.crash.run KILLS SEED

Prints its seed first, and figures last. What is wrong is printed with the command that finds it
again (as far as moments of real time let it), and the directory as it was left is kept.
"""

import asyncio
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.crash.trial import LATER, Trial

EVERY = 10


def main(kills: int, seed: int) -> int:
    print(f"seed {seed}, {kills} kills", flush=True)
    with tempfile.TemporaryDirectory(prefix="seatrial-crash-") as name:
        trial = Trial(seed, Path(name))
        asyncio.run(trial.run(kills, lambda n: tell(trial, n)))
        show(trial)
        if not trial.violations:
            return 0
        aside = Path(tempfile.mkdtemp(prefix="seatrial-crash-found-"))
        shutil.copytree(name, aside, dirs_exist_ok=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git there is
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    print(f"found at commit {commit or 'unknown'}; again: make crash KILLS={kills} SEED={seed}")
    print(f"the directory as it was left: {aside}")
    return 1


def tell(trial, n):
    if n % EVERY == 0:
        calls = trial.figures.acknowledged.total()
        print(f"  {n} rounds, {calls} calls acknowledged", flush=True)


def show(trial):
    figures, reckoning = trial.figures, trial.reckoning
    times = sorted(figures.restarts_s) or [0.0]
    rows = {
        "kills": f"{figures.kills}, and {figures.in_recovery} during recovery,"
        f" and {figures.terminated} times told to stop",
        "acknowledged": figures.acknowledged.total(),
        "refused": figures.refused.total(),
        "in flight": figures.cut.total(),
        "witnesses": f"{figures.asked.total()} asked",
        "replayed": f"{reckoning.replayed} files, {reckoning.facts} facts",
        "webhooks": f"{figures.webhooks} notifications, {figures.twice} of them more than once",
        "restart": f"{statistics.median(times):.2f} s, at most {times[-1]:.2f} s",
        "not kept yet": dict(figures.later) if LATER else "",
        "violations": len(trial.violations),
    }
    for name, value in rows.items():
        print(f"  {name:<14}{value}")
    for each in trial.violations[:20]:
        print(f"  ! {each}")


if __name__ == "__main__":
    given = [*sys.argv[1:], "", ""]
    sys.exit(main(int(given[0] or 300), int(given[1] or secrets.randbelow(10**6))))
