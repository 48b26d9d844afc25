"""One run: load, a kill, a look at what is left, a restart, every witness asked. Over and over."""

import asyncio
import random
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import monotonic

from mock_api.kernel.access import ACCESS_TOKEN_LIVES
from tests.crash.boxes import Cut, Refused
from tests.crash.caller import Caller
from tests.crash.load import EXPIRED, Load
from tests.crash.receiver import Receiver
from tests.crash.reckoning import Reckoning
from tests.crash.server import DidNotStart, Server

LATER: frozenset[str] = frozenset()
"""Kinds of witness whose matter is beside the world and not kept yet: asked, and counted apart."""
KILLED_AFTER_S = ((0.02, 1.5), (0.02, 1.5), (1.5, 4.0))
"""Real time after the first acknowledged call; some loads go on for longer."""
OLD_ONES = 40
"""Witnesses asked again after each kill, of those that were asked before."""
ARRIVES_WITHIN_S = 20
ON_ITS_WAY_S = 2.0
"""So long after a webhook arrived its sandbox may not know yet that it did."""


@dataclass
class Figures:
    kills: int = 0
    terminated: int = 0
    in_recovery: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    later: Counter[str] = field(default_factory=Counter)
    restarts_s: list[float] = field(default_factory=list)
    webhooks: int = 0
    twice: int = 0
    """Of sandboxes that never went back, were branched off or had webhooks spoilt; so far."""


def heads(webhooks):
    """Of all that wait, whoever is first in its lane: the others wait for that one, which may have
    found nobody in time, and is tried again later."""
    first = {}
    for each in webhooks:
        if each["state"] == "waiting":
            first.setdefault(each["order_id"], each)
    return first.values()


