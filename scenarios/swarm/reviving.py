"""A world that is saved as text and restored in mid-flight, behind the back of everybody who talks
to it: as if its process had been stopped and started again between two calls."""

import json

from mock_api.kernel.durable.archive import OrderArchive
from mock_api.kernel.sandbox import Sandbox
from mock_api.settings import Limits
from simulator.journal import Sink
from simulator.world import World


def revive(sandbox: Sandbox, limits: Limits) -> None:
    """The sandbox's world by way of JSON. Whoever holds the world holds the restored one then."""
    world = sandbox.world
    restored = World.restore(json.loads(json.dumps(world.save())))
    archive = OrderArchive(sandbox.file)
    restored.plug_in(archive, limits.ended_orders_stay_s)
    for sink in world.journal._sinks:  # noqa: SLF001 - sinks are no data: who heard goes on hearing
        if not _is_its_own(sink):
            restored.journal.subscribe(sink)
    # Whoever held the old ones holds the restored ones from here on.
    registry = world.registry
    registry.__dict__ = restored.registry.__dict__
    world.__dict__ = restored.__dict__
    world.registry = registry


def _is_its_own(sink: Sink) -> bool:
    """A part of the world hears its facts; the restored one has parts of its own."""
    module = type(getattr(sink, "__self__", None)).__module__
    return module.startswith("simulator.") and not module.startswith("simulator.statistics")
