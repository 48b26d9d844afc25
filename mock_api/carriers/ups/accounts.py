"""Whose shipper number a request names."""

from typing import Annotated, Final

from fastapi import Depends, Request

from mock_api.carriers.ups.names import NAME
from mock_api.carriers.ups.refusals import Refused
from mock_api.kernel.carrier_route import sandbox_of, sandboxes_of
from mock_api.kernel.credentials import bearer_of

STRANGER: Final = "stranger"
"""The purpose of a token for credentials that nobody has (``--any-credentials``)."""


class Account:
    """The caller's own."""

    def __init__(self, number: str, *, is_stranger: bool) -> None:
        self.number = number
        self.is_stranger = is_stranger

    def require(self, number: str) -> None:
        """Refused if that is not the caller's; a stranger's may be any."""
        if not number or not (self.is_stranger or number.upper() == self.number.upper()):
            raise Refused("120100", "Missing or invalid shipper number")


async def _account(request: Request) -> Account:
    bearer = sandboxes_of(request).bearers.find(NAME, bearer_of(request))
    is_stranger = bearer is not None and bearer.purpose == STRANGER
    number = sandbox_of(request).credential(NAME, "account_number")
    return Account(number, is_stranger=is_stranger)


OwnAccount = Annotated[Account, Depends(_account)]
