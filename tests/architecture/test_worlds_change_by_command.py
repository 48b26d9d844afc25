"""Whatever can change a world is a command, can be written down, and reads back as it was said."""

import ast
import inspect
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator import Purchase, World
from simulator.acts.party import PartyActs
from simulator.clock import DAY, later
from simulator.commands import argument_readers, is_command
from simulator.demand.model import Plan
from simulator.plain import to_plain
from simulator.service.model import Kind, Said
from tests.architecture.sources import modules_of, named, tree_of
from tests.simulator.properties.test_snapshot import PLANS
from tests.simulator.shippers import BOX, BUYER, SENDER, call, local, wish
from tests.thoroughness import examples

TIME_AND_SNAPSHOTS = {"advance", "commands_go_to", "plug_in", "repeat", "restore", "save"}
"""What is neither a command of the world's own nor a look."""
LOOKS = {
    "order": lambda world, port: world.order(port["order"]),
    "parcel": lambda world, port: world.parcel(port["parcel"]),
    "settlement": lambda world, port: world.settlement(port["order"]),
    "penalties": lambda world, port: world.penalties(port["shop"]),
    "chats.get": lambda world, port: world.chats.get(port["talk"].id),
    "chats.may_write": lambda world, port: world.chats.may_write(port["talk"]),
    "chats.accepts": lambda world, port: world.chats.accepts(port["shop"]),
    "chats.orders_of": lambda world, port: world.chats.orders_of(port["talk"]),
    "shippers.rates": lambda world, _: world.shippers.rates(SENDER, BUYER, [BOX]),
    "shippers.shipment": lambda world, port: world.shippers.shipment(port["shipment"].id),
    "shippers.shipment_numbered": lambda world, port: world.shippers.shipment_numbered(
        port["number"]
    ),
    "shippers.shipments_referenced": lambda world, _: world.shippers.shipments_referenced(
        "ups", "mine"
    ),
    "shippers.shipments": lambda world, _: world.shippers.shipments(),
    "shippers.parcels_of": lambda world, port: world.shippers.parcels_of(port["shipment"]),
    "shippers.pickup_window": lambda world, _: world.shippers.pickup_window(
        call(local(20, 13), local(20, 18), "fedex")
    ),
    "shippers.pickup": lambda world, port: world.shippers.pickup(port["pickup"].id),
    "shippers.pickup_confirmed": lambda world, port: world.shippers.pickup_confirmed(
        port["pickup"].confirmation
    ),
    "shippers.pickups": lambda world, _: world.shippers.pickups(),
    "shippers.availability": lambda world, _: world.shippers.availability(
        "fedex", SENDER, date(2030, 1, 22)
    ),
    "trackers.get": lambda world, port: world.trackers.get(port["tracker"]),
    "trackers.find": lambda world, port: world.trackers.find("17track", port["number"]),
    "trackers.of": lambda world, _: world.trackers.of("17track"),
    "trackers.sight": lambda world, port: world.trackers.sight("17track", port["number"]),
}
"""Everything public that bears no decorator, and a call of it."""
FEW = settings(max_examples=examples(10), deadline=None)


def parties(world):
    return {name: each for name, each in vars(world).items() if isinstance(each, PartyActs)}


def methods():
    """Every public method of the world and its parties: its name, and what it is."""
    world = World()
    for party, acts in {"": world, **parties(world)}.items():
        for name, method in inspect.getmembers(type(acts), inspect.isfunction):
            if not name.startswith("_"):
                yield f"{party}.{name}" if party else name, method


METHODS = dict(methods())
COMMANDS = {name: method for name, method in METHODS.items() if is_command(method)}


def test_every_party_is_called_as_its_commands_say():
    world = World()
    kinds = {kind for kind in PartyActs.__subclasses__() if kind.__module__.startswith("simulator")}

    assert {type(acts) for acts in parties(world).values()} == kinds
    assert all(acts.party == name for name, acts in parties(world).items())


