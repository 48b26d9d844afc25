"""Which dialects there are: every folder here with a module ``dialect`` that has ``DIALECT``.

Adding one is adding a folder: nothing else names it.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from mock_api import carriers
from mock_api.kernel.dialect import Dialect


def discovered() -> tuple[Dialect, ...]:
    """All of them, by name."""
    found = [
        _dialect_in(f"{carriers.__name__}.{folder.name}.dialect")
        for folder in iter_modules(carriers.__path__)
        if folder.ispkg and find_spec(f"{carriers.__name__}.{folder.name}.dialect")
    ]
    return tuple(sorted(found, key=lambda dialect: dialect.name))


def _dialect_in(module: str) -> Dialect:
    dialect = getattr(import_module(module), "DIALECT", None)
    if not isinstance(dialect, Dialect):
        raise TypeError(f"{module} has no DIALECT")
    return dialect
