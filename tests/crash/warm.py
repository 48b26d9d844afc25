"""Imported by the process that servers are forked from: what every start would do first is done."""

import importlib
import pkgutil

import mock_api
from mock_api.main import create_app
from mock_api.settings import ServerSettings

for found in pkgutil.walk_packages(mock_api.__path__, "mock_api."):
    if not found.name.endswith(("coverage", "__main__")):
        importlib.import_module(found.name)
APP = create_app(ServerSettings())
