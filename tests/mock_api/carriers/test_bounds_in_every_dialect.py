"""A sandbox that holds as many shipments or followed numbers as it may: each carrier's API says so
in its words, and nothing breaks."""

import pytest

from mock_api.settings import Limits, ServerSettings
from tests.mock_api.carriers.aftership import Client as AfterShip
from tests.mock_api.carriers.chinapost import ChinaPost
from tests.mock_api.carriers.dhl import Dhl
from tests.mock_api.carriers.easypost_desk import Desk
from tests.mock_api.carriers.ems import Ems
from tests.mock_api.carriers.fedex import Fedex
from tests.mock_api.carriers.fourpx import Client as FourPx
from tests.mock_api.carriers.jt import Jt
from tests.mock_api.carriers.seventeentrack import UPS
from tests.mock_api.carriers.seventeentrack import Client as SeventeenTrack
from tests.mock_api.carriers.tnt import Tnt
from tests.mock_api.carriers.ups import Ups
from tests.mock_api.carriers.yunexpress import Client as YunExpress

NUMBER = "1Z12345E0205271688"
SHIPPERS = {
    "ups": lambda box: Ups(box).shipped(),
    "fedex": lambda box: Fedex(box).shipped(),
    "dhl": lambda box: Dhl(box).shipped(),
    "tnt": lambda box: Tnt(box).shipped(),
    "easypost": lambda box: Desk(box).draft(),
    "chinapost": lambda box: ChinaPost(box).place(),
    "ems": lambda box: Ems(box).place(),
    "jt": lambda box: Jt(box).placed_number(),
    "yunexpress": lambda box: YunExpress(box).create(),
    "4px": lambda box: FourPx(box).create(),
}
FOLLOWERS = {
    "17track": lambda box, number: SeventeenTrack(box).register(number, carrier=UPS),
    "easypost": lambda box, number: Desk(box).client.tracker.create(
        tracking_code=number, carrier="UPS"
    ),
    "aftership": lambda box, number: AfterShip(box).create(number, slug="ups"),
}


@pytest.fixture(scope="module")
def full(running_server):
    """A server whose sandboxes are full from the start."""
    limits = Limits(shipments=0, trackers=0, calls_per_second=0)
    with running_server(ServerSettings(default_sandbox=False, limits=limits)) as served:
        yield served


@pytest.fixture
def box(full, open_box):
    return open_box(full)


def told(box, act, *args):
    """What the API says to a call in which its client finds no success."""
    with pytest.raises(Exception):  # noqa: B017, PT011 - as many kinds as there are clients
        act(*args)
    refused = box.exchanges()[-1]
    assert refused["status"] < 500, refused["answer"]
    return refused["answer"]


@pytest.mark.parametrize("name", SHIPPERS)
def test_one_shipment_too_many_is_refused_in_the_carriers_words(box, name):
    answer = told(box, SHIPPERS[name], box)
    assert "may have no more" in answer
    assert not box.inside.world.registry.shipments.all


@pytest.mark.parametrize("name", FOLLOWERS)
def test_one_number_too_many_is_not_followed(box, name):
    answer = told(box, FOLLOWERS[name], box, NUMBER)
    assert "may have no more" in answer
    assert not box.inside.world.registry.trackers.all
