"""What a world is told, kept as JSON, and other worlds that are told the same."""

import json

from simulator import World, WorldConfig
from simulator.commands import Command
from simulator.plain import from_plain, to_plain


class Kept:
    """Every command of one world, and a snapshot with the place from which to go on."""

    def __init__(self, world):
        self.world = world
        self.config = in_json(to_plain(world.config))
        self.told = []
        self.saved, self.since = None, 0
        world.commands_go_to(lambda told: self.told.append(json.dumps(to_plain(told))))

    def snapshot(self):
        self.saved, self.since = in_json(self.world.save()), len(self.told)

    def again(self):
        """Another world of the same configuration that is told all of it."""
        return self.tell(World(from_plain(WorldConfig, self.config)))

    def restored(self):
        """One that goes on from the snapshot, and is told the rest."""
        return self.tell(World.restore(self.saved), self.since)

    def tell(self, world, since=0):
        """*world* when it has been told all that came after the first *since* commands."""
        for each in self.told[since:]:
            world.repeat(from_plain(Command, json.loads(each)))
        world.advance(self.world.now)
        return world

    def assert_another_world_is_the_same(self):
        again = self.again()
        assert again.journal.digest() == self.world.journal.digest()
        assert again.save() == self.world.save()

    def assert_a_restored_world_is_the_same(self):
        restored = self.restored()
        assert restored.journal.digest() == self.world.journal.digest()
        assert without_turns(restored.save()) == without_turns(self.world.save())


def in_json(plain):
    return json.loads(json.dumps(plain))


def without_turns(saved):
    """What was saved, but for places in the queue, which a restored world numbers anew."""
    if isinstance(saved, dict):
        return {key: without_turns(item) for key, item in saved.items() if key != "turn"}
    if isinstance(saved, list):
        return [without_turns(item) for item in saved]
    return saved
