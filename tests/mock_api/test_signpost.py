"""The shortcut to routers answers as the long way does, whatever the path and method."""

import asyncio
from functools import cache

import httpx
import pytest

from mock_api.kernel.exchanges import ExchangeLog, Keeping
from mock_api.kernel.logged import Logged
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.kernel.tally import Tally
from mock_api.limits import Limits
from mock_api.seller_center.app import create_seller_center
from mock_api.settings import ServerSettings
from tests.mock_api.odd_requests import METHODS, described
from tests.thoroughness import chosen

NOBODY = Sandboxes(ServerSettings(default_sandbox=False), (), frozenset())
ODD = (
    "/",
    "//",
    "/order",
    "/order/",
    "/order/202309",
    "/order/202309/",
    "/order/202309//orders",
    "/order/202309/orders/",
    "/order/209912/orders",
    "/orders/202309/orders",
    "/order/202309/orders/search/more",
    "/api/v2/token/get",
    "/_openapi/seller_center.json",
    "/oauth/authorize",
)


@cache
def app(*, shortcut):
    made = create_seller_center(NOBODY)
    if not shortcut:
        made.router.middleware_stack = made.router.app
    return made


async def answers(application, calls):
    """Status and code of each; ids differ from call to call."""
    transport = httpx.ASGITransport(
        Logged(application, ExchangeLog(Keeping(1), Limits()), 0, Tally())
    )
    async with httpx.AsyncClient(transport=transport, base_url="http://seatrial") as http:
        told = [await http.request(method, path) for method, path in calls]
    return [(each.status_code, _code(each), each.headers.get("allow")) for each in told]


def _code(answer):
    is_json = "json" in answer.headers.get("content-type", "")
    told = answer.json() if is_json else {}
    return told.get("code")


@pytest.mark.parametrize("method", chosen(chosen(METHODS)))
def test_the_shortcut_answers_as_the_long_way_does(method):
    paths = sorted({each.values[1] for each in described(app(shortcut=False))})
    calls = [(method, path.replace("{", "").replace("}", "")) for path in (*paths, *ODD)]
    assert len(calls) > 100
    short = asyncio.run(answers(app(shortcut=True), calls))
    assert short == asyncio.run(answers(app(shortcut=False), calls))
