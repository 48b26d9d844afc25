"""The directory with the sandboxes' files: one server at a time has it."""

import os
import sys
from io import RawIOBase
from pathlib import Path
from typing import Final

from mock_api.kernel.durable.refusals import InUse, NotWritable
from mock_api.kernel.durable.sandbox_file import COMING, remove

SUFFIX: Final = ".seatrial"
_LOCK: Final = "lock"


class Directory:
    """Locked from the beginning until it is released; the lock goes with the process."""

    def __init__(self, path: Path) -> None:
        """InUse, NotWritable."""
        self.path = path
        self._came = 0
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / _LOCK).open("a+b", buffering=0)
        except OSError as problem:
            raise NotWritable(path, problem.strerror or str(problem)) from None
        if not _locked(self._lock):
            self._lock.seek(0)
            owner = self._lock.read().decode(errors="replace").strip() or "another process"
            self._lock.close()
            raise InUse(path, owner)
        self._require_room()
        for left_over in path.glob(f"*{SUFFIX}{COMING}*"):
            left_over.unlink()

    def files(self) -> list[Path]:
        """One a sandbox, by name."""
        return sorted(self.path.glob(f"*{SUFFIX}"))

    def file_of(self, sandbox_id: str) -> Path:
        return self.path / f"{sandbox_id}{SUFFIX}"

    def coming_file_of(self, sandbox_id: str) -> Path:
        """Where it is while it is not whole; each time another."""
        self._came += 1
        return self.path / f"{sandbox_id}{SUFFIX}{COMING}-{self._came}"

    def remove(self, sandbox_id: str) -> None:
        """The sandbox is deleted, and so is what was kept of it."""
        remove(self.file_of(sandbox_id))

    def release(self) -> None:
        self._lock.close()

    def _require_room(self) -> None:
        """Says whose it is, which also shows that something can be written."""
        try:
            self._lock.truncate(0)
            self._lock.write(f"process {os.getpid()}".encode())
            os.fsync(self._lock.fileno())
        except OSError as problem:
            self._lock.close()
            raise NotWritable(self.path, problem.strerror or str(problem)) from None


def _locked(file: RawIOBase) -> bool:
    """Whether nobody else has it; nobody else gets it while the file is open."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
