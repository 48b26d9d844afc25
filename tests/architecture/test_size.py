"""Small modules of small functions: limits that keep them so."""

import ast

from tests.architecture.sources import modules_of, named, text_of, tree_of

MODULES = modules_of("simulator", "mock_api", "scenarios")
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
    long = {named(path): text_of(path).count("\n") for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_MODULE} == {}


def test_every_module_opens_with_what_it_is():
    written = [path for path in MODULES if text_of(path)]
    assert [named(path) for path in written if not ast.get_docstring(tree_of(path))] == []


def test_every_function_is_short():
    long = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_nothing_is_built_when_a_module_is_imported():
    """No application, no world, no sandbox: whoever wants one calls its factory."""
    built = {(named(path), name) for path in MODULES for name in built_by(tree_of(path))}
    assert {(path, name) for path, name in built if name in NEVER_AT_IMPORT} == set()
