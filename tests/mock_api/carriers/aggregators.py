"""Those who follow any carrier's numbers, looked at alike: each follows, shows and tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.mock_api.carriers.aftership import Client as AfterShip
from tests.mock_api.carriers.easypost_desk import Desk
from tests.mock_api.carriers.seventeentrack import UPS
from tests.mock_api.carriers.seventeentrack import Client as SeventeenTrack
from tests.mock_api.carriers.shippo_desk import Client as Shippo


@dataclass(frozen=True)
class Aggregator:
    """One of them; all numbers are UPS's. What it knows nothing of is ``None``."""

    name: str
    announced: str
    cancelled: str
    lost: str
    expired: str | None
    """Shippo gives up without a word, and asks again whenever it is asked."""
    follow: Callable[[Any, str], str]
    """Its own id for it."""
    shown: Callable[[Any, str], Any]
    """By that id."""
    status: Callable[[Any], str]
    """Of what is shown."""
    told: Callable[[Any], Any]
    """What a webhook shows."""


def followed_by_17track(box, number):
    return SeventeenTrack(box).register(number, carrier=UPS)["number"]


def followed_by_easypost(box, number):
    return Desk(box).client.tracker.create(tracking_code=number, carrier="UPS").id


def followed_by_aftership(box, number):
    return AfterShip(box).create(number, slug="ups")


def followed_by_shippo(box, number):
    return Shippo(box).follow(number)["tracking_number"]


def shown_by_easypost(box, own_id):
    return Desk(box).client.tracker.retrieve(own_id).to_dict()


def said_by_shippo(shown):
    said = shown["tracking_status"]
    return f"{said['status']} {said['substatus']['code']}"


AGGREGATORS = (
    Aggregator(
        "17track",
        "InfoReceived",
        "Exception_Cancel",
        "Exception_Lost",
        "Expired_Other",
        followed_by_17track,
        lambda box, number: SeventeenTrack(box).info(number),
        lambda shown: shown["latest_status"]["sub_status"],
        lambda news: news["data"].get("track_info"),
    ),
    Aggregator(
        "easypost",
        "pre_transit",
        "cancelled",
        "failure",
        "unknown",
        followed_by_easypost,
        shown_by_easypost,
        lambda shown: shown["status"],
        lambda news: news["result"] if news["description"] == "tracker.updated" else None,
    ),
    Aggregator(
        "aftership",
        "InfoReceived_001",
        "Exception_020",
        "Exception_013",
        "Expired_001",
        followed_by_aftership,
        lambda box, own_id: AfterShip(box).get(own_id),
        lambda shown: shown["subtag"],
        lambda news: news["msg"],
    ),
    Aggregator(
        "shippo",
        "PRE_TRANSIT information_received",
        "UNKNOWN other",
        "FAILURE package_lost",
        None,
        followed_by_shippo,
        lambda box, number: Shippo(box).track(number),
        said_by_shippo,
        lambda news: news["data"],
    ),
)
