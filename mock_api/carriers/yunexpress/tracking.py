"""What became of a package; and who wants to be told of it.

A subscription is a tracker of the world with YunExpress's own eyes. Where pushes go is set in the
console, which here is the control API.
"""

from typing import Final

from fastapi import APIRouter

from mock_api.carriers.yunexpress.access import identify
from mock_api.carriers.yunexpress.naming import named
from mock_api.carriers.yunexpress.pushes import Note, subscription_of
from mock_api.carriers.yunexpress.refusals import WORDS, Shape, done, unknown, wrong
from mock_api.carriers.yunexpress.requests import Cancellation, Subscription
from mock_api.carriers.yunexpress.telling import described, row
from mock_api.carriers.yunexpress.view import look, utc
from mock_api.carriers.yunexpress.words import CARRIER, NAME
from mock_api.kernel.carrier_route import CarrierSandbox, carrier_route
from mock_api.kernel.sandbox import Sandbox
from simulator.trackers.lag import CARRIERS_OWN

router: Final = APIRouter(
    prefix="/v1/track-service", route_class=carrier_route(NAME, identify, WORDS, names=named)
)


@router.get("/info/get")
async def track(sandbox: CarrierSandbox, order_number: str = "") -> Shape:
    """By any of its numbers. In the list that lenient sandboxes answer, an unknown one is no
    failure: its status is N."""
    if not order_number:
        raise wrong("order_number is required")
    seen = look(sandbox.world, order_number)
    if sandbox.is_lenient(NAME):
        return done([row(order_number, seen)])
    if seen is None:
        raise unknown(order_number)
    return done(described(seen))


@router.post("/subscribe-by-order")
async def subscribe(sandbox: CarrierSandbox, wish: Subscription) -> Shape:
    """All of them, or none. What is known by now is pushed at once (inferred). What the types
    choose is not published: each is told of everything."""
    for number in wish.waybill_numbers:
        seen = look(sandbox.world, number)
        if seen is None or seen.waybill != number:
            raise unknown(number)
    notes = {
        Note.BY: NAME,
        Note.TYPE: wish.subscribe_type,
        Note.QUERY: ",".join(wish.query_type),
    }
    trackers = sandbox.world.trackers
    for number in dict.fromkeys(wish.waybill_numbers):
        standing = subscription_of(sandbox, number)
        if standing is None:
            trackers.add(CARRIERS_OWN, number, CARRIER, notes)
            continue
        trackers.change(standing.id, notes=notes)
        if standing.is_stopped:  # nothing was heard of it for so long
            trackers.resume(standing.id)
    return done()


@router.post("/unsubscribe-by-order")
async def unsubscribe(sandbox: CarrierSandbox, wish: Cancellation) -> Shape:
    """Those that there are; others are passed over (inferred)."""
    for number in wish.waybill_numbers:
        standing = subscription_of(sandbox, number)
        if standing:
            sandbox.world.trackers.remove(standing.id)
    return done()


@router.get("/subscribe-by-order/get")
async def subscriptions(sandbox: CarrierSandbox, waybill_numbers: str = "") -> Shape:
    """Of numbers with commas between them."""
    numbers = [each.strip() for each in waybill_numbers.split(",") if each.strip()]
    if not 1 <= len(numbers) <= _MOST:
        raise wrong(f"waybill_numbers must be 1 to {_MOST}")
    rows = [_subscribed(sandbox, each) for each in numbers if subscription_of(sandbox, each)]
    return done({"order_subscribe_info": rows})


_MOST: Final = 50


def _subscribed(sandbox: Sandbox, number: str) -> Shape:
    standing, seen = subscription_of(sandbox, number), look(sandbox.world, number)
    assert standing is not None
    return {
        "waybill_number": number,
        "tracking_number": seen.tracking_number if seen else "",
        "customer_order_id": seen.order_number if seen else "",
        "subscribe_type": standing.notes[Note.TYPE],
        "query_type": [each for each in standing.notes[Note.QUERY].split(",") if each],
        "subscribe_time": utc(standing.added_at).strftime("%Y-%m-%d %H:%M:%S"),
    }
