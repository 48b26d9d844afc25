"""Registered numbers page by page, and what is left of the quota."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from mock_api.carriers.seventeentrack import account
from mock_api.carriers.seventeentrack import refusals as no
from mock_api.carriers.seventeentrack.account import Note, Spent
from mock_api.carriers.seventeentrack.refusals import Refused
from mock_api.carriers.seventeentrack.requests import ListWish, Shape
from mock_api.carriers.seventeentrack.view import Look, metrics, utc
from mock_api.carriers.seventeentrack.words import DELIVERED, NAME, PICKED_UP, SAID
from mock_api.kernel.carrier_route import CarrierSandbox
from mock_api.kernel.messages import Message, State
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.times import instant
from simulator.clock import Instant
from simulator.trackers.model import Tracker


async def gettracklist(sandbox: CarrierSandbox, wish: ListWish | None = None) -> Shape:
    """The newest first, forty to a page."""
    wish = wish or ListWish()
    found = list(_wanted(sandbox, wish))
    from_ = (wish.page_no - 1) * wish.page_size
    pushes = _last_pushes(sandbox)
    rows = [
        _row(sandbox, each, pushes.get(each.number))
        for each in found[from_ : from_ + wish.page_size]
    ]
    page = {
        "data_total": len(found),
        "page_total": -(-len(found) // wish.page_size),
        "page_no": wish.page_no,
        "page_size": wish.page_size,
    }
    return {"page": page, "code": 0, "data": {"accepted": rows, "rejected": []}}


def _wanted(sandbox: Sandbox, wish: ListWish) -> Iterator[Tracker]:
    numbers = {each.strip() for each in (wish.number or "").split(",") if each.strip()}
    earliest, latest = (
        _bound("register_time_from", wish.register_time_from),
        _bound("register_time_to", wish.register_time_to),
    )
    for each in reversed(sandbox.world.trackers.of(NAME)):
        if (
            (not numbers or each.number in numbers)
            and (not wish.carrier or each.notes[Note.KEY] == str(wish.carrier))
            and wish.tracking_status in (None, "", _tracking_status(each))
            and wish.tag in (None, "", each.notes.get("tag"))
            and wish.order_no in (None, "", each.notes.get("order_no"))
            and (earliest is None or each.added_at >= earliest)
            and (latest is None or each.added_at <= latest)
            and _has_status(sandbox, each, wish.package_status)
        ):
            yield each


def _bound(name: str, said: str | None) -> int | None:
    if not said:
        return None
    try:
        return instant(said)
    except ValueError:
        raise Refused(no.BAD_VALUE, name) from None


def _has_status(sandbox: Sandbox, tracker: Tracker, wanted: str | None) -> bool:
    return not wanted or account.shown_of(sandbox.world, tracker).status == wanted


def _tracking_status(tracker: Tracker) -> str:
    return "Stopped" if tracker.is_stopped else "Tracking"


def _last_pushes(sandbox: Sandbox) -> dict[str, Message]:
    """The newest webhook of each number that the outbox remembers."""
    ours = f"{NAME}."
    sent = sandbox.outbox.all.values()
    return {each.lane: each for each in sent if each.kind.startswith(ours)}


def _row(sandbox: Sandbox, tracker: Tracker, pushed: Message | None) -> Shape:
    """As the documentation quotes it, misspelt ``delievery_time`` and all."""
    seen, told = account.shown_of(sandbox.world, tracker), tracker.notes
    days = metrics(seen, told.get("order_time", ""))
    days.pop("estimated_delivery_date")
    sender, recipient = seen.sight.sender, seen.sight.recipient
    return {
        "number": tracker.number,
        "param": told.get("param"),
        "param_type": "None",
        "data_origin": "Api",
        "carrier": seen.provider.key,
        "shipping_country": sender.region if sender else None,
        "final_carrier": int(told.get(Note.FINAL_KEY, "0")),
        "recipient_country": recipient.region if recipient else None,
        "register_time": utc(tracker.added_at),
        "tracking_status": _tracking_status(tracker),
        "package_status": seen.status,
        "track_time": utc(tracker.heard_at or tracker.added_at),
        **_push(pushed),
        **_stop(tracker),
        "is_retracked": Note.RETRACKED in told,
        "carrier_change_count": int(told.get(Note.CHANGES, "0")),
        "tag": told.get("tag"),
        "email": told.get("email", ""),
        "order_no": told.get("order_no"),
        "order_time": told.get("order_time"),
        "lang": told.get("lang", ""),
        "remark": told.get("remark"),
        **_latest(seen),
        **days,
        "delievery_time": _time_of(seen, DELIVERED),
        "pickup_time": _time_of(seen, PICKED_UP),
    }


def _push(pushed: Message | None) -> Shape:
    attempt = pushed.attempts[-1] if pushed and pushed.attempts else None
    if pushed is None or attempt is None:
        return {"push_time": None, "push_status": "NotPushed", "push_status_code": 0}
    status = "Success" if pushed.state is State.DELIVERED else "Failure"
    return {
        "push_time": utc(attempt.at),
        "push_status": status,
        "push_status_code": attempt.status or 0,
    }


def _stop(tracker: Tracker) -> Shape:
    if not tracker.is_stopped:
        return {"stop_track_time": None, "stop_track_reason": None}
    reason = tracker.notes.get(Note.STOPPED, account.RUN_OUT)
    return {"stop_track_time": utc(tracker.stopped_at), "stop_track_reason": reason}


def _latest(seen: Look) -> Shape:
    if not seen.records:
        return {"latest_event_time": None, "latest_event_info": None}
    record = seen.records[-1]
    info = f"{record.place},{SAID[record.scan].description}"
    return {"latest_event_time": record.local_time, "latest_event_info": info}


def _time_of(seen: Look, stage: str) -> str:
    record = seen.reached(stage)
    return utc(Instant(record.at)) if record else ""


async def getquota(sandbox: CarrierSandbox) -> Shape:
    """How many registrations are left this month."""
    spent, now, total = sandbox.attached(Spent), sandbox.world.now, account.quota_of(sandbox)
    used = spent.this_month(now)
    data = {
        "quota_total": total,
        "quota_used": used,
        "quota_remain": max(0, total - used),
        "today_used": spent.today(now),
        "max_track_daily": 0,
        "free_email_quota": 0,
        "free_email_quotaused": 0,
    }
    return {"code": 0, "data": data}


ENDPOINTS: Final[dict[str, Callable[..., Any]]] = {
    each.__name__: each for each in (gettracklist, getquota)
}
