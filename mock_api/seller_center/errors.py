"""Every refusal of the seller center: its code, HTTP status and words, as the platform has them.

* Refusal
  - gateway refusals: before the business is reached; their texts end with a link
  - business refusals: HTTP 200, a code, and the endpoint's own words

One code stands for many causes (36009004 for eleven), so a refusal is a row, not a class. Codes and
texts are documented in the platform's common errors and in each endpoint's list; HTTP statuses were
observed for 106001 (401), 36009004 (400) and 36009009 (404), and are inferred for the rest of the
gateway's, here in one place.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

_MORE: Final = " For more details: https://m.tiktok.shop/s/AIu6dbFhs2XW"


@dataclass(frozen=True, slots=True)
class Row:
    """One documented way to say no."""

    code: int
    message: str
    status: int = HTTPStatus.OK
    is_gateway: bool = False


class Refusal(Exception):
    """The seller center says no, in the words of its row."""

    def __init__(self, row: Row, retry_after: int | None = None) -> None:
        super().__init__(row)
        self.row = row
        self.retry_after = retry_after
        """Seconds, for the answer's header. The platform documents none."""


def _gateway(code: int, status: int, message: str) -> Row:
    return Row(code, message + _MORE, status, is_gateway=True)


NO_SUCH_PATH: Final = _gateway(
    36009009, 404, "Invalid path. The specified path does not match any available endpoint."
)
NO_SUCH_METHOD: Final = _gateway(
    36009010, 405, "Invalid method. The HTTP method used is not supported by this endpoint."
)
NO_SUCH_VERSION: Final = Row(
    36009014, "The version name is invalid, please check and retry.", 400, is_gateway=True
)
BODY_TOO_LARGE: Final = _gateway(
    36009021, 413, "Request too large. The size of the request body exceeds the limit."
)
MALFORMED: Final = _gateway(
    36009022, 400, "Invalid request format. The request body is not valid JSON."
)
BAD_APP_KEY: Final = _gateway(
    36009004, 400, "Invalid credentials. Invalid 'app_key' query parameter."
)
TIMESTAMP_NEGATIVE: Final = _gateway(
    36009004,
    400,
    "Invalid timestamp. The value of the 'timestamp' query parameter must not be lesser than 0.",
)
TIMESTAMP_OLD: Final = _gateway(
    36009004,
    400,
    "Invalid timestamp. The value of the 'timestamp' query parameter must not be earlier than "
    "5 minutes before the current time.",
)
TIMESTAMP_AHEAD: Final = _gateway(
    36009004,
    400,
    "Invalid timestamp. The value of the 'timestamp' query parameter must not exceed the current "
    "time by more than 30 seconds.",
)
NO_SIGN: Final = _gateway(
    36009004,
    400,
    "Missing credentials. The request does not include a required signature in the query.",
)
BAD_SIGN: Final = _gateway(
    106001, 401, "Invalid credentials. The 'sign' query parameter is invalid."
)
BAD_TOKEN: Final = _gateway(
    36009004, 401, "Invalid credentials. The 'x-tts-access-token' header is invalid."
)
TOKEN_EXPIRED: Final = _gateway(
    105002, 401, "Expired credentials. The 'x-tts-access-token' header has expired."
)
TOKEN_REVOKED: Final = _gateway(
    105001, 401, "access token is invalid; detail:your token has been deauthorized"
)
NO_SCOPE: Final = _gateway(
    105005,
    401,
    "Access denied. The app is not authorized to access the endpoint because the access scopes "
    "of the access token do not include it.",
)
NO_CIPHER: Final = _gateway(
    106013,
    400,
    "Missing identifier. The 'shop_cipher' query parameter is required for this request.",
)
CIPHER_UNWANTED: Final = _gateway(
    36009004,
    400,
    "Unexpected identifier. The 'shop_cipher' query parameter is not required for this request.",
)
WRONG_CIPHER: Final = _gateway(
    101000, 400, "Invalid identifier. The 'shop_cipher' does not match the access token."
)
WRONG_ASSET: Final = _gateway(
    101000,
    400,
    "Invalid identifier. The 'category_asset_cipher' is invalid or does not match the access "
    "token.",
)
ASSET_UNWANTED: Final = _gateway(
    36009004,
    400,
    "Unexpected identifier. The 'category_asset_cipher' query parameter is not required for this "
    "request.",
)
# Their codes are seen in public, their texts are not: these are ours.
IP_NOT_ALLOWED: Final = _gateway(
    36009033, 403, "Access denied. Your IP address is not in the IP allow list of the app."
)
SHOP_DEACTIVATED: Final = _gateway(36009043, 403, "Access denied. The shop has been deactivated.")
SELLER_DEACTIVATED: Final = _gateway(
    36009044, 403, "Access denied. The seller has been deactivated."
)
TOO_MANY: Final = _gateway(
    36009002, 429, "Too many requests. The rate limit of this endpoint has been exceeded."
)
# Its status is documented, its code is not: the internal error's stands in (inferred).
OVERLOADED: Final = _gateway(36009003, 503, "Internal error. The service is overloaded.")
TIMED_OUT: Final = _gateway(36009007, 504, "Timeout. The service did not answer in time.")
BAD_MULTIPART: Final = _gateway(
    36009023, 400, "Invalid request format. The multipart body cannot be read."
)
INTERNAL: Final = Row(36009003, "Internal error", HTTPStatus.INTERNAL_SERVER_ERROR)

GATEWAY: Final = {
    row.code: row
    for row in (TOO_MANY, INTERNAL, TIMED_OUT, BODY_TOO_LARGE, MALFORMED, BAD_MULTIPART)
}
"""What the gateway may say of any call, whatever the endpoint: planned faults take these."""

_GENERIC: Final = 10007014


def not_simulated(name: str) -> Row:
    """A known operation that Seatrial does not play. Never the platform's answer: the generic code
    with a text of ours."""
    told = f"{name}: a known operation, not simulated by Seatrial (docs/coverage.md)"
    return Row(_GENERIC, told)


def bad_parameter(name: str, why: str) -> Row:
    """A parameter of the wrong type, size or vocabulary, before the business is reached. The code
    is the gateway's for parameters; which one the platform takes is not documented (inferred)."""
    return _gateway(36009004, 400, f"Invalid parameter. '{name}': {why}.")
