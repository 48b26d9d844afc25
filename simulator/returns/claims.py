"""What one may still ask for of an order: which line items, and how much money.

It only reckons. Of what is open, the money is pledged; of what is completed, the items are settled.
"""

from collections.abc import Iterable, Sequence

from simulator.errors import ItemsSettled, ItemsUnknown, RefundTooLarge, ReturnOpen, WholeOrderOnly
from simulator.orders.model import Order, Status
from simulator.returns.model import Return, ReturnStatus


def settled(filed: Iterable[Return]) -> set[str]:
    """Line items for which nothing more is to be had."""
    done = (each for each in filed if each.status is ReturnStatus.COMPLETED and each.is_whole)
    return {item_id for each in done for item_id in each.item_ids}


def open_items(filed: Iterable[Return]) -> set[str]:
    """Line items that an open request is about."""
    return {item_id for each in filed if each.is_open for item_id in each.item_ids}


def require_items(
    order: Order, filed: Sequence[Return], wanted: Sequence[str], besides: str = ""
) -> list[str]:
    """The line items that a new request is about, in the order's sequence; without *wanted*, all
    that are left. The request *besides* gives way to it."""
    others = [each for each in filed if each.id != besides]
    known = [item.id for item in order.items]
    named = list(dict.fromkeys(wanted))
    if not set(named) <= set(known):
        raise ItemsUnknown(order.id)
    done, taken = settled(others), open_items(others)
    if not named:
        named = [each for each in known if each not in done and each not in taken]
        if not named:
            raise ReturnOpen(order.id) if taken else ItemsSettled(order.id)
    if done & set(named):
        raise ItemsSettled(order.id)
    if taken & set(named):
        raise ReturnOpen(order.id)
    if order.status is not Status.DELIVERED and len(named) < len(known):
        raise WholeOrderOnly(order.id)
    return [each for each in known if each in named]


def worth(order: Order, filed: Sequence[Return], item_ids: Sequence[str], left: int) -> int:
    """What goes back for these items, in minor units, if *left* is left of the payment: their
    price; with the last of them, all the rest, which is the shipping fee's (inferred)."""
    pledged = sum(each.amount_minor for each in filed if each.is_open)
    free = max(0, left - pledged)
    done = settled(filed) | open_items(filed) | set(item_ids)
    if all(item.id in done for item in order.items):
        return free
    return min(free, sum(item.price_minor for item in order.items if item.id in item_ids))


def shares(total: int, order: Order, item_ids: Sequence[str]) -> list[int]:
    """What of *total* falls to each line item: by price, to the minor unit; rests fall to the
    last."""
    prices = {item.id: item.price_minor for item in order.items}
    goods = sum(prices[each] for each in item_ids)
    parts = [total * prices[each] // goods if goods else 0 for each in item_ids]
    parts[-1] += total - sum(parts)
    return parts


def require_amount(order: Order, wanted: int | None, most: int) -> int:
    """*wanted*, if so much can go back; everything, if nobody said how much."""
    if wanted is None:
        return most
    if not 0 < wanted <= most:
        raise RefundTooLarge(order.id, wanted, most)
    return wanted


def is_over(order: Order, filed: Sequence[Return], left: int) -> bool:
    """Whether nothing more is to be had: the order ends."""
    if any(each.is_open for each in filed):
        return False
    done = settled(filed)
    return not left or all(item.id in done for item in order.items)
