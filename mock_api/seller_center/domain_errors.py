"""What the simulation refuses, in the words of one group of the seller center."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from mock_api.seller_center.errors import Refusal, Row
from simulator.errors import DomainError

Table = Mapping[type[DomainError], Row | Callable[[DomainError], Row]]
"""A row for each refusal that a group, or one endpoint, has words of its own for."""

_GENERIC: Final = 10007014
"""The platform's code for whatever has none of its own: its text says why."""


def row_of(error: DomainError, table: Table) -> Row:
    """How the group says it; what its *table* lacks has the generic code (inferred)."""
    found = table.get(type(error))
    if found is None:
        return Row(_GENERIC, str(error))
    return found if isinstance(found, Row) else found(error)


@contextmanager
def in_words(table: Table) -> Iterator[None]:
    """A block in which refusals that *table* has are said in its words: an endpoint's own, before
    its group's."""
    try:
        yield
    except DomainError as error:
        if type(error) not in table:
            raise
        raise Refusal(row_of(error, table)) from None
