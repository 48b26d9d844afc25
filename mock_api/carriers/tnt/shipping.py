"""Shipping: a document goes in, and an access key comes out, which opens what became of it.

``COMPLETE:12345678`` is all that TNT answers to an ESHIPPER document. GET_RESULT with that key has
the numbers, and GET_CONNOTE, GET_LABEL, GET_MANIFEST and GET_INVOICE what was printed (documented
by TNT's guide, and so done by every client of its own kind: 200MPH/tnt, OCA's delivery_tnt_oca,
erpnext_tnt). karrio takes the first answer for the result: a lenient sandbox answers so.
"""

import re
from secrets import randbelow
from typing import Final

from fastapi import APIRouter, Request, Response

from mock_api.carriers.tnt import xml
from mock_api.carriers.tnt.activities import Doing, Outcome
from mock_api.carriers.tnt.consignments import Batch
from mock_api.carriers.tnt.documents import Account, read, text_in
from mock_api.carriers.tnt.names import NAME
from mock_api.carriers.tnt.prints import printed
from mock_api.carriers.tnt.refusals import MEDIA_TYPE, Refused
from mock_api.kernel.carrier_route import CarrierSandbox, CarrierSandboxes
from mock_api.kernel.credentials import basic_of
from mock_api.kernel.sandbox import Sandbox
from mock_api.kernel.sandboxes import Sandboxes

_ASKED: Final = re.compile(r"(GET_[A-Z]+):\s*(\d{1,12})", re.ASCII)
_RESULT: Final = "GET_RESULT"
_LEAST_KEY: Final = 10_000_000
"""Keys have eight digits (TNT's guide, version 1.2)."""


def serve(router: APIRouter) -> None:
    router.post("/expressconnect/shipping/ship")(ship)


async def ship(request: Request, sandbox: CarrierSandbox, sandboxes: CarrierSandboxes) -> Response:
    """A document's access key, or what a key opens."""
    text = await text_in(request)
    asked = _ASKED.fullmatch(text)
    if asked:
        return _opened(request, sandbox, *asked.groups())
    document = read(text)
    if document.tag != "ESHIPPER":
        raise Refused("ESHIPPER is expected")
    user, _ = login_in(text) or basic_of(request) or ("", "")
    lenient = sandbox.is_lenient(NAME)
    key = _new_key(sandboxes)
    batch = Batch(document, lenient)
    outcome = Doing(sandbox.world, Account(sandbox, user), batch, group=key).outcome()
    sandbox.remembered.put(_memory(sandbox, key), Outcome, outcome)
    if lenient:
        return Response(outcome.result, media_type=MEDIA_TYPE)
    return Response(f"COMPLETE:{key}", media_type="text/html")


def _opened(request: Request, sandbox: Sandbox, what: str, key: str) -> Response:
    outcome = _remembered(sandbox, key)
    if outcome is None:
        raise unknown_key(key)
    if what == _RESULT:
        return Response(outcome.result, media_type=MEDIA_TYPE)
    name = what.removeprefix("GET_")
    if name not in outcome.prints:
        raise Refused(f"No such document was requested: {what}")
    shipments = [sandbox.world.shippers.shipment(each) for each in outcome.prints[name]]
    document = printed(sandbox.world, name, shipments, str(request.base_url))
    return Response(document, media_type=MEDIA_TYPE)


# Who calls.


def access_key(text: str) -> str:
    """The key that a request sends instead of a document."""
    asked = _ASKED.fullmatch(text)
    return asked[2] if asked else ""


def login_in(text: str) -> tuple[str, str] | None:
    """COMPANY and PASSWORD of a document."""
    login = xml.child(read(text), "LOGIN")
    company = xml.text_at(login, "COMPANY")
    return (company, xml.text_at(login, "PASSWORD")) if company else None


def sandbox_with(sandboxes: Sandboxes, key: str) -> Sandbox | None:
    """Whose document the key was given for."""
    return next((each for each in sandboxes.all() if _remembered(each, key)), None)


def unknown_key(key: str) -> Refused:
    return Refused(f"The access key is not recognised: {key}")


def wrong_login() -> Refused:
    """In the words of TNT's schema."""
    return Refused("Login details not recognised", reason="Login details not recognised")


# What is remembered: the outcomes of a world, until it is reset.


def _memory(sandbox: Sandbox, key: str) -> tuple[str, ...]:
    """A sandbox that was branched off has the same past, and lets nobody in who was let in then."""
    return (NAME, sandbox.app.key, key)


def _remembered(sandbox: Sandbox, key: str) -> Outcome | None:
    return sandbox.remembered.get(_memory(sandbox, key), Outcome)


def _new_key(sandboxes: Sandboxes) -> str:
    while True:
        key = str(_LEAST_KEY + randbelow(9 * _LEAST_KEY))
        if sandbox_with(sandboxes, key) is None:
            return key
