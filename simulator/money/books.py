"""All that a world keeps of money and points: one ledger an order, one account a shop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from simulator.clock import Instant
from simulator.facts import Fact
from simulator.market import MarketProfile
from simulator.money.accounts import Account
from simulator.money.ledger import Entry


@dataclass(slots=True)
class Books:
    """Plain data. An order, or shop, without entries has none here."""

    ledgers: dict[str, list[Entry]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def ledger(self, order_id: str) -> list[Entry]:
        """To read: what moved for that order after its payment, in order."""
        return self.ledgers.get(order_id, [])

    def enter(self, order_id: str, entry: Entry) -> None:
        assert entry.amount_minor > 0, entry
        self.ledgers.setdefault(order_id, []).append(entry)

    def account(self, shop_id: str) -> Account:
        """To read: the shop's, or a blank one."""
        return self.accounts.get(shop_id) or Account(shop_id)

    def open_account(self, shop_id: str) -> Account:
        """To write in."""
        return self.accounts.setdefault(shop_id, Account(shop_id))


class BooksWithArchive(Books):
    """The same, where the ledgers of orders that have left memory are read in their archive."""

    __slots__ = ("_of_ended",)

    def __init__(self, books: Books, of_ended: Callable[[str], list[Entry]]) -> None:
        super().__init__(books.ledgers, books.accounts)
        self._of_ended = of_ended

    def ledger(self, order_id: str) -> list[Entry]:
        return self.ledgers.get(order_id) or self._of_ended(order_id)


class Tells(Protocol):
    """Whoever has to know when an order's money changes."""

    def note(self, order_id: str) -> None: ...


class Setting(Protocol):
    """What payments and penalties need of their world, and no more."""

    @property
    def now(self) -> Instant: ...
    @property
    def market(self) -> MarketProfile: ...
    @property
    def books(self) -> Books: ...
    @property
    def cashier(self) -> Tells: ...
    def record(self, fact: Fact) -> None: ...
