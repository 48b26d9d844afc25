"""The pytest plugin, as somebody else's test suite sees it."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import scenarios.running.run
import scenarios.running.suite
import scenarios.testing.box  # noqa: F401 - loaded before pytester takes stock of what is
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.replay import Replay

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
WITH_PLUGIN = ("-p", "no:cacheprovider")
PASSES = """\
title: Nobody ships
seller: absent
orders: [{name: first}]
runs_for: 4d
expect: {breaches: [{rule: D1}]}
"""
FAILS = PASSES.replace("D1", "D2")


@pytest.fixture
def suite(pytester):
    """A folder with two scenarios."""
    pytester.path.joinpath("good.scenario.yaml").write_text(PASSES, encoding="utf-8")
    pytester.path.joinpath("bad.scenario.yaml").write_text(FAILS, encoding="utf-8")
    return pytester


def lines(result):
    return "\n".join(result.outlines)


def test_scenario_files_are_tests(suite):
    result = suite.runpytest_inprocess(*WITH_PLUGIN, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "bad.scenario.yaml::bad FAILED*",
            "good.scenario.yaml::good PASSED*",
            "*scenario: bad*",
            "Nobody ships",
            "expect.breaches?0? (order 5764*",
            "  expected  at least 1 of D2",
            "  found     D1 by the seller for not_ready_to_ship",
            "replay: seatrial scenario replay bad.scenario.yaml --seed *",
        ]
    )
    assert "Traceback" not in lines(result)
    assert "plugin.py" not in lines(result)


def test_a_file_that_is_no_scenario_fails_with_its_fault(suite):
    suite.path.joinpath("bad.scenario.yaml").write_text("title: t\nexpext: {}\n", encoding="utf-8")
    result = suite.runpytest_inprocess(*WITH_PLUGIN, "bad.scenario.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["bad.scenario.yaml:2: expext: is no key of this part*"])


def test_files_are_left_alone_where_that_is_wished(suite):
    suite.makeini("[pytest]\nseatrial_scenarios = false")
    assert suite.runpytest_inprocess(*WITH_PLUGIN).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_marker_plays_a_scenario_first(suite):
    suite.makepyfile("""
        import pytest

        @pytest.mark.scenario("good.scenario.yaml", seed=5)
        def test_looks_closer(scenario_result):
            assert scenario_result.seed == 5
            assert scenario_result.record.facts

        @pytest.mark.scenario("bad.scenario.yaml")
        def test_never_gets_here():
            raise AssertionError

        @pytest.mark.scenario("gone.scenario.yaml")
        def test_has_no_file():
            raise AssertionError

        def test_asks_without_a_mark(scenario_result):
            raise AssertionError
    """)
    files = "test_a_marker_plays_a_scenario_first.py"
    result = suite.runpytest_inprocess(*WITH_PLUGIN, "--strict-markers", files)
    result.assert_outcomes(passed=1, errors=3)
    text = lines(result)
    assert "expected  at least 1 of D2" in text
    assert "gone.scenario.yaml:1: cannot be read: No such file or directory" in text
    assert 'scenario_result wants a mark: @pytest.mark.scenario("file.yaml")' in text


def test_every_test_has_a_sandbox_of_its_own(suite):
    suite.makepyfile("""
        seen = []

        def test_one(sandbox):
            (order,) = sandbox.place()
            assert sandbox.until(order, "AWAITING_SHIPMENT") == sandbox.told["now"] + 3600
            seen.append((sandbox.id, sandbox.app_key, sandbox.base_url))

        def test_two(sandbox, seatrial_server):
            assert sandbox.facts() == []
            assert sandbox.base_url == seatrial_server == seen[0][2]
            assert sandbox.id != seen[0][0] and sandbox.app_key != seen[0][1]
    """)
    suite.path.joinpath("bad.scenario.yaml").unlink()
    result = suite.runpytest_inprocess(*WITH_PLUGIN)
    result.assert_outcomes(passed=3)


@pytest.mark.slow  # three processes start
def test_with_xdist_each_worker_has_a_server_of_its_own(suite, monkeypatch):
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    suite.makepyfile("""
        import pytest

        @pytest.mark.parametrize("nth", range(4))
        def test_orders_end(sandbox, nth):
            (order,) = sandbox.place(seller="prompt")
            sandbox.until(order, "COMPLETED")
    """)
    result = suite.runpytest_subprocess(*WITH_PLUGIN, "-W", "error", "-p", "xdist", "-n", "2")
    result.assert_outcomes(passed=5, failed=1)


def test_loading_the_plugin_loads_no_server():
    """It is part of every pytest run of an environment that has Seatrial."""
    program = (
        "import sys, scenarios.testing.plugin as _; "
        "print({'fastapi', 'simpy', 'httpx', 'mock_api', 'pydantic'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "set()\n"


GOLDEN = """
    import pytest
    import seatrial

    @pytest.fixture(scope="session")
    def golden(seatrial_server, tmp_path_factory):
        with seatrial.opened(seatrial_server) as box:
            box.place(count=30, seller="prompt")
            box.advance("3d")
            return box.save(tmp_path_factory.mktemp("golden") / "thirty.seatrial")

    @pytest.mark.parametrize("nth", range(2))
    def test_each_begins_in_mid_flight(golden, seatrial_server, nth):
        with seatrial.opened(seatrial_server, from_file=golden) as box:
            before = box.told["digest"]
            assert len(box.facts(kind="OrderPlaced")) == 30
            assert box.advance("1d")["facts"] > 0
            assert box.control("GET", "")["digest"] != before
            seen.append((before, box.app_key))
            assert len({digest for digest, _ in seen}) == 1
            assert len({key for _, key in seen}) == len(seen)

    seen = []
