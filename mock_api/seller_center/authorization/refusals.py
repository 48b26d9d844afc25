"""The refusals of the auth host. No document has its codes: public transcripts do."""

from typing import Final

from mock_api.seller_center.errors import Row

AUTH_CODE_INVALID: Final = Row(36004004, "invalid auth code")
REFRESH_EXPIRED: Final = Row(36004001, "rt has expired")
NO_AUTH_RECORD: Final = Row(36004005, "can not find related auth record")
CLIENT_KEY_INVALID: Final = Row(36004003, "invalid client_key")


def missing_parameter(name: str) -> Row:
    """The auth host's words for a query parameter that is not there."""
    detail = f"binding: expr_path={name}, cause=missing required parameter"
    return Row(98001004, f"invalid params; detail:{detail}")
