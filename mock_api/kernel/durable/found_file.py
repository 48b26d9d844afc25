"""A sandbox's file as it was found, written by another process: nothing of it is believed before it
was looked at, and nothing is changed."""

import sqlite3
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from mock_api.kernel.durable.batch import FactRow, Origin, Stand, loads, sum_of
from mock_api.kernel.durable.kept import Content
from mock_api.kernel.durable.refusals import Foreign, NotKept, OtherVersion, Torn
from mock_api.kernel.durable.sandbox_file import (
    APPLICATION,
    FORMAT,
    TABLES,
    SandboxFile,
    connected,
)
from simulator.clock import Instant
from simulator.commands import Command
from simulator.snapshot import VERSION

T = TypeVar("T")

_HEAD: Final = b"SQLite format 3\x00"
_UNPACKED_AT_MOST: Final = 4 * 1024**3


class FoundFile:
    """One that may be trusted, or is refused: see ``refusals``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as raw:
                if raw.read(len(_HEAD)) != _HEAD:
                    raise Foreign(path)
        except OSError as problem:
            raise NotKept(path, f"it cannot be read ({problem.strerror})", "see to it") from None
        self._db = connected(path)
        try:
            self._require_ours()
            self.origin = self._meta("origin", Origin)
            self.stand = self._meta("stand", Stand)
            self._require_model()
        except sqlite3.DatabaseError as problem:
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
        yield from self._rows("SELECT * FROM facts ORDER BY seq")

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
        for commands, content, total in self._rows(
            "SELECT commands, content, sum FROM snapshots WHERE at <= ?"
            " ORDER BY facts DESC LIMIT 1",
            2**62 if by is None else by,
        ):
            if sum_of(content) != total:
                raise Torn(self.path, "its snapshot is not as it was written")
            return commands, self._unpacked(content)
        return None

    def copy_to(self, file: SandboxFile) -> None:
        """Everything, into one that is empty."""
        self._db.backup(file.writing)

    def _rows(self, query: str, *values: int) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as problem:
            raise Torn(self.path, str(problem)) from None

    def _require_ours(self) -> None:
        db = self._db
        if db.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise Foreign(self.path)
        (form,) = db.execute("PRAGMA user_version").fetchone()
        if form != FORMAT:
            raise OtherVersion(self.path, f"format {form}", f"format {FORMAT}")
        db.executescript("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;")
        (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise Torn(self.path, verdict)
        found = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")}
        if found != set(TABLES):
            raise Torn(self.path, "its tables are not a sandbox's")

    def _require_model(self) -> None:
        if self.origin.model != VERSION:
            wrote = f"Seatrial {self.origin.seatrial} with model {self.origin.model}"
            raise OtherVersion(self.path, wrote, f"model {VERSION}")

    def _meta(self, key: str, kind: type[T]) -> T:
        row = self._db.execute("SELECT content FROM meta WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise Torn(self.path, f"it does not say its {key}")
        try:
            return kind(**loads(row[0]))
        except (ValueError, TypeError, RecursionError) as problem:
            raise Torn(self.path, f"its {key} cannot be read ({problem})") from None

    def _unpacked(self, content: bytes) -> dict[str, Any]:
        try:
            text = zlib.decompressobj().decompress(content, _UNPACKED_AT_MOST)
            snapshot = loads(text.decode("utf-8", "surrogatepass"))
        except (zlib.error, ValueError, RecursionError) as problem:
            raise Torn(self.path, f"its snapshot cannot be read ({problem})") from None
        if not isinstance(snapshot, dict):
            raise Torn(self.path, "its snapshot is none")
        return snapshot
