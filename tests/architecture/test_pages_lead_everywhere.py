"""README.md leads to every page, no link leads nowhere, and docs/architecture.md names every module
of the simulator and of the server's kernel."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PLAN = (DOCS / "architecture.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")


def links(page):
    """What a page leads to within the repository; of a folder, all its pages."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            path = (page.parent / target).resolve()
            yield from sorted(path.glob("*.md")) if path.is_dir() else [path]


def reached(start):
    """Every page that somebody comes to who begins at this one."""
    found, ahead = set(), [start]
    while ahead:
        page = ahead.pop()
        if page not in found and page.suffix == ".md" and page.exists():
            found.add(page)
            ahead += links(page)
    return found


def modules(package):
    """Its modules and packages, as a table has them."""
    for path in (ROOT / package).iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            yield f"{path.name}/"
        elif path.suffix == ".py" and path.stem != "__init__":
            yield path.stem


def table_of(package):
    """The names in the first column of the package's table."""
    _, _, below = PLAN.partition(f"| `{package}/` | is |\n")
    for line in below.partition("\n\n")[0].splitlines():
        yield from re.findall(r"`([^`]+)`", line.split(" | ")[0])


def test_every_page_is_reached_from_the_readme():
    pages = {*DOCS.rglob("*.md"), ROOT / "docker/README.md", ROOT / "CHANGELOG.md"}
    assert len(pages) > 30
    assert pages - reached(ROOT / "README.md") == set()


def test_no_link_leads_nowhere():
    dead = [
        (page.name, path.name)
        for page in reached(ROOT / "README.md")
        for path in links(page)
        if not path.exists()
    ]
    assert dead == []


@pytest.mark.parametrize("package", ["simulator", "mock_api/kernel"])
def test_the_page_on_the_architecture_names_every_module_once_and_no_other(package):
    assert sorted(table_of(package)) == sorted(modules(package))
