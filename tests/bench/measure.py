"""What a measurement is, and how it is printed."""

import json
import os
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measurement:
    """One figure against its goal. *ratio* compares with *against*, measured in the same run."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    goal: str = ""
    ok: bool | None = None

    def line(self) -> str:
        verdict = {True: "ok", False: "MISSED", None: ""}[self.ok]
        compared = f"{self.ratio:.2f} x {self.against}" if self.ratio is not None else ""
        figure = f"{self.value:>12,.1f} {self.unit:<10}"
        return f"{self.name:<54}{figure}{compared:<26}{self.goal:<18}{verdict}"


def show(measurement: Measurement) -> None:
    """A line of the table; one line of JSON with JSON=1."""
    if os.environ.get("JSON"):
        print(json.dumps(asdict(measurement)), flush=True)
    else:
        print(measurement.line(), flush=True)


def timed(act):
    """Seconds that *act* takes, and what it gives."""
    began = time.perf_counter()
    given = act()
    return time.perf_counter() - began, given
