"""What buyers do when somebody makes them do it by hand."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from pydantic import Field

from mock_api.control.requests import SandboxDep, Wish
from mock_api.kernel.problems import invalid
from simulator.acts.buyers import BuyersActs
from simulator.disputes.case import Cause
from simulator.returns.model import Handover, Kind
from simulator.returns.wishes import Wanted

router: Final = APIRouter(prefix="/sandboxes/{sandbox_id}", tags=["orders"])

BuyerAction = Literal[
    "pay",
    "cancel",
    "withdraw_cancellation",
    "change_address",
    "refuse",
    "confirm",
    "complain",
    "ask_refund",
    "withdraw_refund",
    "request_return",
    "request_replacement",
    "withdraw_return",
    "ship_return",
    "dispute_return",
    "accept_offer",
    "decline_offer",
]


class BuyerWish(Wish):
    reason: Annotated[str, Field(max_length=200)] = ""
    """Why they cancel, or want their money, a return or a replacement."""
    cause: Cause | None = None
    """What a complaint is about."""
    items: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """The line items that a refund, return or replacement is about; empty: all that are left."""
    carrier: str = ""
    tracking_number: Annotated[str, Field(max_length=50)] = ""
    """Of what goes back, if the buyer has posted it themselves."""
    handover: Handover = Handover.DROP_OFF
    """How the platform's carrier is to get it."""
    return_id: str = ""
    """Which request; empty: the oldest open one that the action fits."""


@router.post("/buyers/{order_id}/{action}")
async def buyer_acts(
    sandbox: SandboxDep, order_id: str, action: BuyerAction, wanted: BuyerWish | None = None
) -> dict[str, Any]:
    world = sandbox.world
    _ACTS[action](world.buyers, order_id, wanted or BuyerWish())
    order = world.order(order_id)
    return {"order_id": order.id, "status": order.status, "now": world.now}


def _cancel(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    """Without a reason, for the usual one."""
    buyers.cancel(order_id, *filter(None, [wish.reason]))


def _complain(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    if wish.cause is None:
        raise invalid(("body.cause", f"a complaint needs one of {', '.join(Cause)}"))
    buyers.complain(order_id, wish.cause)


def _ask_refund(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    _request(buyers, order_id, wish, Kind.REFUND)


def _request_return(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    _request(buyers, order_id, wish, Kind.RETURN)


def _request_replacement(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    _request(buyers, order_id, wish, Kind.REPLACEMENT)


def _request(buyers: BuyersActs, order_id: str, wish: BuyerWish, kind: Kind) -> None:
    buyers.request(order_id, Wanted(kind, wish.reason, wish.items, handover=wish.handover))


def _ship_return(buyers: BuyersActs, order_id: str, wish: BuyerWish) -> None:
    buyers.ship_return(order_id, wish.carrier, wish.tracking_number, wish.return_id)


def _answer_offer(buyers: BuyersActs, order_id: str, wish: BuyerWish, *, accepted: bool) -> None:
    buyers.answer_offer(order_id, accepted=accepted, return_id=wish.return_id)


def _plainly(
    act: Callable[[BuyersActs, str], None],
) -> Callable[[BuyersActs, str, BuyerWish], None]:
    """An act that nothing more needs to be said about."""
    return lambda buyers, order_id, _: act(buyers, order_id)


_ACTS: Final[dict[BuyerAction, Callable[[BuyersActs, str, BuyerWish], None]]] = {
    "pay": _plainly(BuyersActs.pay),
    "cancel": _cancel,
    "withdraw_cancellation": _plainly(BuyersActs.withdraw_cancellation),
    "change_address": _plainly(BuyersActs.change_address),
    "refuse": _plainly(BuyersActs.refuse),
    "confirm": _plainly(BuyersActs.confirm),
    "complain": _complain,
    "ask_refund": _ask_refund,
    "withdraw_refund": _plainly(BuyersActs.withdraw_refund),
    "request_return": _request_return,
    "request_replacement": _request_replacement,
    "withdraw_return": lambda buyers, order_id, wish: buyers.withdraw_return(
        order_id, wish.return_id
    ),
    "ship_return": _ship_return,
    "dispute_return": lambda buyers, order_id, wish: buyers.dispute_return(
        order_id, wish.return_id
    ),
    "accept_offer": partial(_answer_offer, accepted=True),
    "decline_offer": partial(_answer_offer, accepted=False),
}
