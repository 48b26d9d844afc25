"""What ``seatrial up`` writes to its log: lines for people, or one JSON object a line.

Configured once, when a server starts in the foreground; who has a server in process keeps a log of
their own.
"""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from simulator.words import Word

SERVER: Final = logging.getLogger("seatrial.server")
"""Tells of starts and stops."""


class Form(Word):
    """How a line looks."""

    TEXT = "text"
    JSON = "json"
    OFF = "off"


class Level(Word):
    """What is worth a line."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class LogWish:
    """What the command line asks for."""

    form: Form = Form.TEXT
    level: Level = Level.WARNING


def configure(wish: LogWish) -> None:
    """For this process: everybody's lines, in that form, to the standard error output."""
    handler: logging.Handler = logging.NullHandler()
    if wish.form is not Form.OFF:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(AsJson() if wish.form is Form.JSON else AsText())
        handler.addFilter(_is_no_cut_off)
    level = logging.getLevelNamesMapping()[wish.level.upper()]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.WARNING))
    logging.getLogger("seatrial").setLevel(level)
    # A start and a stop are always worth a line.
    SERVER.setLevel(min(level, logging.INFO))


def _is_no_cut_off(record: logging.LogRecord) -> bool:
    """Calls that were cut off when the server stopped are told once, all together."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class AsJson(logging.Formatter):
    """``time``, ``level``, ``logger``, ``event``, the line's own fields, and a ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        told = _basics(record) | _fields(record)
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, default=str, ensure_ascii=False)


class AsText(logging.Formatter):
    """The same as ``time LEVEL event name=value …``, a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        time, level, _, event = _basics(record).values()
        fields = [f"{name}={_word(value)}" for name, value in _fields(record).items()]
        line = " ".join([time, level.upper(), _one_line(event), *fields])
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _basics(record: logging.LogRecord) -> dict[str, str]:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    return {
        "time": at.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage().strip(),
    }


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields = getattr(record, "fields", {})
    assert isinstance(fields, dict)
    return fields


def _word(value: object) -> str:
    """A value that nobody can mistake for several, or for the next line."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    plain = text.isprintable() and not set(text) & {" ", '"', "="} and text
    return text if plain else json.dumps(text, ensure_ascii=not text.isprintable())


def _one_line(event: str) -> str:
    return event if event.isprintable() else json.dumps(event)
