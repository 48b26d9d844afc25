"""Small modules of small functions: limits that keep them so."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for package in ("simulator", "mock_api", "scenarios")
    for path in (ROOT / package).rglob("*.py")
)
LINES_OF_A_MODULE = 350
LINES_OF_A_FUNCTION = 50


def named(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_are_modules():
    assert len(MODULES) > 60


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES_OF_A_MODULE
    assert not text or ast.get_docstring(ast.parse(text)), "a module opens with what it is"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_is_short(path):
    long = {
        f"{node.name}:{node.lineno}": node.end_lineno - node.lineno + 1
        for node in functions(path)
        if node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_built_when_a_module_is_imported(path):
    """No application, no world, no sandbox: whoever wants one calls its factory."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    built = {
        node.value.func.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    }
    assert not built & {"FastAPI", "Starlette", "World", "Sandbox", "Sandboxes", "ServerSettings"}
