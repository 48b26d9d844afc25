"""docs/coverage.md says which operations are simulated, and is written from the code."""

from pathlib import Path

from mock_api.seller_center.coverage import page

PAGE = Path(__file__).parents[2] / "docs/coverage.md"


def test_the_page_is_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again: make coverage"
