"""What a sandbox's world was told to do, in the order in which it was: with the configuration, all
that it takes to make it again."""

from typing import Final

from mock_api.kernel.durable.batch import put_commands
from mock_api.kernel.durable.sandbox_file import SandboxFile
from simulator.commands import Command

_IN_MEMORY: Final = 1_000
"""Of a sandbox whose file is nameless: the others are in it."""


class CommandLog:
    """Of one world."""

    def __init__(self, file: SandboxFile) -> None:
        self._file = file
        self.length = 0
        self.gathered: list[Command] = []
        """Those that the file does not have yet."""

    def hear(self, command: Command) -> None:
        self.length += 1
        self.gathered.append(command)
        if len(self.gathered) >= _IN_MEMORY and not self._file.is_lasting:
            put_commands(self._file.writing, self.length - len(self.gathered), self.gathered)
            self.gathered.clear()

    def resume(self, length: int) -> None:
        """So many are in the file already."""
        self.length = length

    def written(self, count: int) -> None:
        """The first *count* of those gathered are in the file by now."""
        del self.gathered[:count]
