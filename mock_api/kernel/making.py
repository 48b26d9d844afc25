"""How a sandbox is made around a world: its papers, what every dialect attaches, its file."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from mock_api.kernel.access import App, Grants
from mock_api.kernel.courier import Courier
from mock_api.kernel.dialect import Dialect
from mock_api.kernel.durable.directory import Directory
from mock_api.kernel.durable.keeper import Keeper
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.kernel.sandbox import Papers, Sandbox
from mock_api.settings import ServerSettings
from simulator import World

DEFAULT_APP: Final = App("seatrial", "seatrial-secret", "7000000000000000001")
DEFAULT_TOKEN: Final = "ROW_seatrial-access-token"  # noqa: S105 - well known on purpose
DEFAULT_REFRESH: Final = "ROW_seatrial-refresh-token"
DEFAULT_CIPHER: Final = "ROW_seatrial-shop"

_WRITERS: Final = 4
"""Threads that write sandboxes' files; each waits for the disk most of the time."""

Furnisher = Callable[[Sandbox], None]


class Maker:
    """Of every sandbox of one server."""

    def __init__(
        self,
        settings: ServerSettings,
        scopes: frozenset[str],
        dialects: Mapping[str, Dialect],
        furnishers: Sequence[Furnisher],
        courier: Courier,
        directory: Directory | None,
    ) -> None:
        self._settings = settings
        self._scopes = scopes
        self._dialects = dialects
        self._furnishers = furnishers
        self.directory = directory
        """Where sandboxes are kept, if they are."""
        self._courier = courier
        self._writers = ThreadPoolExecutor(_WRITERS, "sandbox-writer") if directory else None

    def new(self, sandbox_id: str, world: World, papers: Papers, file: SandboxFile) -> Sandbox:
        """With everything that its dialects attach; nobody finds it yet, and nobody keeps it."""
        sandbox = Sandbox(sandbox_id, world, papers, self._settings, self._courier, file)
        sandbox.furnish(self._furnishers)
        return sandbox

    def returning(self, sandbox_id: str, world: World, file: SandboxFile) -> Sandbox:
        """The same around a world that is on its way back, with papers for the time being."""
        papers, settings = self.made_up_papers(), self._settings
        sandbox = Sandbox(sandbox_id, world, papers, settings, self._courier, file)
        sandbox.be_silent()
        sandbox.furnish(self._furnishers)
        return sandbox

    def file_of(self, sandbox_id: str) -> SandboxFile:
        """A nameless one, where sandboxes are not kept."""
        return SandboxFile(self.directory.file_of(sandbox_id) if self.directory else None)

    def keeper_of(self, sandbox: Sandbox) -> Keeper | None:
        """Whoever keeps it from now on has yet to be told where the file stands."""
        return Keeper(sandbox, sandbox.file, self._writers) if self._writers else None

    def made_up_papers(self, redirect_url: str = "") -> Papers:
        """Credentials that nobody guesses."""
        papers = Papers(App.made_up(redirect_url), Grants(self._scopes))
        papers.carriers = {each: d.credentials() for each, d in self._dialects.items()}
        return papers

    def well_known_papers(self) -> Papers:
        """Those of the default sandbox."""
        return Papers(
            app=DEFAULT_APP,
            grants=Grants(self._scopes),
            ciphers={DEFAULT_CIPHER: ""},
            access_token=DEFAULT_TOKEN,
            refresh_token=DEFAULT_REFRESH,
            well_known=True,
            carriers={each: dict(d.well_known) for each, d in self._dialects.items()},
        )

    async def close(self) -> None:
        """After every sandbox was closed."""
        await self._courier.close()
        if self._writers:
            self._writers.shutdown()
        if self.directory:
            self.directory.release()