"""


def test_a_golden_state_is_made_once_and_loaded_by_every_test(suite):
    suite.path.joinpath("bad.scenario.yaml").unlink()
    suite.makepyfile(GOLDEN)
    suite.runpytest_inprocess(*WITH_PLUGIN).assert_outcomes(passed=3)


def test_a_marker_names_the_file_that_the_sandbox_comes_from(suite):
    suite.path.joinpath("bad.scenario.yaml").unlink()
    suite.makepyfile("""
        import pytest

        def test_makes_it(sandbox, request):
            sandbox.place(count=2)
            sandbox.save(request.path.parent / "states" / "two.seatrial")

        @pytest.mark.sandbox(from_file="states/two.seatrial")
        def test_begins_there(sandbox):
            assert len(sandbox.facts(kind="OrderPlaced")) == 2

        @pytest.mark.sandbox(from_file="no.seatrial")
        def test_begins_nowhere(sandbox):
            raise AssertionError
    """)
    result = suite.runpytest_inprocess(*WITH_PLUGIN, "--strict-markers")
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*No such file or directory*no.seatrial*"])


def test_of_a_test_that_fails_the_sandbox_is_saved_and_its_report_says_how_to_open_it(suite):
    suite.makepyfile("""
        def test_passes(sandbox):
            sandbox.place()

        def test_fails(sandbox):
            sandbox.place(count=3)
            sandbox.advance("2h")
            assert not sandbox.facts()
    """)
    result = suite.runpytest_inprocess(*WITH_PLUGIN, "--seatrial-artefacts", "kept here")
    result.assert_outcomes(passed=2, failed=2)
    folder = suite.path / "kept here"
    scenario, ours = sorted(folder.iterdir())
    result.stdout.fnmatch_lines(
        [
            f"open: seatrial replay 'kept here/{scenario.name}' --serve",
            "*seatrial: sandbox as it was*",
            f"open: seatrial replay 'kept here/{ours.name}' --serve",
        ]
    )
    orders = []
    for path in (ours, scenario):
        with closing(FoundFile(path)) as found:
            run = Replay(found)
            run.run()
            assert run.is_same
            orders.append(len(run.world.registry.orders))
    assert orders == [3, 1]


def test_nothing_is_saved_where_nobody_wants_it(suite):
    before = set(suite.path.iterdir())
    suite.runpytest_inprocess(*WITH_PLUGIN).assert_outcomes(passed=1, failed=1)
    assert {path.name for path in set(suite.path.iterdir()) - before} <= {"__pycache__"}
