"""What a killed server left on disk, against a run that nobody interrupted: each file's commands,
done on a fresh world, beside the sandbox that a start makes of the file."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

from mock_api.carriers.dialects import discovered
from mock_api.kernel.durable import refusals
from mock_api.kernel.durable.archive import OrderArchive
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import NotKept
from mock_api.kernel.durable.replay import Replay
from mock_api.kernel.durable.revival import Revival
from mock_api.kernel.durable.sandbox_file import SandboxFile
from mock_api.kernel.sandboxes import Sandboxes
from mock_api.main import FURNISHERS
from mock_api.seller_center.groups import SCOPES
from mock_api.settings import ServerSettings

BESIDE = ("", "-wal")


class Left:
    """One sandbox's file as it was left."""

    def __init__(self, sandbox_id: str) -> None:
        self.sandbox_id = sandbox_id
        self.digest = ""
        self.placed: Counter[str] = Counter()
        """Orders by the customer whom they were placed for."""
        self.problems: list[str] = []


class Reckoning:
    """Of one run. What it has looked at once it does not look at again."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._seen: dict[str, tuple[str, Left]] = {}
        self.replayed = self.facts = 0

    async def of(self, directory: Path) -> dict[str, Left]:
        """Every file there, by its sandbox's id. Only copies are opened."""
        found = {}
        for path in files_in(directory):
            sandbox_id = path.name.removesuffix(".seatrial")
            copy = self._scratch / path.name
            for beside in BESIDE:
                source = path.with_name(path.name + beside)
                copied = copy.with_name(copy.name + beside)
                copied.unlink(missing_ok=True)
                if source.exists():
                    shutil.copyfile(source, copied)
            found[sandbox_id] = await self._left(sandbox_id, copy)
        return found

    async def _left(self, sandbox_id, path):
        left = Left(sandbox_id)
        try:
            with closing(FoundFile(path)) as file:
                left.digest = file.stand.digest
                mark = f"{file.stand} {file.origin}"
                known = self._seen.get(sandbox_id)
                if known and known[0] == mark:
                    return known[1]
                self._replay(file, left)
                await self._revive(file, left)
                self._seen[sandbox_id] = mark, left
        except NotKept as refused:
            if isinstance(refused, getattr(refusals, "NeverBegun", ())):
                return left  # killed before anything was acknowledged: a start clears it away
            left.problems.append(f"{sandbox_id}: {refused}")
        return left

    def _replay(self, file, left):
        run = Replay(file)
        run.world.plug_in(OrderArchive(SandboxFile()), ServerSettings().limits.ended_orders_stay_s)
        run.run()
        self.replayed += 1
        self.facts += run.world.journal.length
        if not run.is_same:
            left.problems.append(f"{left.sandbox_id}: replayed otherwise: {run.difference}")
        for command in file.commands():
            if command.act == "place_order":
                left.placed[command.said.get("purchase", {}).get("buyer", "")] += 1
        self._saved = run.world.save()

    async def _revive(self, file, left):
        settings, scratch = ServerSettings(default_sandbox=False), SandboxFile()
        sandboxes = Sandboxes(settings, FURNISHERS, SCOPES, discovered())

        def make(world):
            sandbox = sandboxes.maker.returning(left.sandbox_id, world, scratch)
            file.copy_to(scratch)
            sandbox.archive.rewind(world.journal.length)
            return sandbox

        revival = Revival(file, make)
        for _ in revival.steps():
            pass
        here, there = in_memory(revival.sandbox.world.save(), self._saved)
        other = differing(ranked(here), ranked(there))
        if other:
            left.problems.append(f"{left.sandbox_id}: revived otherwise: {other}")
        await revival.sandbox.close()
        await sandboxes.close()


AFTER_THE_SECOND = frozenset({"admission", "tills", "watch"})
"""Who waits until a second is over: in a line of their own, behind everybody else's."""


def files_in(directory):
    return sorted(directory.glob("*.seatrial"))


def in_memory(one, other):
    """Both without orders that only one of them has put away: when ended orders go to the archive
    depends on how time was let pass, and nothing that happens depends on it."""
    for kind in ("orders", "parcels"):
        ids = {each["id"] for each in one[kind]} & {each["id"] for each in other[kind]}
        for saved in (one, other):
            awaits = [each["id"] for each in saved[kind] if each["turn"] and each["id"] not in ids]
            assert not awaits, f"{awaits} are in one of two worlds, and await something"
            saved[kind] = [each for each in saved[kind] if each["id"] in ids]
    there = one["books"]["ledgers"].keys() & other["books"]["ledgers"].keys()
    for saved in (one, other):
        ledgers = saved["books"]["ledgers"]
        saved["books"]["ledgers"] = {key: ledgers[key] for key in sorted(there)}
    return one, other


def ranked(saved):
    """With places in line instead of turns: a world that came back from a snapshot counts its turns
    from there, and has everybody wait in the same order. Two lines, two counts."""
    turns = sorted(set(_turns(saved)))
    places = {each: place for place, each in enumerate(turns, start=1)}

    def again(value, key="", *, after=False):
        if isinstance(value, dict):
            return {
                name: again(each, name, after=after or name in AFTER_THE_SECOND)
                for name, each in value.items()
            }
        if isinstance(value, list | tuple):
            return [again(each, after=after) for each in value]
        return places[after, value] if key == "turn" and value else value

    return again(saved)


def _turns(value, key="", *, after=False):
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _turns(each, name, after=after or name in AFTER_THE_SECOND)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _turns(each, after=after)
    elif key == "turn" and value:
        yield after, value


def differing(one, other, place=""):
    """Where two plain values differ first; nothing, if they do not."""
    if type(one) is not type(other):
        return f"{place}: {str(one)[:80]} and {str(other)[:80]}"
    if isinstance(one, dict):
        if list(one) != list(other):
            return f"{place}: keys {sorted(set(one) ^ set(other))[:5]}"
        found = (differing(one[key], other[key], f"{place}.{key}") for key in one)
        return next(filter(None, found), "")
    if isinstance(one, list | tuple):
        if len(one) != len(other):
            return f"{place}: {len(one)} and {len(other)} items"
        pairs = enumerate(zip(one, other, strict=True))
        return next(filter(None, (differing(*each, f"{place}[{n}]") for n, each in pairs)), "")
    return "" if one == other else f"{place}: {str(one)[:80]} and {str(other)[:80]}"
