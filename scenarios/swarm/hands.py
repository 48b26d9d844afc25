"""What somebody does in a world by hand: buyers, carriers, sellers at their desk, the platform.

Whether it is possible just then is the world's to say: a refusal (404, 409, 422) is an answer like
any other, and has to leave no trace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from scenarios.swarm.dice import Dice
from simulator.catalog import SHELF
from simulator.clock import DAY, HOUR
from simulator.incidents import PLANNABLE

Row = dict[str, Any]
Call = tuple[str, str, Row]
"""Method, path below the sandbox's, body."""


class Scene(Protocol):
    """What hands can reach."""

    @property
    def shop_ids(self) -> list[str]: ...

    @property
    def region(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Act:
    """Who may do it, and the call that it is; ``{order}`` is filled in with some order."""

    party: str
    call: Callable[[Dice, Scene], Call]


def _buyer(action: str, **body: Any) -> Act:
    return Act("buyers", lambda *_: ("POST", f"/buyers/{{order}}/{action}", body))


def _complaint(dice: Dice, _: Scene) -> Call:
    causes = ("not_received", "late", "damaged", "wrong_item", "refused_at_door")
    return "POST", "/buyers/{order}/complain", {"cause": dice.pick("cause", causes)}


def _way_back(action: str) -> Callable[[Dice, Scene], Call]:
    def call(dice: Dice, _: Scene) -> Call:
        handover = dice.pick("way_back", ("drop_off", "pickup"))
        return "POST", f"/buyers/{{order}}/{action}", {"handover": handover}

    return call


def _carrier(event: str, **body: Any) -> Act:
    """To some parcel, by its carrier's own event."""
    return Act(
        "carriers",
        lambda *_: ("POST", f"/carriers/{{carrier}}/{event}", {"parcel_id": "{parcel}"} | body),
    )


def _hold(dice: Dice, _: Scene) -> Call:
    hours = dice.scale("hold", 1, 200)
    return (
        "POST",
        f"/carriers/{dice.pick('held', ('jt', 'ups', 'dhl'))}/hold",
        {"for": hours * HOUR},
    )


def _close(dice: Dice, scene: Scene) -> Call:
    region = dice.pick("closed", ("CN", scene.region))
    cause = dice.pick("cause_of_closing", ("strike", "weather"))
    body = {"region": region, "for": dice.scale("closed_for", 1, 90) * HOUR, "cause": cause}
    return "POST", f"/carriers/{dice.pick('closing', ('all', 'jt'))}/close", body


def _skip(dice: Dice, _: Scene) -> Call:
    return "POST", f"/carriers/{dice.pick('skipping', ('jt', 'ups'))}/skip_pickup", {}


def _mishap(dice: Dice, _: Scene) -> Call:
    mishap = dice.pick("mishap", tuple(map(str, PLANNABLE)))
    return "POST", "/carriers/{carrier}/plan", {"parcel_id": "{parcel}", "mishap": mishap}


def _factor(dice: Dice, _: Scene) -> Call:
    return "PUT", "/mishaps", {"factor": dice.pick("factor", (0, 1, 30))}


def _seller(action: str, **body: Any) -> Act:
    return Act("sellers", lambda *_: ("POST", f"/sellers/{{order}}/{action}", body))


def _packing(dice: Dice, _: Scene) -> Call:
    packing = {"cushioning": [dice.pick("cushioning", ("loose_fill", "bubble_wrap"))]}
    return "POST", "/sellers/{order}/declare_packing", {"packing": packing}


def _label(dice: Dice, _: Scene) -> Call:
    label = {dice.pick("lacks", ("postal_code", "recipient", "order_number")): False}
    return "POST", "/sellers/{order}/declare_label", {"label": label}


def _wrong_label(dice: Dice, _: Scene) -> Call:
    accuracy = dice.pick("accuracy", ("recipient_known", "recipient_unknown"))
    return "POST", "/sellers/{order}/declare_label", {"label": {"accuracy": accuracy}}


def _shop(action: str) -> Callable[[Dice, Scene], Call]:
    return lambda dice, scene: ("POST", f"/shops/{dice.pick('shop', scene.shop_ids)}/{action}", {})


def _product(action: str) -> Callable[[Dice, Scene], Call]:
    return lambda dice, _: (
        "POST",
        f"/listings/{dice.pick('product', SHELF).product_id}/{action}",
        {},
    )


def _withdrawal(dice: Dice, _: Scene) -> Call:
    return "POST", "/finance/withdrawals", {"amount_minor": dice.scale("amount", 1, 5000)}


def _failure(dice: Dice, _: Scene) -> Call:
    return "POST", "/finance/failures", {"of": dice.pick("fails", ("payment", "withdrawal"))}


def _grant(dice: Dice, _: Scene) -> Call:
    return "POST", "/authorization/grant", {"for": dice.between("term", 31, 90) * DAY}


def _chat_settings(dice: Dice, _: Scene) -> Call:
    wishes = ({"can_accept_chat": False}, {"can_accept_chat": True}, {"sensitive": ["parcel"]})
    return "PATCH", "/chat-settings", dict(dice.pick("chat", wishes))


_WORDS: Final = {"text": "Where is my parcel?"}
TABLE: Final[dict[str, Act]] = {
    "pay": _buyer("pay"),
    "cancel": _buyer("cancel"),
    "withdraw_cancellation": _buyer("withdraw_cancellation"),
    "change_address": _buyer("change_address"),
    "refuse": _buyer("refuse"),
    "confirm": _buyer("confirm"),
    "complain": Act("buyers", _complaint),
    "ask_refund": _buyer("ask_refund"),
    "withdraw_refund": _buyer("withdraw_refund"),
    "request_return": Act("buyers", _way_back("request_return")),
    "request_replacement": _buyer("request_replacement"),
    "withdraw_return": _buyer("withdraw_return"),
    "ship_return": _buyer("ship_return"),
    "dispute_return": _buyer("dispute_return"),
    "accept_offer": _buyer("accept_offer"),
    "decline_offer": _buyer("decline_offer"),
    "write": Act("buyers", lambda *_: ("POST", "/chats/{order}/message", _WORDS)),
    "rate": Act("buyers", lambda *_: ("POST", "/chats/{order}/rating", {"stars": 4})),
    "hold": Act("carriers", _hold),
    "close": Act("carriers", _close),
    "skip_pickup": Act("carriers", _skip),
    "plan": Act("carriers", _mishap),
    "delay": _carrier("delay", **{"for": DAY}),
    "damage": _carrier("damage"),
    "lose": _carrier("lose"),
    "mislay": _carrier("lose", for_good=False),
    "find": _carrier("find"),
    "customs_hold": _carrier("customs_hold"),
    "release": _carrier("release"),
    "send_back": _carrier("send_back"),
    "dispose": _carrier("dispose"),
    "scan": _carrier("scan", scan="out_for_delivery"),
    "factor": Act("carriers", _factor),
    "ship": _seller("ship"),
    "drop_off": _seller("ship", handover="drop_off"),
    "book": _seller("book"),
    "mark": _seller("mark"),
    "set_handover": _seller("set_handover", handover="drop_off"),
    "declare_packing": Act("sellers", _packing),
    "declare_label": Act("sellers", _label),
    "declare_wrong_label": Act("sellers", _wrong_label),
    "attach_photo": _seller("attach_photo"),
    "complain_about_carrier": _seller("complain"),
    "appeal": _seller("appeal"),
    "accept_complaint": _seller("accept_complaint"),
    "contest_complaint": _seller("contest_complaint"),
    "cancel_for_want_of_stock": _seller("cancel"),
    "grant_cancellation": _seller("grant_cancellation"),
    "decline_cancellation": _seller("decline_cancellation"),
    "grant_refund": _seller("grant_refund"),
    "decline_refund": _seller("decline_refund"),
    "deactivate_shop": Act("platform", _shop("deactivate")),
    "reactivate_shop": Act("platform", _shop("reactivate")),
    "deactivate_seller": Act("platform", lambda *_: ("POST", "/seller/deactivate", {})),
    "reactivate_seller": Act("platform", lambda *_: ("POST", "/seller/reactivate", {})),
    "take_down": Act("platform", _product("take_down")),
    "let_sell": Act("platform", _product("let_sell")),
    "withdraw_money": Act("platform", _withdrawal),
    "fail_payment": Act("platform", _failure),
    "grant": Act("platform", _grant),
    "take_back": Act("platform", lambda *_: ("POST", "/authorization/take_back", {})),
    "chat_settings": Act("platform", _chat_settings),
}
