"""Whether a reason is good: in this market's list, this party's to give, in use, and in place."""

from typing import Final

from simulator.errors import (
    ReasonForOtherAction,
    ReasonForOtherMatter,
    ReasonOfAnother,
    ReasonOffline,
    ReasonOutOfPlace,
    UnknownReason,
)
from simulator.reasons.lists import reasons
from simulator.reasons.model import About, Giver, Reason

_NOT_DELIVERABLE: Final = "seller_cancel_paid_reason_address_not_deliver"
_OFFLINE: Final = {
    # "Unable to deliver" left the South-East Asian lists on 31 August 2025 (changelog, removal of
    # unable-to-deliver).
    **dict.fromkeys(("ID", "MY", "PH", "TH", "VN"), frozenset({_NOT_DELIVERABLE})),
    "SG": frozenset({"seller_cancel_unable_to_deliver_to_buyer_address"}),
    # Left the list on 4 October 2024 (changelog, US market removing some reject reasons).
    "US": frozenset(f"reverse_reject_request_reason_{nth}" for nth in (1, 2, 3, 5)),
}
"""By list: reasons that it still has, and the platform takes no more."""

_STANDS_FOR: Final = {
    "AWAITING_COLLECTION": "AWAITING_SHIPMENT",
    "PARTIALLY_SHIPPING": "AWAITING_SHIPMENT",
}
"""Where some market lets people cancel what is ready to ship, its list has no reasons of that
status' own: those of the status before serve (inferred)."""

_SAME: Final = {"not_shipped_on_time": ("late_shipment",)}
_SHORT: Final = ("no_longer_needed", "other")
"""What people say whose own reason is not in the list."""


def require_reason(market: str, about: About, giver: Giver, name: str, status: str) -> None:
    """*Giver* may give that reason for an order that is *status*, by the market's list; a
    DomainError says why not."""
    own = [each for each in reasons(market, about, giver) if each.name == name]
    if own and name in _offline(market):
        raise ReasonOffline(name)
    if own and not any(_is_in_place(each, status) for each in own):
        raise ReasonOutOfPlace(name, status)
    if not own:
        raise ReasonOfAnother(name) if _is_listed(market, about, name) else UnknownReason(name)


def reject_reasons(market: str, about: About, *, goods: bool = False) -> tuple[Reason, ...]:
    """With which sellers may turn down what buyers ask for, or, if it is about *goods* that came
    back, what they have got; each name once."""
    giver = Giver.SELLER_REJECTS_GOODS if goods else Giver.SELLER_REJECTS
    offline = _offline(market)
    listed = {each.name: each for each in reversed(reasons(market, about, giver))}
    return tuple(each for each in reversed(listed.values()) if each.name not in offline)


def require_reject_reason(market: str, about: About, name: str, *, goods: bool = False) -> None:
    """The seller may turn it down with that reason; a DomainError says why not."""
    if any(each.name == name for each in reject_reasons(market, about, goods=goods)):
        return
    giver = Giver.SELLER_REJECTS_GOODS if goods else Giver.SELLER_REJECTS
    if any(each.name == name for each in reasons(market, about, giver)):
        raise ReasonOffline(name)
    if _is_listed(market, about, name):
        raise ReasonForOtherAction(name)
    if any(_is_listed(market, other, name) for other in About):
        raise ReasonForOtherMatter(name)
    raise UnknownReason(name)


def reason_like(market: str, about: About, giver: Giver, status: str, wish: str) -> str:
    """The reason of *giver*'s list that says *wish*, or comes nearest to it; a *wish* is the end
    of a reason's name, without the market's suffix. The wish itself, where there is no list."""
    listed = reasons(market, about, giver)
    fitting = [each.name for each in listed if _is_in_place(each, status)]
    names = fitting or [each.name for each in listed]
    for tail in (wish, *_SAME.get(wish, ()), *_SHORT):
        for name in names:
            if name.removesuffix("_uk").endswith(tail):
                return name
    return names[0] if names else wish


def _offline(market: str) -> frozenset[str]:
    return _OFFLINE.get(market, frozenset())


def _is_in_place(reason: Reason, status: str) -> bool:
    return reason.fits(status) or reason.fits(_STANDS_FOR.get(status, status))


def _is_listed(market: str, about: About, name: str) -> bool:
    return any(each.name == name for giver in Giver for each in reasons(market, about, giver))
