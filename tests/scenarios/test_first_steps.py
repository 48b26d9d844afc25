"""The first steps are under test: what a newcomer copies has to work."""

import contextlib
import io
import re
from pathlib import Path

from mock_api.settings import ServerSettings
from scenarios.serving import served

PAGE = Path(__file__).parents[2] / "docs" / "first-steps.md"


def test_the_first_program_of_the_first_steps_ships_an_order():
    program = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    said = io.StringIO()
    with served(ServerSettings()) as base, contextlib.redirect_stdout(said):
        names = {}
        exec(program.replace("http://127.0.0.1:8470", base), names)  # noqa: S102 - our own page
        names["control"].close()
        names["shop"].close()

    assert "/_documents/" in said.getvalue()
    assert "'reached': True" in said.getvalue()
    assert "Your package was delivered!" in said.getvalue()
