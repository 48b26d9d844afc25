"""Every return of one world, by its id and by its order. Finds and files; decides nothing."""

from simulator.errors import NotFound
from simulator.returns.model import Return


class ReturnShelf:
    """In the order in which they were asked for."""

    def __init__(self) -> None:
        self.all: dict[str, Return] = {}
        self._of: dict[str, list[Return]] = {}

    def file(self, asked: Return) -> None:
        self.all[asked.id] = asked
        self._of.setdefault(asked.order_id, []).append(asked)

    def of(self, order_id: str) -> tuple[Return, ...]:
        return tuple(self._of.get(order_id, ()))

    def parts(self, asked: Return) -> tuple[Return, ...]:
        """All of the request that *asked* belongs to: itself, if it was never divided."""
        return tuple(each for each in self.of(asked.order_id) if each.origin_id == asked.origin_id)

    def get(self, return_id: str) -> Return:
        try:
            return self.all[return_id]
        except KeyError:
            raise NotFound("return", return_id) from None
