"""The authorization group."""

from typing import Final

from mock_api.seller_center.authorization import v202309, v202405
from mock_api.seller_center.authorization.pushes import TELLS
from mock_api.seller_center.group import Group

AUTHORIZATION: Final = Group(
    "authorization",
    routers=(v202309.router, v202405.router),
    tells=TELLS,
    page="docs/gates.md",
)
