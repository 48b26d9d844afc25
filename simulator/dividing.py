"""A request of several line items is divided, because its seller decides differently about some.

The platform's newest review takes a decision for each line item (Review Aftersales Requests,
202609), and its aftersales request holds several returns. How one becomes several is inferred: each
verdict has a return of its own, with the request's history and deadline and its line items' share
of the money; the first keeps the request's id. Parcels are not divided, so it is done before the
goods go back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from simulator import ids
from simulator.errors import ItemsUnknown, WholeOrderOnly
from simulator.facts import ReturnDivided
from simulator.orders.model import Order, Party, Status
from simulator.registry import Registry
from simulator.returns import answering, claims
from simulator.returns.answering import Verdict
from simulator.returns.model import Kind, Note, Return, ReturnStatus
from simulator.waiting import Inbox

DIVIDED: Final = "divided"
"""Our word for it, in the notes of every part."""


def by_return(here: Registry, verdicts: Sequence[Verdict]) -> list[tuple[Return, list[Verdict]]]:
    """Each return that is spoken of, with what is said to it."""
    found: dict[str, list[Verdict]] = {}
    for each in verdicts:
        found.setdefault(each.return_id, []).append(each)
    return [(here.returns.get(return_id), own) for return_id, own in found.items()]


def require_decidable(here: Registry, asked: Return, verdicts: Sequence[Verdict]) -> None:
    """Each line item has one verdict, and each verdict fits; refused otherwise."""
    order = here.order(asked.order_id)
    named = [item_id for each in verdicts for item_id in each.item_ids]
    if sorted(named) != sorted(asked.item_ids) or not all(each.item_ids for each in verdicts):
        raise ItemsUnknown(order.id)
    for verdict, amount in zip(verdicts, _amounts(order, asked, verdicts), strict=True):
        answering.require_fitting(asked, verdict.said, verdict.offer_minor, amount)
    if len(verdicts) > 1:
        asked.require(ReturnStatus.REQUESTED)
        if order.status is not Status.DELIVERED:
            raise WholeOrderOnly(order.id)


def divide(here: Registry, asked: Return, verdicts: Sequence[Verdict]) -> list[Return]:
    """A return for each verdict, *asked* itself for the first. The others are filed and recorded,
    and nobody has brought them to life yet."""
    if len(verdicts) == 1:
        return [asked]
    order = here.order(asked.order_id)
    amounts, numbers = _amounts(order, asked, verdicts), _numbers(asked)
    asked.notes.append(Note(here.now, DIVIDED, Party.SELLER))
    parts = [asked, *(_part(here, asked) for _ in verdicts[1:])]
    for part, verdict, amount in zip(parts, verdicts, amounts, strict=True):
        part.item_ids = [each for each in numbers if each in verdict.item_ids]
        part.line_numbers = [numbers[each] for each in part.item_ids]
        part.amount_minor, part.updated_at = amount, here.now
    for part in parts[1:]:
        order.open_returns.append(part.id)
        items = tuple(part.item_ids)
        here.record(ReturnDivided(order.id, asked.id, part.id, items, part.amount_minor))
    return parts


def _part(here: Registry, asked: Return) -> Return:
    """Another of the request's parts, on its shelf."""
    before = here.returns.parts(asked)
    part = replace(
        asked,
        id=here.mint.next_id(ids.REFUND if asked.kind is Kind.REFUND else ids.RETURN),
        luck=f"{before[0].luck}.part.{len(before)}",
        inbox=Inbox(here.agenda),
        part_of=asked.origin_id,
        notes=list(asked.notes),
    )
    here.returns.file(part)
    return part


def _numbers(asked: Return) -> dict[str, int]:
    """Of its line items, which of the request's they are."""
    numbers = asked.line_numbers or range(len(asked.item_ids))
    return dict(zip(asked.item_ids, numbers, strict=True))


def _amounts(order: Order, asked: Return, verdicts: Sequence[Verdict]) -> list[int]:
    """The money of each verdict: the sum of what was shown for its line items."""
    parts = claims.shares(asked.amount_minor, order, asked.item_ids)
    share = dict(zip(asked.item_ids, parts, strict=True))
    return [sum(share[item_id] for item_id in each.item_ids) for each in verdicts]
