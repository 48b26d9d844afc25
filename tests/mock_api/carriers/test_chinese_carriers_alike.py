"""What China Post, EMS and J&T show alike, each in words of its own: towns by their Chinese names,
clocks on the wall, trouble."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mock_api.carriers.chinapost import words as chinapost
from mock_api.carriers.ems import words as ems
from mock_api.carriers.jt import words as jt
from tests.mock_api.carriers import chinapost as chinapost_client
from tests.mock_api.carriers import ems as ems_client
from tests.mock_api.carriers import jt as jt_client


@dataclass(frozen=True)
class Carrier:
    """One of them; what is shown of a parcel is oldest first: word, local time and town."""

    code: str
    client: Callable[[Any], Any]
    ship: Callable[..., str]
    """Its number."""
    shenzhen: dict[str, Any]
    shown: Callable[[Any, str], list[tuple[str, str, str]]]
    word: Callable[[Any], str | None]
    """Of a scan; ``None``: it is not shown."""


def by_chinapost(post, number):
    traces = reversed(post.traces(number))
    return [(each["remark"], each["acceptTime"], each["acceptAddress"]) for each in traces]


def by_ems(client, number):
    traces = client.traces(number)
    return [(each["opCode"], each["opTime"], each["opOrgCity"]) for each in traces]


def by_jt(client, number):
    traces = reversed(client.trace(number))
    return [(each["scanTypeCode"], each["scanTime"], each["scanNetworkCity"]) for each in traces]


CHINA_POST = Carrier(
    "epacket",
    chinapost_client.ChinaPost,
    chinapost_client.ChinaPost.place,
    chinapost_client.SHENZHEN,
    by_chinapost,
    lambda scan: chinapost.SAID[scan] and chinapost.SAID[scan].cn,
)
EMS = Carrier(
    "ems",
    ems_client.Ems,
    ems_client.Ems.place,
    ems_client.SHENZHEN,
    by_ems,
    lambda scan: ems.SAID[scan] and ems.SAID[scan].code,
)
JT = Carrier(
    "jt",
    jt_client.Jt,
    jt_client.Jt.placed_number,
    jt_client.SHENZHEN,
    by_jt,
    lambda scan: jt.SAID[scan] and jt.SAID[scan].code,
)


@pytest.fixture(params=(CHINA_POST, EMS, JT), ids=lambda each: each.code)
def carrier(request):
    return request.param


def scans_of(box, number):
    return box.inside.world.trackers.sight("", number).scans


def test_a_chinese_towns_name_is_the_worlds_town(box, carrier):
    client = carrier.client(box)
    number = carrier.ship(client, sender=carrier.shenzhen | {"city": "深圳市"})
    box.advance(by="4d")
    assert carrier.shown(client, number)[0][2] == "Shenzhen"


def test_times_are_those_of_the_places_without_an_offset(box, carrier):
    client = carrier.client(box)
    number = carrier.ship(client)
    box.advance(by="45d")
    scans = scans_of(box, number)
    assert scans[0].local_time.endswith("+08:00")
    assert scans[-1].local_time.endswith("+00:00")
    told = [each.local_time[:19].replace("T", " ") for each in scans if carrier.word(each.scan)]
    assert [at for _, at, _ in carrier.shown(client, number)] == told


def test_a_parcel_of_a_sellers_order_is_seen_as_well(box, carrier):
    order = box.released(shipping="seller")
    booked = box.control("POST", f"/carriers/{carrier.code}/book", {"order_id": order})
    number = booked["tracking_number"]
    box.advance(by="45d")
    *_, last = scans = scans_of(box, number)
    assert last.scan == "delivered"
    told = [carrier.word(each.scan) for each in scans if carrier.word(each.scan)]
    assert [word for word, _, _ in carrier.shown(carrier.client(box), number)] == told


@pytest.mark.parametrize(
    ("carrier", "mishap", "word"),
    [
        (CHINA_POST, "customs_hold", "海关扣留"),
        (CHINA_POST, "attempt_failed", "未妥投"),
        (CHINA_POST, "damaged", "邮件破损"),
        (CHINA_POST, "lost", "邮件丢失"),
        (CHINA_POST, "refused", "退回妥投"),
        (EMS, "customs_hold", "EME"),
        (EMS, "attempt_failed", "705"),
        (EMS, "damaged", "651"),
        (EMS, "lost", "651"),
        (EMS, "refused", "711"),
    ],
)
def test_trouble_is_told_in_the_posts_words(box, carrier, mishap, word):
    """J&T's has a reason beside its word, and is looked at by itself."""
    client = carrier.client(box)
    number = carrier.ship(client)
    wish = {"tracking_number": number, "mishap": mishap}
    box.control("POST", f"/carriers/{carrier.code}/plan", wish)
    box.advance(by="120d")
    assert word in [shown for shown, _, _ in carrier.shown(client, number)]
