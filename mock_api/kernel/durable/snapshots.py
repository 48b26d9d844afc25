"""A sandbox at one instant as plain data: its world, and what its read models have counted. What is
kept beside the world is not in it: a file has that as it is now."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mock_api.kernel.sandbox import Sandbox


def snapshot_of(sandbox: "Sandbox") -> dict[str, Any]:
    """Ready for JSON."""
    derived = {name: part.save() for name, part in sandbox.derived().items()}
    return {"world": sandbox.world.save(), "derived": derived}
