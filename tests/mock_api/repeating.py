"""That a sandbox's world is what was commanded in it: nothing that was called changed it behind its
back."""

from simulator import World
from tests.simulator.repeating import Kept


class KeptWorld(World):
    """A sandbox's, of which every command is kept."""

    def __init__(self, config=None, **saved):
        super().__init__(config, **saved)
        self.kept = Kept(self)

    def commands_go_to(self, listener):
        """To both: the sandbox keeps them as well."""
        first = self.execution.listener if hasattr(self, "kept") else None
        if first is None or listener is None:
            super().commands_go_to(listener)
            return

        def both(told):
            first(told)
            listener(told)

        super().commands_go_to(both)


def assert_only_commands_changed(sandbox):
    world = sandbox.world
    assert not world.execution.failure
    again = world.kept.again()
    assert again.journal.digest() == world.journal.digest()
    ours, theirs = parted(world.save()), parted(again.save())
    assert ours[0] == theirs[0]
    assert {key: theirs[1][key] for key in ours[1]} == ours[1]


def parted(saved):
    """A snapshot without what leaves for an archive, of which the other world has none; and that,
    by its ids."""
    rows = {kind: {row["id"]: row for row in saved.pop(kind)} for kind in ("orders", "parcels")}
    rows["ledgers"] = saved["books"].pop("ledgers")
    rows["numbers"] = saved.pop("shared_numbers")
    return saved, {(kind, key): row for kind, of in rows.items() for key, row in of.items()}
