"""Who may call the control API: whoever has its token; without one, this machine alone.

A pure ASGI layer, so that no endpoint can forget it. A page in a browser of this machine calls from
this machine as well: so without a token a request must name the server by a name of its own (no
name that a stranger's DNS pointed here), and may come from no other site's page.
"""

from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_api.kernel.courier import PSEUDONYM
from mock_api.kernel.problems import problem_answer
from mock_api.settings import ControlAccess

_OPEN: Final = frozenset({"/_seatrial/health", "/_seatrial/authorized"})
"""Read by anybody: whether the server is well, and where the authorise page lands."""
_OWN_NAMES: Final = frozenset({"", "localhost", "seatrial", "testserver"})
"""Of a server on this machine, and of one in the caller's own process. A request without a name
comes from no browser."""
_IN_PROCESS: Final = "testclient"
"""What Starlette's client puts in the place of an address."""


class Guarded:
    """*app* behind the gate."""

    def __init__(self, app: ASGIApp, access: ControlAccess) -> None:
        self._app = app
        self._token = access.token.encode()
        self._names = _OWN_NAMES | {name.lower() for name in access.names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None
        if scope["type"] == "http" and not _is_open(scope):
            refusal = self._refusal(scope, Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if any(PSEUDONYM in via for via in headers.getlist("via")):
            return _forbidden("no webhook of Seatrial's may call the control API")
        if self._token:
            return None if self._has_token(headers) else _unauthorized()
        if not _is_here(scope):
            return _forbidden(
                "without a token the control API answers this machine only: start the server with "
                "--control-token (or SEATRIAL_CONTROL_TOKEN), and send it as "
                "Authorization: Bearer TOKEN"
            )
        host = headers.get("host", "")
        if not self._is_own(_name_in(host)):
            return _forbidden(
                f"the control API is not called {_name_in(host)!r}: name the server by its address "
                "or as localhost, or set a token with --control-token"
            )
        if not _is_from(headers.get("origin"), host):
            return _forbidden(
                "pages of other sites may not call the control API: call it from your tests, or "
                "set a token with --control-token"
            )
        return None

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        is_right = compare_digest(given.strip().encode("latin-1"), self._token)
        return is_right and scheme.lower() == "bearer"

    def _is_own(self, name: str) -> bool:
        return name in self._names or name.endswith(".localhost") or _is_address(name)


def _is_open(scope: Scope) -> bool:
    return scope["method"] == "GET" and scope["path"] in _OPEN


def _is_here(scope: Scope) -> bool:
    """Whether the caller is on this machine, or in this process: there it has no address."""
    client = scope.get("client")
    if client is None or client[0] == _IN_PROCESS:
        return True
    try:
        address = ip_address(client[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _name_in(host: str) -> str:
    """The name in a Host header: without its port, without brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".").lower()


def _is_address(name: str) -> bool:
    """No DNS can point an address elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_from(origin: str | None, host: str) -> bool:
    """Whether that is a page of this very server's, or none."""
    return origin is None or origin.partition("://")[2].lower() == host.lower()


def _unauthorized() -> Response:
    answer = problem_answer(
        HTTPStatus.UNAUTHORIZED,
        "the control API asks for its token here: send Authorization: Bearer TOKEN, with the token "
        "that the server was started with (--control-token, SEATRIAL_CONTROL_TOKEN; a server that "
        "made one up printed it at its start)",
    )
    answer.headers["WWW-Authenticate"] = 'Bearer realm="seatrial"'
    return answer


def _forbidden(detail: str) -> Response:
    return problem_answer(HTTPStatus.FORBIDDEN, detail)
