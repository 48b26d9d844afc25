"""The control API's token on the command line, and where webhooks may go."""

import re

import httpx
import pytest
from typer.testing import CliRunner

from mock_api.settings import ControlAccess, Delivery, ServerSettings
from scenarios import serving
from scenarios.access import control_token, place_of
from scenarios.cli import app
from scenarios.serving import served
from tests.scenarios.test_command_line import up

WIDE = {"COLUMNS": "200", "NO_COLOR": "1"}
HEALTH = "/_seatrial/health"


@pytest.fixture
def started(monkeypatch):
    """What ``up`` would have served: host, port, settings, token."""
    calls = []
    monkeypatch.setattr(serving, "serve", lambda *words: calls.append(words))

    def up_with(*words, **env):
        calls.clear()
        told = CliRunner().invoke(app, ["up", *words], env=WIDE | env)
        return told, calls[0] if calls else None

    return up_with


def test_left_to_itself_it_has_no_token_and_webhooks_stay_on_this_machine(started):
    empty = {"SEATRIAL_CONTROL_TOKEN": "", "SEATRIAL_WEBHOOKS_TO": ""}
    _, (_, _, settings, token, *_) = started(**empty)
    assert (settings.control.token, token.value, settings.delivery.hosts) == ("", "", ())


@pytest.mark.parametrize("how", ["option", "variable", "file"])
def test_a_token_is_an_option_a_variable_or_a_file(started, tmp_path, how):
    file = tmp_path / "token"
    file.write_text("my-token\n", encoding="utf-8")
    ways = {
        "option": (["--control-token", "my-token"], {}),
        "variable": ([], {"SEATRIAL_CONTROL_TOKEN": "my-token"}),
        "file": (["--control-token-file", str(file)], {}),
    }
    words, env = ways[how]
    _, (_, _, settings, token, *_) = started("--host", "0.0.0.0", *words, **env)  # noqa: S104 - not bound

    assert (settings.control.token, token.is_made_up) == ("my-token", False)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--control-token", "two words"], "without spaces"),
        (["--control-token", "schlüssel"], "printable ASCII"),
        (["--control-token-file", "no-such-file"], "no-such-file"),
        (["--webhooks-to", "http://host:1/"], "is no place for webhooks"),
    ],
)
def test_what_does_not_do_is_said(started, words, complaint):
    told, served_ = started(*words)
    assert (told.exit_code, served_) == (2, None)
    assert complaint in told.output


def test_places_for_webhooks_are_options_or_a_variable(started):
    words = ["--webhooks-to", "hooks.test:9000", "--webhooks-to", "10.0.0.0/8"]
    _, (_, _, settings, _, *_) = started(*words)
    assert settings.delivery.hosts == ("hooks.test:9000", "10.0.0.0/8")
    _, (_, _, settings, _, *_) = started(SEATRIAL_WEBHOOKS_TO="a.test 10.0.0.1")
    assert settings.delivery.hosts == ("a.test", "10.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_a_server_for_this_machine_needs_no_token(host):
    assert control_token(host, "", None).value == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "box.test"])  # noqa: S104 - not bound
def test_a_server_for_others_gets_one_that_nobody_guesses(host):
    tokens = {control_token(host, "", None).value for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 32


def test_a_server_for_others_prints_the_token_that_it_made_up_once_it_starts():
    with up("--host", "0.0.0.0") as (_, base, said):  # noqa: S104 - for a second
        (token,) = re.findall(r"control token (\S+)\n", said)
        listing = f"{base}/_seatrial/sandboxes"
        right = {"authorization": f"Bearer {token}"}
        statuses = [
            httpx.get(listing, headers=each, trust_env=False).status_code for each in ({}, right)
        ]
        assert statuses == [401, 200]
        assert httpx.get(base + HEALTH, trust_env=False).status_code == 200
        assert said.count(token) == 2, "told, and to be copied"
        assert said.count('-H "Authorization: Bearer $SEATRIAL_CONTROL_TOKEN"') == 4


def test_a_report_shows_the_token_that_the_server_asks_for():
    with served(ServerSettings(control=ControlAccess("my-token"))) as url:
        asked = ["report", "--url", url, "--json"]
        without = CliRunner().invoke(app, asked, env=WIDE)
        right = CliRunner().invoke(app, asked, env=WIDE | {"SEATRIAL_CONTROL_TOKEN": "my-token"})
    assert without.exit_code == 2
    assert "control-token" in without.output.replace("\n", "")
    assert right.exit_code == 0, right.output
    assert "my-token" not in right.output


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://127.0.0.1:9000/webhooks", "127.0.0.1:9000"),
        ("https://hooks.test/x", "hooks.test:443"),
        ("http://[fd00::1]:8/", "[fd00::1]:8"),
        ("nonsense", ""),
        ("http://", ""),
        ("http://a:b", ""),
    ],
)
def test_the_target_of_a_run_is_where_its_webhooks_may_go(url, place):
    assert place_of(url) == place
    assert not place or ServerSettings(delivery=Delivery(hosts=(place,)))
