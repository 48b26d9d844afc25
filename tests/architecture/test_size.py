"""Small modules of small functions: limits that keep them so."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for package in ("simulator", "mock_api", "scenarios")
    for path in (ROOT / package).rglob("*.py")
)
TEXTS = {path: path.read_text(encoding="utf-8") for path in MODULES}
NEVER_AT_IMPORT = {
    "FastAPI",
    "Starlette",
    "World",
    "Sandbox",
    "Sandboxes",
    "ServerSettings",
}
LINES_OF_A_MODULE = 350
LINES_OF_A_FUNCTION = 50


def named(path):
    return str(path.relative_to(ROOT))


@cache
def tree(path):
    return ast.parse(TEXTS[path])


def built_by(module):
    """What the module's own assignments call."""
    return {
        node.value.func.id
        for node in module.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    }


def test_there_are_modules():
    assert len(MODULES) > 60


def test_every_module_is_short():
    long = {named(path): text.count("\n") for path, text in TEXTS.items()}
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_MODULE} == {}


def test_every_module_opens_with_what_it_is():
    silent = [named(path) for path in MODULES if TEXTS[path] and not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_function_is_short():
    long = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_nothing_is_built_when_a_module_is_imported():
    """No application, no world, no sandbox: whoever wants one calls its factory."""
    built = {(named(path), name) for path in MODULES for name in built_by(tree(path))}
    assert {(path, name) for path, name in built if name in NEVER_AT_IMPORT} == set()
