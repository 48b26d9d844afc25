"""What a carrier's API is to the server: its name, its paths, its credentials, what it makes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_api.kernel.logged import Named
from mock_api.kernel.switchboard import Junction, Shifted

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox
    from mock_api.kernel.sandboxes import Sandboxes
    from mock_api.settings import ServerSettings


class ClaimedTwice(Exception):
    """Two dialects want the same paths: a mistake of whoever wrote the second."""

    def __init__(self, prefix: str, first: str, second: str) -> None:
        super().__init__(prefix, first, second)
        self.prefix, self.first, self.second = prefix, first, second

    def __str__(self) -> str:
        return f"both {self.first} and {self.second} claim the paths below {self.prefix}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One carrier's API. The server serves it at the root of its port, where stock clients look
    for it, and below ``/{name}/`` as well."""

    name: str
    claims: tuple[str, ...]
    """Prefixes of the paths that are its own at the root, the first segment whole: ``/rate/v1/``,
    ``/track/v1/tracking``. Of those that fit a path, over all dialects, the longest wins."""
    create: "Callable[[Sandboxes, ServerSettings], ASGIApp]"
    """Makes the application; asked at the first request, so that who never calls the carrier does
    not wait for it."""
    credentials: Callable[[], dict[str, str]]
    """Makes unguessable ones for a new sandbox."""
    well_known: Mapping[str, str]
    """The default sandbox's: the same fields."""
    found_by: tuple[str, ...]
    """The fields by which a request finds its sandbox."""
    hosts: tuple[str, ...] = ()
    """The real ones, under which an integration that is intercepted in process calls it."""
    furnish: "Callable[[Sandbox], None] | None" = None
    """Attaches what hears facts to every world of a sandbox."""


class _AtFirstRequest:
    """A dialect's application, made when somebody calls it."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            self._app = self._make()
        await self._app(scope, receive, send)


_RESERVED: Final = "the server"


def by_first_segment(
    dialects: Iterable[Dialect],
    sandboxes: "Sandboxes",
    settings: "ServerSettings",
    otherwise: ASGIApp,
    reserved: Iterable[str] = (),
) -> dict[str, ASGIApp]:
    """For the switchboard: which application answers paths that begin so. What no claim below a
    first segment fits goes to *otherwise*. ClaimedTwice if two dialects want the same, or one a
    first segment that is *reserved*."""
    owners = {f"/{segment}/": _RESERVED for segment in reserved}
    claims: dict[str, dict[str, ASGIApp]] = {}
    for dialect in dialects:
        made = _AtFirstRequest(lambda dialect=dialect: dialect.create(sandboxes, settings))  # type: ignore[misc]
        app = Named(dialect.name, made)
        prefixed = {f"/{dialect.name}/": Shifted(f"/{dialect.name}", app)}
        for prefix, answering in (dict.fromkeys(dialect.claims, app) | prefixed).items():
            first = _first_segment(prefix)
            for taken in (prefix, f"/{first}/"):
                owner = owners.get(taken)
                if owner is not None and (taken == prefix or owner == _RESERVED):
                    raise ClaimedTwice(prefix, owner, dialect.name)
            owners[prefix] = dialect.name
            claims.setdefault(first, {})[prefix] = answering
    return {first: Junction(below, otherwise) for first, below in claims.items()}


def _first_segment(prefix: str) -> str:
    assert prefix.startswith("/"), prefix
    first = prefix[1:].partition("/")[0]
    assert first, prefix
    return first
