"""The refusals of the supply chain group."""

from typing import Final

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row
from simulator.errors import BadPaper, NotFound, WrongStatus

UNSUPPORTED_PROVIDER: Final = Row(39003015, "Provider is not supported by TikTok Shop")
BAD_PACKAGE: Final = Row(39003016, "package param invalid, please check detail fail reason")
NOT_SAVED: Final = Row(39003017, "save warehouse package info err")
NO_PACKAGES: Final = Row(39003018, "the package list is empty in the request")
BAD_WAREHOUSE: Final = Row(39003019, "warehouse provider id is invalid")
NOT_THIS_APPS: Final = Row(39003020, "the provider id in your request is not match your app_key")

OF_PACKAGES: Final[Table] = {BadPaper: BAD_PACKAGE, NotFound: BAD_PACKAGE, WrongStatus: NOT_SAVED}
