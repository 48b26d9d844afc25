"""``make bench``: every measurement in one run, as a table, or as JSON lines with JSON=1.

ONLY picks some: simulation, http, start, webhooks, golden.
"""

import os
import sys

import golden
import http_load
import simulation
import start
import webhooks
from measure import show

GROUPS = {
    "simulation": simulation.measurements,
    "http": http_load.measurements,
    "start": start.measurements,
    "webhooks": webhooks.measurements,
    "golden": golden.measurements,
}


def main():
    only = os.environ.get("ONLY") or ",".join(GROUPS)
    wanted = only.split(",")
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        sys.exit(f"no such measurements: {', '.join(unknown)}; known are {', '.join(GROUPS)}")
    for name in wanted:
        for measurement in GROUPS[name]():
            show(measurement)


if __name__ == "__main__":
    main()
