"""The document that a request carries, and whose account it is."""

from typing import Annotated
from xml.etree.ElementTree import Element

from fastapi import Depends, Request

from mock_api.carriers.tnt import xml
from mock_api.carriers.tnt.names import NAME
from mock_api.carriers.tnt.refusals import Refused, Unreadable
from mock_api.kernel.carrier_route import sandbox_of
from mock_api.kernel.credentials import basic_of, form_of
from mock_api.kernel.sandbox import Sandbox


async def text_in(request: Request) -> str:
    """What ``xml_in`` says; or the body, where somebody posts the document as it is, as TNT's guide
    to pricing and its label service have it."""
    body = await request.body()
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return body.decode("utf-8-sig", "replace").strip()
    return (await form_of(request)).get("xml_in", "").strip()


async def document_in(request: Request) -> Element:
    """Its root; refused, if there is none."""
    return read(await text_in(request))


def read(text: str) -> Element:
    """A document, or what is wrong with it."""
    if not text:
        raise Refused("No data received at gateway from client")
    try:
        return xml.read(text)
    except xml.NotXml as flaw:
        raise Unreadable(flaw) from None


Document = Annotated[Element, Depends(document_in)]
"""The document that a request carries."""


class Account:
    """The number of the caller's account."""

    def __init__(self, sandbox: Sandbox, user: str) -> None:
        self._sandbox = sandbox
        self._is_stranger = bool(user) and not sandbox.is_credential(NAME, "username", user)
        self.number = sandbox.credential(NAME, "account_number")

    def is_own(self, number: str) -> bool:
        """A stranger's (``--any-credentials``) may be any."""
        if self._is_stranger:
            return bool(number)
        return self._sandbox.is_credential(NAME, "account_number", number)


async def _account(request: Request) -> Account:
    user, _ = basic_of(request) or ("", "")
    return Account(sandbox_of(request), user)


OwnAccount = Annotated[Account, Depends(_account)]
