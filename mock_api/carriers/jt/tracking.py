"""Traces: asked for, and subscribed to."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from pydantic import Field

from mock_api.carriers.jt.forms import BILL_CODES, Form, Text, biz
from mock_api.carriers.jt.names import NAME
from mock_api.carriers.jt.pushes import hook_id, is_over
from mock_api.carriers.jt.refusals import Refused
from mock_api.carriers.jt.view import details, seen
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.described import described
from mock_api.kernel.hooks import Hook, TooManyHooks
from mock_api.kernel.sandbox import Sandbox
from simulator.carriers.numbers import could_be_printed

MOST_ASKED: Final = 30
MOST_SUBSCRIBED: Final = 1_000
NODES: Final = frozenset(str(node) for node in range(1, 16))
"""1 to 14 in China, 15 (forwarded) in Egypt."""


class Trace(Form):
    bill_codes: Annotated[Text, Field(validation_alias=BILL_CODES)] = ""


class Wanted(Form):
    """One number's subscription."""

    trace_node: Text = ""
    """Nodes, joined by ``&``."""
    waybill_code: Text = ""
    back_url: Text = ""
    """In China; elsewhere J&T's people set one for the account, here the control API does."""

    @property
    def nodes(self) -> frozenset[str]:
        found = frozenset(each.strip() for each in self.trace_node.split("&"))
        if not found <= NODES:
            raise Refused("145003050", "traceNode")
        return found


class Subscription(Form):
    list: list[Wanted]


def serve(router: APIRouter) -> None:
    router.post("/logistics/trace", openapi_extra=described(Trace))(trace)
    router.post("/trace/subscribe", openapi_extra=described(Subscription))(subscribe)


async def trace(asked: Annotated[Trace, Depends(biz(Trace))], sandbox: CarrierSandbox) -> Any:
    """Newest first. A number that J&T does not know has no details."""
    numbers = [each.strip() for each in asked.bill_codes.split(",")]
    if len(numbers) > MOST_ASKED:
        raise Refused("145003502")
    for number in numbers:
        _require_number(number)
    return {"code": "1", "msg": "success", "data": [_traced(sandbox, each) for each in numbers]}


def _traced(sandbox: Sandbox, number: str) -> dict[str, Any]:
    sight = seen(sandbox.world, number)
    return {"billCode": number, "details": details(sight) if sight else []}


def _require_number(number: str) -> None:
    if not could_be_printed(number):
        raise Refused("145003100", number)


async def subscribe(
    asked: Annotated[Subscription, Depends(biz(Subscription))], sandbox: CarrierSandbox
) -> dict[str, Any]:
    """All or none. A number may be subscribed to before J&T knows it; again, it begins anew
    (inferred). It ends with the parcel's record (ours). Without an address, news goes where the
    account's own is set, which hears all."""
    if not asked.list:
        raise Refused("145003050", "list")
    if len(asked.list) > MOST_SUBSCRIBED:
        raise Refused("145013501")
    for wanted in asked.list:
        _require_number(wanted.waybill_code)
        flaw = sandbox.hooks.flaw_of(wanted.back_url) if wanted.back_url else ""
        if flaw:
            raise Refused("145003050", f"backUrl: {flaw}")
    wanted_hooks = [_hook(each, each.nodes) for each in asked.list]
    hooks = {hook.id: hook for hook in wanted_hooks if hook.url and _may_come(sandbox, hook)}
    new = [each for each in hooks if sandbox.hooks.get(NAME, each) is None]
    if len(new) > sandbox.hooks.room:
        raise Refused("145003050", str(TooManyHooks(sandbox.hooks.limit)))
    for hook in hooks.values():
        sandbox.hooks.add(hook)
    return {"code": "1", "msg": "success", "data": {"list": []}}


def _hook(wanted: Wanted, nodes: frozenset[str]) -> Hook:
    number = wanted.waybill_code
    return Hook(NAME, wanted.back_url, topics=nodes, number=number, id=hook_id(number))


def _may_come(sandbox: Sandbox, hook: Hook) -> bool:
    return not is_over(sandbox.world.trackers.sight("", hook.number).parcel)
