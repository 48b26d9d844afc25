"""TNT's application: who calls, and which routes there are."""

from collections.abc import Collection
from typing import Final

from fastapi import APIRouter, FastAPI, Request

from mock_api.carriers.tnt import labels, rating, rendering, shipping, tracking, xml
from mock_api.carriers.tnt.documents import text_in
from mock_api.carriers.tnt.names import NAME
from mock_api.carriers.tnt.places import bare
from mock_api.carriers.tnt.refusals import WORDS, answer, unauthorized
from mock_api.kernel.carrier_app import carrier_app
from mock_api.kernel.carrier_route import carrier_route, sandboxes_of
from mock_api.kernel.credentials import basic_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

_NUMBERS: Final = frozenset({"ConsignmentNumber", "CONNUMBER", "consignmentNumber"})


async def identify(request: Request) -> Sandbox:
    """By HTTP Basic."""
    pair = basic_of(request)
    found = by_login(request, *pair) if pair else None
    if found is None:
        raise unauthorized()
    return found


async def identify_shipper(request: Request) -> Sandbox:
    """By the login inside the document, by HTTP Basic, or both; and whoever has an access key needs
    neither: clients that work with TNT send none with it (OCA's delivery_tnt_oca)."""
    pair = basic_of(request)
    basic = by_login(request, *pair) if pair else None
    if pair and basic is None:
        raise unauthorized()
    text = await text_in(request)
    key = shipping.access_key(text)
    if key:
        found = basic or shipping.sandbox_with(sandboxes_of(request), key)
        if found is None:
            raise shipping.unknown_key(key)
        return found
    login = shipping.login_in(text)
    inside = by_login(request, *login) if login else basic
    if inside is None or (basic and inside is not basic):
        raise shipping.wrong_login()
    return inside


def by_login(request: Request, user: str, password: str) -> Sandbox | None:
    sandboxes = sandboxes_of(request)
    return sandboxes.with_carrier_pair(NAME, ("username", user), ("password", password))


async def numbers_in(request: Request) -> Collection[str]:
    """Which consignments a document names."""
    try:
        document = xml.read(await text_in(request))
    except xml.NotXml:
        return ()
    return [bare(text) for text in xml.texts_within(document, _NUMBERS)]


def create_tnt(sandboxes: Sandboxes) -> FastAPI:
    """Over every sandbox of the server."""
    guarded = APIRouter(route_class=carrier_route(NAME, identify, WORDS, names=numbers_in))
    for family in (rating, labels, rendering, tracking):
        family.serve(guarded)
    shippers = APIRouter(route_class=carrier_route(NAME, identify_shipper, WORDS, names=numbers_in))
    shipping.serve(shippers)
    return carrier_app(NAME, sandboxes, [guarded, shippers], answer)
