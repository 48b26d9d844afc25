"""Lists of trackings, newest first (inferred), page by page, and of couriers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Annotated, Any, Final

from fastapi import Query
from fastapi.responses import JSONResponse

from mock_api.carriers.aftership.book import Note, as_note, said
from mock_api.carriers.aftership.couriers import BY_SLUG, COURIERS, detected, listed
from mock_api.carriers.aftership.refusals import BAD_NUMBER, BAD_SLUG, BAD_VALUE, NO_NUMBER, Refused
from mock_api.carriers.aftership.requests import NUMBERS_AT_ONCE, Detection, Listing, several
from mock_api.carriers.aftership.tracking import Endpoint, only, told
from mock_api.carriers.aftership.view import look, tracking, traits
from mock_api.carriers.aftership.words import NAME
from mock_api.kernel.carrier_route import CarrierSandbox
from simulator import World
from simulator.carriers.numbers import could_be_printed
from simulator.clock import Instant
from simulator.trackers.model import Tracker

Shape = dict[str, Any]


async def get_trackings(
    wanted: Annotated[Listing, Query()], sandbox: CarrierSandbox
) -> JSONResponse:
    world, found = sandbox.world, _found(sandbox.world, wanted)
    page = _after(found, wanted.cursor)[: wanted.limit + 1]
    more, page = len(page) > wanted.limit, page[: wanted.limit]
    pagination = {
        "total": len(found),
        "next_cursor": _cursor(page[-1]) if more else None,
        "has_next_page": more,
    }
    trackings = [only(tracking(look(world, each)), wanted.fields_) for each in page]
    return told({"pagination": pagination, "trackings": trackings})


async def get_couriers(
    sandbox: CarrierSandbox,
    active: Annotated[bool | None, Query()] = None,
    slug: Annotated[str, Query()] = "",
) -> JSONResponse:
    """Those that an account has activated are those that carry something here (inferred)."""
    del sandbox
    wanted = several(slug)
    found = [
        courier
        for courier in COURIERS
        if (not wanted or courier.slug in wanted) and active in (None, bool(courier.carrier))
    ]
    return told(listed(found))


async def detect_courier(wanted: Detection, sandbox: CarrierSandbox) -> JSONResponse:
    """By the forms of numbers and their check digits: several, where these do not tell."""
    del sandbox
    number = (wanted.tracking_number or "").strip()
    if not number:
        raise Refused(NO_NUMBER)
    if not could_be_printed(number):
        raise Refused(BAD_NUMBER)
    if not BY_SLUG.keys() >= set(wanted.slugs):
        raise Refused(BAD_SLUG)
    return told(listed(detected(number, wanted.slugs)))


def _found(world: World, wanted: Listing) -> list[Tracker]:
    numbers = several(wanted.tracking_numbers)
    if len(numbers) > NUMBERS_AT_ONCE:
        raise Refused(BAD_VALUE, "tracking_numbers")
    newest_first = reversed(world.trackers.of(NAME))
    return [
        each
        for each in newest_first
        if (not numbers or each.number in numbers)
        and _is_of_that_time(world, each, wanted)
        and _is_as_said(each, wanted)
        and _is_as_seen(world, each, wanted)
    ]


def _is_of_that_time(world: World, tracker: Tracker, wanted: Listing) -> bool:
    if not _within(tracker.added_at, wanted.created_at_min, wanted.created_at_max):
        return False
    if wanted.updated_at_min is None and wanted.updated_at_max is None:
        return True
    return _within(look(world, tracker).updated_at, wanted.updated_at_min, wanted.updated_at_max)


def _within(at: Instant, least: int | None, most: int | None) -> bool:
    return (least is None or at >= least) and (most is None or at <= most)


def _is_as_said(tracker: Tracker, wanted: Listing) -> bool:
    slugs = several(wanted.slug)
    if slugs and tracker.notes[Note.SLUG] not in slugs:
        return False
    orders, tags = several(wanted.order_id), set(several(wanted.shipment_tags))
    if not (orders or tags or wanted.keyword):
        return True
    words = said(tracker)
    if orders and words.get("order_id") not in orders:
        return False
    if tags and not tags.intersection(words.get("shipment_tags") or ()):
        return False
    texts = (tracker.number, *(as_note(value) for value in words.values()))
    return any(wanted.keyword.lower() in text.lower() for text in texts)


def _is_as_seen(world: World, tracker: Tracker, wanted: Listing) -> bool:
    """What the courier has to be asked for."""
    asked: dict[str, list[Any]] = {
        "origin_country_region": several(wanted.origin),
        "destination_country_region": several(wanted.destination),
        "courier_destination_country_region": several(wanted.courier_destination_country_region),
        "return_to_sender": [each == "true" for each in several(wanted.return_to_sender)],
        "tag": [wanted.tag] if wanted.tag else [],
        "transit_time": [] if wanted.transit_time is None else [wanted.transit_time],
    }
    if not any(asked.values()):
        return True
    shape = traits(look(world, tracker))
    return all(shape[field] in values for field, values in asked.items() if values)


# Cursors: the last one of a page.


def _cursor(last: Tracker) -> str:
    return urlsafe_b64encode(last.id.encode()).decode()


def _after(found: list[Tracker], cursor: str) -> list[Tracker]:
    """Those that are older; the last one itself may have been deleted meanwhile."""
    if not cursor:
        return found
    try:
        last = urlsafe_b64decode(cursor.encode()).decode()
    except (Error, ValueError):
        raise Refused(BAD_VALUE, "cursor") from None
    if not last.isdigit():
        raise Refused(BAD_VALUE, "cursor")
    return [each for each in found if each.id < last]  # ids of one kind rise


ENDPOINTS: Final[dict[tuple[str, str], Endpoint]] = {
    ("GET", "/trackings"): get_trackings,
    ("GET", "/couriers"): get_couriers,
    ("POST", "/couriers/detect"): detect_courier,
}