def test_every_public_method_is_a_command_or_a_look():
    own = {"restore"}  # a class's method is no instance's
    assert METHODS.keys() - COMMANDS.keys() == LOOKS.keys() | TIME_AND_SNAPSHOTS - own


@pytest.fixture(scope="module")
def lively():
    """A world in which there is something of everything to look at."""
    world = World()
    order = world.buyers.place_order(Purchase(behaviour="prompt"))
    world.chats.buyer_writes(order.id, Said(Kind.TEXT, "hello"))
    shipment = world.shippers.ship(wish(reference="mine"))
    number = world.shippers.parcels_of(shipment)[0].tracking_number
    port = {
        "order": order.id,
        "parcel": order.parcel_ids[0],
        "shop": order.shop_id,
        "talk": world.registry.chats.between(order.shop_id, order.buyer_id),
        "shipment": shipment,
        "number": number,
        "pickup": world.shippers.book_pickup(call(local(8, 13), local(8, 18))),
        "tracker": world.trackers.add("17track", number).id,
    }
    world.advance(later(world.now, 3 * DAY))
    return world, port


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_changes_nothing(lively, look):
    world, port = lively
    before = json.dumps(world.save())
    LOOKS[look](world, port)

    assert json.dumps(world.save()) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_said_to_a_command_reads_back_from_json(name):
    method, hints = COMMANDS[name], get_type_hints(COMMANDS[name])
    readers = argument_readers(method)
    said = st.fixed_dictionaries({each: drawn(hints[each]) for each in readers})

    @FEW
    @given(said)
    def check(values):
        text = json.dumps(to_plain(values))
        assume("NaN" not in text)  # which is not equal to itself
        plain = json.loads(text)
        again = {each: readers[each](item) for each, item in plain.items()}
        assert tupled(again) == tupled(values)

    check()


def drawn(hint):
    """Values of that hint, as callers make them."""
    if hint is Plan:
        return PLANS
    parts = [drawn(part) for part in get_args(hint)]
    kinds = {Sequence: st.lists, Mapping: st.dictionaries}
    return kinds[get_origin(hint)](*parts) if get_origin(hint) in kinds else st.from_type(hint)


def tupled(value):
    """Sequences are read as tuples, whatever they were."""
    if isinstance(value, dict):
        return {key: tupled(item) for key, item in value.items()}
    return tuple(map(tupled, value)) if isinstance(value, list | tuple) else value


# Outside the simulator.

OF_A_WORLD = {
    *("carrier", "closure", "complaint", "conversation", "customer", "invoice", "listing"),
    *("order", "parcel", "pickup", "registry", "shipment", "shop", "talk", "tracker", "world"),
}
"""What entities are called there."""
SHELVES = {"agenda", "env", "inbox", "journal", "mint", "reminder"}
MOVES = {
    "append",
    "clear",
    "deliver",
    "extend",
    "file",
    "next_id",
    "pop",
    "put",
    "record",
    "update",
}


def names_in(node):
    """``seen.shipment.notes["held"]`` is within seen, shipment and notes."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id


def written(node):
    """What a statement writes into, or lets change itself."""
    if isinstance(node, ast.Assign | ast.Delete):
        yield from (each for each in node.targets if not isinstance(each, ast.Name))
    elif isinstance(node, ast.AugAssign | ast.AnnAssign) and not isinstance(node.target, ast.Name):
        yield node.target
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in MOVES:
        owner = next(names_in(node.func.value), "")
        yield from [node.func.value][f"{owner}.{node.func.attr}" in COMMANDS :]


def test_nothing_outside_the_simulator_writes_into_a_world():
    """``self.world = world`` is no such thing: the last name is what is replaced."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules_of("mock_api", "scenarios")
        for node in ast.walk(tree_of(path))
        for target in written(node)
        for chain in [list(names_in(target))]
        if OF_A_WORLD & set(chain[isinstance(node, ast.Assign | ast.AnnAssign) :])
    ]
    assert found == []
