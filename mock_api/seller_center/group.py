"""What an API group of the seller center is made of, so that the application need know no more.

A group is a folder: a module for each version, ``refusals`` with the codes of its endpoints,
``pushes`` with its webhooks, and ``group``, which names them all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import APIRouter
from fastapi.routing import APIRoute

from mock_api.seller_center.domain_errors import Table
from mock_api.seller_center.errors import Row, bad_parameter
from mock_api.seller_center.gates import access_of
from mock_api.seller_center.pushes import Tells


@dataclass(frozen=True, slots=True)
class Group:
    """One API group."""

    name: str
    """The first segment of its paths."""
    routers: tuple[APIRouter, ...]
    """One a version."""
    refusals: Table = field(default_factory=dict)
    """What the simulation refuses, in the group's codes."""
    bad_parameter: Callable[[str, str], Row] = bad_parameter
    """How it says that a parameter is wrong: its name, and why."""
    tells: Tells = field(default_factory=dict)
    page: str = "docs/seller-center.md"
    """What tells of it; docs/coverage.md names it for each operation."""

    @property
    def routes(self) -> list[APIRoute]:
        routes = (route for router in self.routers for route in router.routes)
        return [route for route in routes if isinstance(route, APIRoute)]

    @property
    def scopes(self) -> frozenset[str]:
        """Every scope that one of its endpoints asks for."""
        return frozenset().union(*(access_of(route.endpoint).scopes for route in self.routes))
