"""Money as the finance group writes it, and what its answers make of an order's amounts."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from mock_api.seller_center.finance import trees
from mock_api.seller_center.finance.trees import Leaves, Tree, leaves
from simulator import World
from simulator.money.positions import Amounts


class Purse:
    """One market's currency."""

    def __init__(self, world: World) -> None:
        self.currency: Final = world.registry.market.currency
        self._digits = world.registry.market.minor_digits

    def says(self, minor: int) -> str:
        """A decimal string with its sign; nought is ``0``, as in the platform's samples."""
        if not minor or not self._digits:
            return str(minor)
        whole, part = divmod(abs(minor), 10**self._digits)
        return f"{'-' if minor < 0 else ''}{whole}.{part:0{self._digits}d}"

    def revenue(self, amounts: Amounts) -> Leaves:
        known = {
            "subtotal_before_discount_amount": self.says(amounts.subtotal),
            "refund_subtotal_before_discount_amount": self.says(amounts.refund_subtotal),
        }
        return leaves(trees.REVENUE, known)

    def shipping(self, amounts: Amounts, names: tuple[str, ...], extra: tuple[str, ...]) -> Tree:
        """What the customer paid for it. The carriers' own bills are no matter of the platform's
        here: sellers pay them themselves."""
        paid = {"customer_paid_shipping_fee_amount": self.says(amounts.shipping_cost)}
        parts = {
            "refunded_customer_shipping_fee_amount": amounts.refund_shipping,
            "customer_shipping_fee": amounts.shipping,
            "refund_customer_shipping_fee": amounts.refund_shipping,
        }
        known = {name: self.says(part) for name, part in parts.items() if name in extra}
        return {**leaves(names, paid), "supplementary_component": leaves(extra, known)}

    def fees(
        self, amounts: Amounts, names: tuple[str, ...], taxes: tuple[str, ...]
    ) -> dict[str, Leaves]:
        commission = {"platform_commission_amount": self.says(amounts.commission)}
        return {"fee": leaves(names, commission), "tax": leaves(taxes, {})}

    def supplement(self, amounts: Amounts) -> Leaves:
        known = {
            "customer_payment_amount": self.says(amounts.subtotal + amounts.shipping),
            "customer_refund_amount": self.says(amounts.refund),
        }
        return leaves(trees.SUPPLEMENT, known)


def shared(amounts: Amounts, subtotals: Sequence[int]) -> list[Amounts]:
    """*amounts* over the SKUs of an order whose goods cost *subtotals*: to the last minor unit."""
    split = [
        _split(part, subtotals)
        for part in (
            amounts.subtotal,
            amounts.refund_subtotal,
            amounts.shipping,
            amounts.refund_shipping,
            amounts.commission,
        )
    ]
    return [Amounts(*parts) for parts in zip(*split, strict=True)]


def _split(total: int, weights: Sequence[int]) -> list[int]:
    """By weight; what rounding leaves goes where the running sum passes it."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    marks = [0, *(total * so_far // whole for so_far in accumulate(weights))]
    return [after - before for before, after in pairwise(marks)]
