"""Facts of who may come in: what the seller granted the app, and whom the platform shut out."""

from simulator.clock import Instant
from simulator.facts.base import Fact, fact


@fact
class AuthorizationGranted(Fact):
    """The seller lets the app act for every shop, until *ends_at*."""

    ends_at: Instant
    serial: int
    """Which authorisation this is; a longer term of the one that is in force has its number."""


@fact
class AuthorizationExpiring(Fact):
    """The authorisation ends within so many days: told once a day."""

    ends_at: Instant
    days: int


@fact
class AuthorizationEnded(Fact):
    """It is in force no more: the seller took it back (``seller``), or it ran out (``time``)."""

    by: str


@fact
class ShopDeactivated(Fact):
    """The platform shut the shop out of its API."""

    shop_id: str


@fact
class ShopReactivated(Fact):
    shop_id: str


@fact
class SellerDeactivated(Fact):
    """The platform shut the seller out, with so many shops."""

    shops: int


@fact
class SellerReactivated(Fact):
    """The seller may come in again, with so many shops."""

    shops: int
