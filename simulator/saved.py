"""A snapshot while it is read: which part of it is being looked at, and so what is wrong with it.

Snapshots come from files, and files from anywhere. Whatever goes wrong while one is restored is one
refusal that names the place; no half of a world is left behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simulator.errors import BadSnapshot
from simulator.plain import Misfit, read_as


class Saved:
    """What ``snapshot.save`` gave, or what somebody says that it gave."""

    def __init__(self, content: Any, version: int) -> None:
        """BadSnapshot, if another version of the model wrote it: here it would go on otherwise."""
        if not isinstance(content, dict):
            raise BadSnapshot("snapshot", "is no mapping of its parts")
        found = content.get("version")
        if type(found) is not int or found != version:
            raise BadSnapshot("version", f"is {str(found)[:40]!r}, and must be {version}")
        self._content: dict[str, Any] = content
        self.place = "snapshot"
        """Where the reader is."""

    def __getitem__(self, name: str) -> Any:
        self.place = name
        if name not in self._content:
            raise BadSnapshot(name, "is missing")
        return self._content[name]

    def part(self, name: str, kind: Any) -> Any:
        """The part of that name, of whose type nothing else makes sure."""
        return read_as(kind, self[name])

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of that part, each a mapping."""
        for nth, row in enumerate(read_as(list, self[name])):
            self.place = f"{name}[{nth}]"
            yield read_as(dict, row)
        self.place = name

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """A block in which whatever goes wrong is the snapshot's fault: BadSnapshot, with the
        place."""
        try:
            yield
        except BadSnapshot:
            raise
        except Misfit as wrong:
            raise BadSnapshot(f"{self.place}{wrong.path}", wrong.words) from None
        except KeyError as wrong:
            raise BadSnapshot(self.place, f"lacks, or names in vain, {str(wrong)[:200]}") from None
        except Exception as wrong:  # noqa: BLE001 - what a false snapshot breaks, nobody can foresee
            words = f"{type(wrong).__name__}: {wrong}"[:300]
            raise BadSnapshot(self.place, f"makes no world ({words})") from None