class Trial:
    """Of one seed, in one directory."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed = seed
        self.folder = folder
        self._draw = random.Random(seed)
        self.server = Server(folder / "kept")
        self.receiver = Receiver(seed)
        self.load = Load(seed + 1, self.receiver)
        (folder / "scratch").mkdir()
        self.reckoning = Reckoning(folder / "scratch")
        self.figures = Figures()
        self.violations = self.load.violations
        self._counted: dict[tuple[str, str], int] = {}
        """Of each notification: how often it had arrived when it was last looked at."""

    async def run(self, kills: int, told=lambda _: None):
        """So many kills, or until something is wrong."""
        await self.receiver.start()
        try:
            self.server.start()
            await self.server.ready()
            for n in range(kills):
                await self._round()
                if self.violations:
                    return
                told(n + 1)
            await self.server.terminate()
        except DidNotStart as why:
            self.violations.append(f"the server does not start again: {why}")
        finally:
            with suppress(AssertionError, ValueError, TimeoutError):
                await self.server.kill()
            await self.receiver.stop()

    async def _round(self):
        caller = Caller(self.server.url)
        load = asyncio.ensure_future(self.load.run(caller))
        while not caller.acknowledged and not load.done():
            await asyncio.sleep(0.005)  # a fresh process is slow at first
        await asyncio.sleep(self._draw.uniform(*self._draw.choice(KILLED_AFTER_S)))
        if self._draw.random() < 0.15:
            await self._terminate()
        else:
            await self.server.kill()
            self.figures.kills += 1
        try:
            await load
        finally:
            await caller.close()
        self._count(caller)
        while self._draw.random() < 0.2:
            await self._kill_in_recovery()
        shutil.rmtree(self.folder / "before", ignore_errors=True)
        shutil.copytree(self.server.directory, self.folder / "before")
        left = await self.reckoning.of(self.server.directory)
        self._look_at(left)
        began = monotonic()
        self.receiver.life += 1
        self.server.start()
        await self.server.ready()
        self.figures.restarts_s.append(monotonic() - began)
        await self._ask(left)

    async def _terminate(self):
        code = await self.server.terminate()
        self.figures.terminated += 1
        if code:
            self.violations.append(f"told to stop, it ended with {code}: {self.server.said()}")

    async def _kill_in_recovery(self):
        self.receiver.life += 1
        self.server.start()
        await asyncio.sleep(self._draw.uniform(0, 1))
        await self.server.kill()
        self.figures.in_recovery += 1

    def _count(self, caller):
        figures = self.figures
        figures.acknowledged += caller.acknowledged
        figures.refused += caller.refused
        figures.cut += Counter(caller.cut)
        self.violations += caller.broken
        for box in [*self.load.boxes.values(), *self.load.gone]:
            box.acknowledged_in[self.receiver.life] = box.acknowledged_at
            box.acknowledged_at = 0.0
            box.after_a_kill()

    # What is on disk.

    def _look_at(self, left):
        for each in left.values():
            self.violations += each.problems
            for customer, found in each.placed.items():
                whole = self.load.counts.get(customer, found)
                if found not in (0, whole):
                    self.violations.append(f"{each.sandbox_id}: {found} of {whole} for {customer}")
        for box in list(self.load.boxes.values()):
            if box.id not in left or not box.is_trusted:
                continue
            for customer, count in box.bulks.items() if not box.undecided else ():
                if left[box.id].placed[customer] != count:
                    self.violations.append(f"{box.id}: orders for {customer} are gone")

    # What the restarted server says.

    async def _ask(self, left):
        caller = Caller(self.server.url)
        try:
            there = await self._digests(caller, left)
            for box in list(self.load.boxes.values()):
                await self._ask_about(caller, box, there)
            for box in self.load.gone:
                if box.id in there and there[box.id] == box.told["app_key"]:
                    self.violations.append(f"{box.id} was deleted, and is back")
            await self._arrived()
            self.violations += caller.broken
        except Cut as cut:
            self.violations.append(f"a server that nobody stops does not answer: {cut}")
        finally:
            await caller.close()

    async def _digests(self, caller, left):
        """Every sandbox's app key, by id; each is as its file was."""
        told = (await caller.control("list", "GET", None))["sandboxes"]
        for each in told:
            kept = left.get(each["id"])
            if kept is None and each["id"] != "default":
                self.violations.append(f"{each['id']} has no file")
            elif kept and kept.digest != each["digest"]:
                self.violations.append(f"{each['id']} has not the digest of its file")
        return {each["id"]: each["app_key"] for each in told}

    async def _ask_about(self, caller, box, there):
        if there.get(box.id) != box.told["app_key"]:
            self.load.boxes.pop(box.id)
            if box.undecided != "delete" and box.is_trusted:
                self.violations.append(f"{box.id} is gone")
            return
        wrong = [each async for each in self._wrong_of(caller, box)]
        if wrong and box.undecided == "reset":
            wrong = await self._unless_pristine(caller, box, wrong)
        elif box.undecided == "restore":
            box.forget()  # before, between or after: any of its three worlds
            wrong = []
        self.violations += wrong
        box.undecided = ""

    async def _unless_pristine(self, caller, box, wrong):
        """A reset that nobody acknowledged: all of it, or nothing."""
        box.forget()
        told = await caller.control("look", "GET", box)
        return wrong if told["now"] != told["start"] else []

    async def _wrong_of(self, caller, box):
        old = [each for each in box.witnesses.values() if not each.is_new]
        again = {id(each) for each in self._draw.sample(old, min(OLD_ONES // 4, len(old)))}
        for matter, witness in list(box.witnesses.items()):
            if not witness.is_new and id(witness) not in again:
                continue
            witness.is_new = False
            self.figures.asked[witness.kind] += 1
            try:
                found = await witness.check(caller)
            except Refused as refused:
                found = f"{matter}: {refused}"
            if EXPIRED in found and await self._has_run_out(caller, box):
                continue
            if found and witness.kind in LATER:
                self.figures.later[witness.kind] += 1
                del box.witnesses[matter]
            elif found:
                yield f"{box.id}, {witness.kind}: {found}"

    async def _has_run_out(self, caller, box):
        """By virtual time, a token may have."""
        told = await caller.control("look", "GET", box)
        return told["now"] - told["start"] >= ACCESS_TOKEN_LIVES

    # Webhooks.

    async def _arrived(self):
        """What waited arrives; nothing arrives twice that was known to have arrived."""
        caller = Caller(self.server.url)
        try:
            for box in list(self.load.boxes.values()):
                await self._all_sent(caller, box)
        finally:
            await caller.close()
        for box in self.load.boxes.values():
            self._look_at_notifications(box)

    async def _all_sent(self, caller, box):
        until = monotonic() + ARRIVES_WITHIN_S
        while monotonic() < until:
            told = await caller.control("webhooks", "GET", box, "/webhooks?limit=1000")
            now = (await caller.control("clock", "GET", box, "/clock"))["now"]
            attempts = [attempt for each in told["webhooks"] for attempt in each["attempts"]]
            box.dups_ok |= any(attempt["error"] for attempt in attempts)  # answered too late
            if not any(each["due_at"] <= now for each in heads(told["webhooks"])):
                return
            await asyncio.sleep(0.05)
        self.violations.append(f"{box.id}: webhooks that waited do not arrive")

    def _look_at_notifications(self, box):
        for number, told in self.receiver.told[box.mark].items():
            if len(told.bodies) > 1 and not box.dups_ok:
                self._say_later("notification id", f"{box.id}: two notifications are {number}")
            if not box.dups_ok and (box.mark, number) not in self._counted:
                self.figures.webhooks += 1
            if not box.dups_ok and len(told.arrivals) > self._counted.get((box.mark, number), 1):
                self.figures.twice += 1
            self._counted[box.mark, number] = len(told.arrivals)
            if not box.dups_ok:
                self._look_at_times(box, number, told.arrivals)

    def _say_later(self, kind, wrong):
        if kind in LATER:
            self.figures.later[kind] += 1
        else:
            self.violations.append(wrong)

    def _look_at_times(self, box, number, arrivals):
        for (at, life), (_, next_life) in pairwise(arrivals):
            if life == next_life:
                self.violations.append(f"{box.id}: notification {number} twice, without a kill")
            elif box.acknowledged_in.get(life, 0.0) > at + ON_ITS_WAY_S:
                self.violations.append(f"{box.id}: {number} arrived, was kept, and came again")
