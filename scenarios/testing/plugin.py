"""The pytest plugin: fixtures ``sandbox`` and ``seatrial_server``, the marker ``scenario``, and
``*.scenario.yaml`` files as tests.

It is loaded in every pytest run of an environment that has Seatrial, so it imports the server only
when somebody asks for it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from scenarios.running.run import Result
    from scenarios.testing.box import Box

SUFFIX: Final = ".scenario.yaml"
_MARKER: Final = "scenario"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "seatrial_scenarios", "Collect *.scenario.yaml files as tests.", type="bool", default=True
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "scenario(file, seed=None): play this scenario first; its result is the fixture "
        "scenario_result, and the test fails if it did not pass.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    if file_path.name.endswith(SUFFIX) and parent.config.getini("seatrial_scenarios"):
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFailed(Exception):
    """A scenario did not pass; its text is what the command line shows."""


class ScenarioFile(pytest.File):
    """One scenario file: one test."""

    def collect(self) -> "Iterator[ScenarioItem]":
        yield ScenarioItem.from_parent(self, name=self.path.name.removesuffix(SUFFIX))


class ScenarioItem(pytest.Item):
    """One scenario, played in process."""

    def runtest(self) -> None:
        _require_passed(_play(self.path, None))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        if isinstance(excinfo.value, ScenarioFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"scenario: {self.name}"


@pytest.fixture(scope="session")
def seatrial_server() -> Iterator[str]:
    """A server on a free port for the whole session, one in each worker; its base URL."""
    from mock_api.settings import ServerSettings  # noqa: PLC0415 - only if somebody asks for it
    from scenarios.serving import served  # noqa: PLC0415 - as above

    with served(ServerSettings(default_sandbox=False)) as base:
        yield base


@pytest.fixture
def sandbox(seatrial_server: str) -> "Iterator[Box]":
    """A world of the test's own on that server: a frozen clock, and credentials nobody else has."""
    import httpx  # noqa: PLC0415 - as above

    from scenarios.testing.box import close_box, open_box  # noqa: PLC0415 - as above

    with httpx.Client(base_url=seatrial_server, trust_env=False) as http:
        box = open_box(http)
        yield box
        close_box(http, box)


@pytest.fixture
def scenario_result(request: pytest.FixtureRequest) -> "Result":
    """What came of the scenario that the test's marker names."""
    marker = request.node.get_closest_marker(_MARKER)
    if marker is None or not marker.args:
        raise pytest.UsageError('scenario_result wants a mark: @pytest.mark.scenario("file.yaml")')
    path = Path(marker.args[0])
    whole = path if path.is_absolute() else request.path.parent / path
    return _play(whole, marker.kwargs.get("seed"))


@pytest.fixture(autouse=True)
def _marked_scenario(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker(_MARKER) is not None:
        _require_passed(request.getfixturevalue("scenario_result"))


def _play(path: Path, seed: int | None) -> "Result":
    from scenarios.format.reading import NoScenario  # noqa: PLC0415 - as above
    from scenarios.running.run import run_in_process  # noqa: PLC0415 - as above
    from scenarios.running.suite import the_one  # noqa: PLC0415 - as above

    try:
        scenario = the_one(path)
    except NoScenario as wrong:
        raise ScenarioFailed(str(wrong)) from None
    return run_in_process(scenario, seed, keep=True)


def _require_passed(result: "Result") -> None:
    from scenarios.running.junit import told  # noqa: PLC0415 - as above

    if not result.passed:
        raise ScenarioFailed(f"{result.title}\n{told(result)}")
