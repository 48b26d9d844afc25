"""What has happened in a sandbox since its file was last written: one batch, one transaction."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any, Final

from mock_api.kernel.durable.kept import Content
from simulator.archive import Ended
from simulator.clock import Instant
from simulator.commands import Command
from simulator.facts import Fact
from simulator.rows import to_row

dumps: Final = json.JSONEncoder(separators=(",", ":")).encode
"""In ASCII: half of a surrogate pair, which JSON's escapes can spell, is spelt again."""
loads: Final = json.loads

SNAPSHOTS_KEPT: Final = 2
_QUICK: Final = 1
"""zlib's level: a snapshot is written far more often than read, and the server waits."""

FACT_COLUMNS: Final = "seq, at, kind, order_id, content"
FactRow = tuple[int, int, str, str, str]
"""Number, instant, kind, order id (or nothing), and the fields as JSON."""
Numbered = tuple[int, Instant, Fact]
KeptRow = tuple[str, str, Content | None]
"""Part, key, and what is there now; nothing, if it is gone."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file is of: written when its world begins."""

    sandbox: str
    seatrial: str
    """The version that wrote it."""
    model: int
    """The model's: another would go on otherwise."""
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the file has come."""

    now: Instant
    facts: int
    commands: int
    digest: str
    """Of the journal, at that place."""
    chain: str = ""
    """Over all commands: whoever edits one breaks it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Up to where a file's past counts: what it has beyond has not happened."""

    facts: int
    commands: int


@dataclass(slots=True)
class Batch:
    """Everything is plain by now, or changes no more: another thread writes it."""

    stand: Stand
    commands: list[Command] = field(default_factory=list)
    facts: list[Numbered] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    kept: Sequence[KeptRow] = ()
    snapshot: dict[str, Any] | None = None
    origin: Origin | None = None
    anew: bool = False
    """A world begins: whatever the file holds is of another."""
    cut: Cut | None = None
    """The past from there on is forgotten first."""
    kept_anew: bool = False
    """*kept* is all there is."""
    ended_up_to: int | None = None
    """Orders that ended when the journal was longer are forgotten first."""


def sum_of(*parts: object) -> bytes:
    """Shows that a row is as it was written; no protection against who knows how to sum."""
    summed = _of_texts(*(part for part in parts if not isinstance(part, bytes)))
    for part in parts:
        if isinstance(part, bytes):
            summed.update(part)
    return summed.digest()


def sum_of_row(*parts: object) -> bytes:
    """The same of texts and numbers alone, and sooner."""
    return _of_texts(*parts).digest()


def _of_texts(*parts: object) -> blake2b:
    text = "\x1f".join(map(str, parts))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)


def sum_of_ended(facts: int, content: str, keys: Iterable[Sequence[str]]) -> bytes:
    """Of an ended order, with everything that it is found by."""
    return sum_of(facts, content, *sorted(f"{kind} {key}" for kind, key in keys))


def fact_row(seq: int, at: Instant, fact: Fact) -> FactRow:
    return seq, at, fact.kind, getattr(fact, "order_id", ""), dumps(to_row(fact))


def packed(snapshot: dict[str, Any]) -> bytes:
    return zlib.compress(dumps(snapshot).encode("utf-8", "surrogatepass"), _QUICK)


def write(db: sqlite3.Connection, batch: Batch) -> None:
    """The whole batch, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        _write(db, batch)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _write(db: sqlite3.Connection, batch: Batch) -> None:
    if batch.anew:
        for table in ("meta", "commands", "facts", "ended", "keys", "kept", "snapshots"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    if batch.origin:
        _put_meta(db, "origin", asdict(batch.origin))
    if batch.cut:
        _forget_the_rest(db, batch.cut)
    if batch.ended_up_to is not None:
        forget_ended(db, batch.ended_up_to)
    chain = put_commands(db, batch.stand.commands - len(batch.commands), batch.commands)
    put_facts(db, (fact_row(*each) for each in batch.facts))
    put_ended(db, batch.ended)
    _write_kept(db, batch)
    if batch.snapshot:
        _write_snapshot(db, batch.snapshot, batch.stand)
    _put_meta(db, "stand", asdict(batch.stand) | {"chain": chain})


def _forget_the_rest(db: sqlite3.Connection, cut: Cut) -> None:
    db.execute("DELETE FROM commands WHERE n > ?", (cut.commands,))
    db.execute("DELETE FROM facts WHERE seq > ?", (cut.facts,))
    db.execute("DELETE FROM snapshots WHERE facts > ?", (cut.facts,))
    forget_ended(db, cut.facts)


def _put_meta(db: sqlite3.Connection, key: str, content: dict[str, Any]) -> None:
    text = dumps(content)
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (key, text, sum_of(key, text)))


def put_facts(db: sqlite3.Connection, rows: Iterable[FactRow]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?, ?)",
        ((*row, sum_of_row(*row)) for row in rows),
    )


def put_commands(db: sqlite3.Connection, before: int, commands: Iterable[Command]) -> str:
    """Behind the *before* that are there; the chain's new end."""
    last = db.execute("SELECT sum FROM commands ORDER BY n DESC LIMIT 1").fetchone()
    chain: bytes = last[0] if last else b""
    rows = []
    for n, each in enumerate(commands, start=before + 1):
        said = dumps(each.said)
        chain = sum_of(chain, n, each.at, each.party, each.act, said)
        rows.append((n, each.at, each.party, each.act, said, chain))
    db.executemany("INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)", rows)
    return chain.hex()


def put_ended(db: sqlite3.Connection, ended: Iterable[Ended]) -> None:
    """Behind those that are there."""
    (last,) = db.execute("SELECT ifnull(max(n), 0) FROM ended").fetchone()
    numbered = list(enumerate(ended, start=last + 1))
    rows = []
    for n, each in numbered:
        content = dumps(each.rows)
        rows.append((n, each.facts, content, sum_of_ended(each.facts, content, each.keys)))
    db.executemany("INSERT INTO ended VALUES (?, ?, ?, ?)", rows)
    db.executemany(
        "INSERT INTO keys VALUES (?, ?, ?)",
        [(kind, key, n) for n, each in numbered for kind, key in each.keys],
    )


def forget_ended(db: sqlite3.Connection, facts: int) -> None:
    """What was put when the journal was longer than this."""
    db.execute("DELETE FROM keys WHERE n IN (SELECT n FROM ended WHERE facts > ?)", (facts,))
    db.execute("DELETE FROM ended WHERE facts > ?", (facts,))


def _write_kept(db: sqlite3.Connection, batch: Batch) -> None:
    if batch.kept_anew:
        db.execute("DELETE FROM kept")
    for part, key, content in batch.kept:
        if content is None:
            db.execute("DELETE FROM kept WHERE part = ? AND key = ?", (part, key))
            continue
        db.execute(
            "INSERT INTO kept (part, key, content, sum) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (part, key) DO UPDATE SET content = excluded.content, sum = excluded.sum",
            (part, key, content, sum_of(part, key, content)),
        )


def _write_snapshot(db: sqlite3.Connection, snapshot: dict[str, Any], stand: Stand) -> None:
    content = packed(snapshot)
    row = stand.facts, stand.now, stand.commands, content
    db.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?)", (*row, sum_of(*row)))
    db.execute(
        "DELETE FROM snapshots WHERE facts NOT IN"
        " (SELECT facts FROM snapshots ORDER BY facts DESC LIMIT ?)",
        (SNAPSHOTS_KEPT,),
    )
