"""A world that is saved as text and restored in mid-flight, behind the back of everybody who talks
to it: as if its process had been stopped and started again between two calls."""

import json

from mock_api.kernel.archive import OrderArchive
from mock_api.kernel.sandbox import Sandbox
from mock_api.settings import ServerSettings
from simulator.world import World


def revive(sandbox: Sandbox, settings: ServerSettings) -> None:
    """The sandbox's world by way of JSON. Whoever holds the world holds the restored one then."""
    world = sandbox.world
    restored = World.restore(json.loads(json.dumps(world.save())))
    for sink in world.journal._sinks:  # noqa: SLF001 - sinks are no data: who heard goes on hearing
        restored.journal.subscribe(sink)
    archive = OrderArchive(sandbox._archive)  # noqa: SLF001 - a disk outlives its process
    restored.plug_in(archive, settings.limits.ended_orders_stay_s)
    vars(world).update(vars(restored))
