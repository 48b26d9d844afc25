"""What can be told of the server's security by reading its code: who parses XML, and how secrets
are compared."""

import ast
import re

import pytest

from tests.architecture.sources import modules_of, named, tree_of

SECRET = re.compile(
    r"secret|password|passwd|signature|digest|token|credential|private_key|app_key|api_key"
    r"|customer_code|authenticate|authorization"
)
OF_A_JOURNAL = re.compile(r"\b(?:journal|stand|outcome|run|again|once|first|told)\b.*digest")
"""What everybody may know: two runs are compared by it."""
PARSERS = {"fromstring", "parse", "iterparse", "XMLParser", "XMLPullParser", "XML", "parseString"}


def trees():
    for path in modules_of("mock_api", "scenarios"):
        if "examples" not in path.parts:
            yield named(path), tree_of(path)


def last_name(node):
    """``c`` of ``a.b.c``, of ``x["c"]``, and of what ``c(…)`` gives."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Call(func=func):
            return last_name(func)
        case _:
            return ""


def told_apart(tree):
    """Comparisons by == and != of something that is called like a secret, with anything but a
    constant."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        by_value = any(isinstance(each, ast.Eq | ast.NotEq) for each in node.ops)
        if by_value and not any(isinstance(each, ast.Constant) for each in sides):
            yield from (
                (node.lineno, ast.unparse(node))
                for each in sides
                if SECRET.search(last_name(each).lower())
                and not OF_A_JOURNAL.search(ast.unparse(each))
            )


def test_secrets_are_compared_in_constant_time():
    found = [(name, *each) for name, tree in trees() for each in told_apart(tree)]
    assert found == [], "compare_digest, or Sandbox.is_credential"


@pytest.mark.parametrize(
    "code", ["given == self.secret", "said['digest'] != right", "app.signature(x) == given"]
)
def test_a_comparison_that_stops_early_is_noticed(code):
    assert list(told_apart(ast.parse(code)))


def test_xml_is_parsed_by_nobody_but_defusedxml():
    bare = [
        (name, node.lineno)
        for name, tree in trees()
        if name.startswith("mock_api")  # who calls the command line's programs is no stranger
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and parses(node)
    ]
    assert bare == []


def parses(node):
    names = {alias.name for alias in node.names}
    if isinstance(node, ast.Import):
        return any(re.match(r"xml\.|lxml|pyexpat", name) for name in names)
    module = node.module or ""
    return bool(
        re.match(r"lxml|pyexpat|xml\.(sax|dom|parsers)", module)
        or (module.startswith("xml.") and names & (PARSERS | {"ElementTree"}))
    )
