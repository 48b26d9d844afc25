"""What the authorization group pushes: types 6 (deauthorised) and 7 (its end is near)."""

from collections.abc import Iterator
from typing import Final

from mock_api.kernel.sandbox import Sandbox
from mock_api.seller_center.pushes import Push, Tells
from simulator.admission import BY_SELLER
from simulator.clock import Instant
from simulator.facts import AuthorizationEnded, AuthorizationExpiring

SELLER_DEAUTHORIZATION: Final = "SELLER_DEAUTHORIZATION"
UPCOMING_AUTHORIZATION_EXPIRATION: Final = "UPCOMING_AUTHORIZATION_EXPIRATION"


def _ended(sandbox: Sandbox, fact: AuthorizationEnded, _: Instant) -> Iterator[Push]:
    """A webhook for each shop. Of a term that ran out, no document knows one."""
    if fact.by != BY_SELLER:
        return
    for shop, _cipher in sandbox.shops():
        message = f"Shop_id {shop.id} is deauthorized from your APP by merchant."
        yield Push(6, SELLER_DEAUTHORIZATION, shop.id, shop.id, {"message": message})


def _expiring(sandbox: Sandbox, fact: AuthorizationExpiring, _: Instant) -> Iterator[Push]:
    for shop, _cipher in sandbox.shops():
        message = (
            f"Authorization of shop_id {shop.id} is expiring in {fact.days} days. "
            "Please direct the merchant to re-authorize."
        )
        data = {"message": message, "expiration_time": str(fact.ends_at)}
        yield Push(7, UPCOMING_AUTHORIZATION_EXPIRATION, shop.id, shop.id, data)


TELLS: Final[Tells] = {AuthorizationEnded: _ended, AuthorizationExpiring: _expiring}
