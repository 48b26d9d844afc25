"""A log line for every request: who answered what how, and how long it took.

Nothing that lets somebody in, and no body: of a query only the names are told. The exchange log has
the rest.
"""

import logging
import re
from typing import Any, Final

LOG: Final = logging.getLogger("seatrial.requests")
_VALUE: Final = re.compile(r"=[^&]*")


def is_wanted() -> bool:
    """Whether anybody reads such lines: asked first, since most servers write none."""
    return LOG.isEnabledFor(logging.INFO)


def write(method: str, path: str, query: str, took_s: float, **fields: Any) -> None:
    """One line. *fields*: ``dialect``, ``operation``, ``status``, ``code``, ``sandbox``; those that
    say nothing are left out."""
    told = {"method": method, "path": path, "query": _VALUE.sub("=***", query), **fields}
    said = {name: value for name, value in told.items() if value not in ("", None)}
    LOG.info("request", extra={"fields": said | {"took_ms": round(took_s * 1000, 3)}})
