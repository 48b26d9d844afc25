"""Snapshots that sandboxes can go back to. They live as long as the server: what shall last is a
file."""

import shutil
import tempfile
import weakref
from pathlib import Path

from mock_api.kernel.durable.batch import Stand
from mock_api.kernel.durable.copying import copy
from mock_api.kernel.durable.directory import SUFFIX
from mock_api.kernel.sandbox import Sandbox


class Marks:
    """Of every sandbox of one server, by name; their files go with it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._of: dict[str, dict[str, Path]] = {}
        self._made = 0

    def names(self, sandbox: Sandbox) -> list[str]:
        return list(self._of.get(sandbox.id, ()))

    def find(self, sandbox: Sandbox, name: str) -> Path | None:
        return self._of.get(sandbox.id, {}).get(name)

    async def take(self, sandbox: Sandbox, name: str) -> tuple[Stand, Path]:
        """In place of the one of that name, once it is there. NotWritable: it cannot be."""
        self._made += 1
        path = self._at_home() / f"{self._made}{SUFFIX}"
        stand = await copy(sandbox, path)
        marks = self._of.setdefault(sandbox.id, {})
        if name in marks:
            marks[name].unlink(missing_ok=True)
        marks[name] = path
        return stand, path

    def drop(self, sandbox_id: str) -> None:
        """The sandbox is no more."""
        for path in self._of.pop(sandbox_id, {}).values():
            path.unlink(missing_ok=True)

    def _at_home(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="seatrial-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder
