"""The pytest plugin: fixtures ``sandbox`` and ``seatrial_server``, the marker ``scenario``, and
``*.scenario.yaml`` files as tests.

It is loaded in every pytest run of an environment that has Seatrial, so it imports the server only
when somebody asks for it.
"""

import re
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from scenarios.running.run import Result
    from scenarios.testing.box import Box

SUFFIX: Final = ".scenario.yaml"
_MARKER: Final = "scenario"
_SANDBOX: Final = "sandbox"
_ARTEFACTS: Final = "--seatrial-artefacts"
_LONGEST: Final = 150
"""Of a test's name in a file's name; its end tells more."""
_SAFE: Final = re.compile(r"[^A-Za-z0-9_.]+")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "seatrial_scenarios", "Collect *.scenario.yaml files as tests.", type="bool", default=True
    )
    parser.getgroup("seatrial").addoption(
        _ARTEFACTS,
        metavar="DIR",
        default="",
        help="Save the sandbox of every test that fails as one file here.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "scenario(file, seed=None): play this scenario first; its result is the fixture "
        "scenario_result, and the test fails if it did not pass.",
    )
    config.addinivalue_line(
        "markers", "sandbox(from_file): the fixture sandbox is as in this file, not a fresh one."
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
        _require_passed(_play(self.path, None, artefacts_of(self.config)))

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
def sandbox(seatrial_server: str, request: pytest.FixtureRequest) -> "Iterator[Box]":
    """A world of the test's own on that server: a frozen clock, and credentials nobody else has.
    The marker ``sandbox`` names the file that it comes from."""
    from scenarios.testing.box import opened  # noqa: PLC0415 - as above

    marker = request.node.get_closest_marker(_SANDBOX)
    named = marker and marker.kwargs.get("from_file")
    with opened(seatrial_server, named and _beside(request, named)) as box:
        yield box


@pytest.fixture
def scenario_result(request: pytest.FixtureRequest) -> "Result":
    """What came of the scenario that the test's marker names."""
    marker = request.node.get_closest_marker(_MARKER)
    if marker is None or not marker.args:
        raise pytest.UsageError('scenario_result wants a mark: @pytest.mark.scenario("file.yaml")')
    whole = _beside(request, marker.args[0])
    return _play(whole, marker.kwargs.get("seed"), artefacts_of(request.config))


@pytest.fixture(autouse=True)
def _marked_scenario(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker(_MARKER) is not None:
        _require_passed(request.getfixturevalue("scenario_result"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of a test that failed, what its sandboxes were then; its report says how to look at them."""
    report = yield
    folder = artefacts_of(item.config)
    if folder and report.failed and report.when == "call":
        for name, box in _boxes(item):
            path = folder / f"{_SAFE.sub('-', item.nodeid)[-_LONGEST:]}-{name}.seatrial"
            report.sections.append((f"seatrial: {name} as it was", _saved(box, path)))
    return report


def artefacts_of(config: pytest.Config) -> Path | None:
    """Where sandboxes of failed tests are saved, if they are."""
    folder = config.getoption(_ARTEFACTS)
    return Path(folder) if folder else None


def _boxes(item: pytest.Item) -> "list[tuple[str, Box]]":
    kind = getattr(sys.modules.get("scenarios.testing.box"), "Box", None)
    given = getattr(item, "funcargs", {})
    return [(name, each) for name, each in given.items() if kind and isinstance(each, kind)]


def _saved(box: "Box", path: Path) -> str:
    from scenarios.running.stage import opening_command  # noqa: PLC0415 - as above

    try:
        box.save(path)
    except Exception as problem:  # noqa: BLE001 - the test has failed already, and says why
        return f"it could not be saved: {problem}"
    return opening_command(path)


def _beside(request: pytest.FixtureRequest, named: str) -> Path:
    """Relative to the test's own file."""
    return request.path.parent / named


def _play(path: Path, seed: int | None, artefacts: Path | None) -> "Result":
    from scenarios.format.reading import NoScenario  # noqa: PLC0415 - as above
    from scenarios.running.run import run_in_process  # noqa: PLC0415 - as above
    from scenarios.running.suite import the_one  # noqa: PLC0415 - as above

    try:
        scenario = the_one(path)
    except NoScenario as wrong:
        raise ScenarioFailed(str(wrong)) from None
    return run_in_process(scenario, seed, keep=True, artefacts=artefacts)


def _require_passed(result: "Result") -> None:
    from scenarios.running.junit import told  # noqa: PLC0415 - as above

    if not result.passed:
        raise ScenarioFailed(f"{result.title}\n{told(result)}")
