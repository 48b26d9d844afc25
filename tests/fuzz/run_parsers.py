"""Every parser of outside bytes, one after the other, each in a process with bounds of its own, for
so many seconds (``make fuzz-parsers``). Ends with a table, and with whatever was found.

    python tests/fuzz/run_parsers.py SECONDS [PART OF A NAME]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
USUAL_S = 60
STARTS_S = 300
"""Counting branches takes a while to begin with."""
ROW = "{:<20} {:>10} {:>8} {:>9} {:>9}  {}"


def names():
    sys.path.insert(0, str(HERE.parents[1]))
    from tests.fuzz.parsers import PARSERS  # noqa: PLC0415 - the path comes first

    return list(PARSERS)


def fuzzed(name, seconds, folder):
    """What came of it. A process that ended otherwise leaves the input that ended it."""
    with (folder / f"{name}.log").open("wb") as log:
        try:
            done = subprocess.run(
                [sys.executable, HERE / "drive.py", name, str(seconds), folder],
                stdout=log,
                stderr=log,
                timeout=seconds + STARTS_S,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            done = "it hung"
    told = folder / f"{name}.json"
    if told.exists():
        return json.loads(told.read_text())
    ended = f"ended by itself ({done}): {folder / name}.log, and its last input beside it"
    return {"calls": 0, "seconds": seconds, "peak_mb": 0, "driver": "?", "found": [ended]}


def main(seconds=USUAL_S, only=""):
    folder = Path(tempfile.mkdtemp(prefix="seatrial-fuzz-"))
    found = []
    sys.stdout.write(ROW.format("parser", "calls", "calls/s", "peak MB", "findings", "driver\n"))
    for name in names():
        if only not in name:
            continue
        told = fuzzed(name, int(seconds), folder)
        found += told["found"]
        pace = told["calls"] // max(1, told["seconds"])
        count = len(told["found"])
        row = ROW.format(name, told["calls"], pace, told["peak_mb"], count, told["driver"])
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
    sys.stdout.write("\n".join(["", *found, f"{len(found)} findings; all is in {folder}", ""]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
