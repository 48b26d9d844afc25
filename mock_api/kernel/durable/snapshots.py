"""A sandbox at one instant as plain data: its world, and what its read models have counted. What is
kept beside the world is not in it: a file has that as it is now."""

from typing import TYPE_CHECKING, Any

from mock_api.kernel.durable.batch import KeptRow, Stand

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox


def snapshot_of(sandbox: "Sandbox") -> dict[str, Any]:
    """Ready for JSON."""
    derived = {name: part.save() for name, part in sandbox.derived().items()}
    return {"world": sandbox.world.save(), "derived": derived}


def stand_of(sandbox: "Sandbox") -> Stand:
    """How far it has come."""
    world = sandbox.world
    return Stand(world.now, world.journal.length, sandbox.commands.length, world.journal.digest())


def kept_of(sandbox: "Sandbox") -> list[KeptRow]:
    """Everything that is kept beside its world."""
    return [(name, key, row) for name, part in sandbox.kept.items() for key, row in part.rows()]
