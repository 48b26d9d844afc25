"""Addresses, parcels and customs papers that belong to no shipment yet.

EasyPost lets clients make them beforehand, and name them by their ids when they make a shipment.
The world knows nothing of them, so the sandbox keeps them beside it, until its next reset.
"""

import json
from typing import Any, Final

from mock_api.carriers.easypost.ids import disguised
from mock_api.kernel.durable.kept import Kept, Text
from mock_api.kernel.sandbox import Sandbox
from simulator.clock import Instant
from simulator.errors import LimitReached, NotFound

KEEP: Final = 10_000
"""Everything has a limit (ours)."""


class Book:
    """What was made beforehand in one world of a sandbox."""

    def __init__(self) -> None:
        self.kept: Kept[str] = Kept("easypost.objects", Text())
        """JSON, by id."""

    def add(self, prefix: str, fields: dict[str, Any], at: Instant) -> dict[str, Any]:
        """With its id, and when it was made."""
        if len(self.kept) >= KEEP:
            raise LimitReached("objects without a shipment", "a sandbox", KEEP)
        own_id = disguised(prefix, len(self.kept) + 1)
        made = fields | {"id": own_id, "at": at}
        self.kept[own_id] = json.dumps(made)
        return made

    def get(self, own_id: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self.kept[own_id])
        except KeyError:
            raise NotFound("object", own_id) from None
        return found


def attach_book(sandbox: Sandbox) -> None:
    """To a new world of the sandbox."""
    book = Book()
    sandbox.attach(book)
    sandbox.keep(book.kept)


def book_of(sandbox: Sandbox) -> Book:
    return sandbox.attached(Book)
