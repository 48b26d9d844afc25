"""What a call on many things answers about those that it could not do: code 0, and a list."""

from collections.abc import Callable
from typing import Final

from mock_api.seller_center.domain_errors import Table, row_of
from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.errors import Refusal, Row
from simulator.errors import DomainError


class PackageDetail(Wire):
    package_id: str


class PackageError(Wire):
    """One package's failure."""

    code: int
    message: str
    detail: PackageDetail


GENERIC: Final = 10007014
"""The platform's code for whatever has none of its own: its text says why."""


def refusal_of(act: Callable[[], object], table: Table) -> Row | None:
    """Do it; why it was not done, if it was not."""
    try:
        act()
    except Refusal as refusal:
        return refusal.row
    except DomainError as error:
        return row_of(error, table)
    return None


def package_error(package_id: str, row: Row) -> PackageError:
    return PackageError(
        code=row.code, message=row.message, detail=PackageDetail(package_id=package_id)
    )
