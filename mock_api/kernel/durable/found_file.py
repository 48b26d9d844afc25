"""A sandbox's file as it was found, written by another process: nothing of it is believed before it
was looked at, and nothing is changed."""

import sqlite3
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeVar

from mock_api.kernel.durable.batch import (
    FACT_COLUMNS,
    FactRow,
    Origin,
    Stand,
    loads,
    sum_of,
    sum_of_ended,
    sum_of_row,
)
from mock_api.kernel.durable.kept import Content
from mock_api.kernel.durable.refusals import (
    Foreign,
    NeverBegun,
    NotKept,
    NotWritable,
    OtherVersion,
    TooBig,
    Torn,
)
from mock_api.kernel.durable.sandbox_file import (
    APPLICATION,
    FORMAT,
    PAGE,
    TABLES,
    SandboxFile,
    connected,
)
from simulator.clock import Instant
from simulator.commands import Command
from simulator.snapshot import VERSION

T = TypeVar("T")

_HEAD: Final = b"SQLite format 3\x00"
_UNREADABLE: Final = (sqlite3.Error, UnicodeError, MemoryError)
"""What SQLite says of a torn file, in words that may be torn too; rows of a terabyte."""
_A_BREATH: Final = 1_000
"""Rows between two pauses."""


class FoundFile:
    """One that may be trusted, or is refused: see ``refusals``."""

    def __init__(self, path: Path, unpacked_at_most: int = 0) -> None:
        """Of a stranger's, the snapshot is *unpacked_at_most* to so many bytes."""
        self.path = path
        self._unpacked_at_most = unpacked_at_most
        try:
            with path.open("rb") as raw:
                if raw.read(len(_HEAD)) != _HEAD:
                    raise Foreign(path)
        except OSError as problem:
            raise NotKept(path, f"it cannot be read ({problem.strerror})", "see to it") from None
        self._db = connected(path, read_only=True)
        try:
            self._require_ours()
            self._require_begun()
            self.origin = self._meta("origin", Origin)
            self.stand = self._meta("stand", Stand)
            self._require_model()
        except _UNREADABLE as problem:
            self.close()
            raise Torn(path, str(problem)) from None
        except NotKept:
            self.close()
            raise

    def close(self) -> None:
        self._db.close()

    def commands(self, after: int = 0) -> Iterator[Command]:
        """Those behind that many, in their order; each must continue the chain of all."""
        chain = b""
        for n, at, party, act, said, total in self._rows("SELECT * FROM commands ORDER BY n"):
            chain = sum_of(chain, n, at, party, act, said)
            if chain != total:
                raise Torn(self.path, f"command {n} is not as it was written")
            if n > after:
                yield Command(Instant(at), party, act, loads(said))
        if chain.hex() != self.stand.chain:
            raise Torn(self.path, "its last commands are missing")

    def facts(self) -> Generator[FactRow]:
        """In their order."""
        n = 0
        for *row, total in self._rows(f"SELECT {FACT_COLUMNS}, sum FROM facts ORDER BY seq"):  # noqa: S608 - our own text
            n += 1
            if row[0] != n or sum_of_row(*row) != total:
                raise Torn(self.path, f"fact {n} is not as it was written")
            yield row[0], row[1], row[2], row[3], row[4]
        if n != self.stand.facts:
            raise Torn(self.path, f"it has {n} facts, and says {self.stand.facts}")

    def archive_checked(self) -> Iterator[None]:
        """What is read later, bit by bit, is looked at as a whole before: Torn. Between any two
        rounds, whoever waits may let others in."""
        for n, _ in enumerate(self.facts()):
            if not n % _A_BREATH:
                yield
        rows = self._rows("SELECT n, kind, key FROM keys ORDER BY n, kind, key")
        keys = groupby(rows, key=itemgetter(0))
        ended = self._rows("SELECT n, facts, content, sum FROM ended ORDER BY n")
        for n, facts, content, total in ended:
            whose, own = next(keys, (None, iter(())))
            if whose != n or sum_of_ended(facts, content, (key for _, *key in own)) != total:
                raise Torn(self.path, f"ended order {n} is not as it was written")
            if not n % _A_BREATH:
                yield
        if next(keys, None):
            raise Torn(self.path, "ended orders are missing")

    def kept(self) -> Iterator[tuple[str, str, Content]]:
        """Part, key and content, in the order in which they came."""
        rows = self._rows("SELECT part, key, content, sum FROM kept ORDER BY n")
        for part, key, content, total in rows:
            if sum_of(part, key, content) != total:
                raise Torn(self.path, f"{part} {key!r} is not as it was written")
            yield part, key, content

    def snapshot(self, by: Instant | None = None) -> tuple[int, dict[str, Any]] | None:
        """The latest, or the latest of those taken by that instant: after how many commands that
        was, and what it holds."""
        for *row, total in self._rows(
            "SELECT facts, at, commands, content, sum FROM snapshots WHERE at <= ?"
            " ORDER BY facts DESC LIMIT 1",
            2**62 if by is None else by,
        ):
            if sum_of(*row) != total:
                raise Torn(self.path, "its snapshot is not as it was written")
            return row[2], self._unpacked(row[3])
        return None

    def copy_to(self, file: SandboxFile) -> None:
        """Everything, into one that is empty. NotWritable: there is no room."""
        try:
            self._db.backup(file.writing)
        except (sqlite3.Error, OSError) as problem:
            raise NotWritable(file.path or self.path, str(problem)) from None

    def _rows(self, query: str, *values: int) -> Iterator[tuple[Any, ...]]:
        try:
            for row in self._db.execute(query, values):  # noqa: UP028 - it would close what is closed by then
                yield row
        except _UNREADABLE as problem:
            raise Torn(self.path, str(problem)) from None

    def _require_ours(self) -> None:
        db = self._db
        if db.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise Foreign(self.path)
        (form,) = db.execute("PRAGMA user_version").fetchone()
        if form != FORMAT:
            raise OtherVersion(self.path, f"format {form}", f"format {FORMAT}")
        db.executescript("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;")
        found = Counter(db.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))
        if found != Counter((each,) for each in TABLES) or db.execute(
            "PRAGMA page_size"
        ).fetchone() != (PAGE,):
            raise Torn(self.path, "its tables are not a sandbox's")
        # Indexes too: what they lead past would be as good as gone.
        (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise Torn(self.path, " ".join(verdict.split()))

    def _require_begun(self) -> None:
        asked = "SELECT EXISTS (SELECT 1 FROM meta) OR EXISTS (SELECT 1 FROM commands)"
        if self._db.execute(asked).fetchone() == (0,):
            raise NeverBegun(self.path)

    def _require_model(self) -> None:
        if self.origin.model != VERSION:
            wrote = f"Seatrial {self.origin.seatrial} with model {self.origin.model}"
            raise OtherVersion(self.path, wrote, f"model {VERSION}")

    def _meta(self, key: str, kind: type[T]) -> T:
        row = self._db.execute("SELECT content, sum FROM meta WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise Torn(self.path, f"it does not say its {key}")
        if sum_of(key, row[0]) != row[1]:
            raise Torn(self.path, f"its {key} is not as it was written")
        try:
            return kind(**loads(row[0]))
        except (ValueError, TypeError, RecursionError) as problem:
            raise Torn(self.path, f"its {key} cannot be read ({problem})") from None

    def _unpacked(self, content: bytes) -> dict[str, Any]:
        try:
            unpacking = zlib.decompressobj()
            text = unpacking.decompress(content, self._unpacked_at_most)
            if unpacking.unconsumed_tail:
                most = self._unpacked_at_most
                raise TooBig(self.path, f"its snapshot has more than file_bytes ({most})")
            snapshot = loads(text.decode("utf-8", "surrogatepass"))
        except (zlib.error, ValueError, RecursionError) as problem:
            raise Torn(self.path, f"its snapshot cannot be read ({problem})") from None
        if not isinstance(snapshot, dict):
            raise Torn(self.path, "its snapshot is none")
        return snapshot
