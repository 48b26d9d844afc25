"""The mixed load: clients who do at random what people do to a server, until it is killed."""

import asyncio
import random
from collections import Counter

from tests.crash import acts_carriers as carriers
from tests.crash import acts_control as control
from tests.crash import acts_seller as seller
from tests.crash.boxes import Box, Cut, Refused
from tests.crash.caller import Caller

CLIENTS = 6
BOXES = 5

MIXED = (
    (control.place, 24),
    (control.advance, 10),
    (control.demand, 2),
    (control.doors, 2),
    (control.fault, 1),
    (seller.subscribe, 6),
    (seller.unsubscribe, 1),
    (seller.ship, 14),
    (seller.cancel, 5),
    (seller.answer_cancellation, 5),
    (seller.ask_return, 3),
    (seller.token_by_code, 3),
    (seller.token_by_refresh, 3),
    (seller.upload_image, 3),
    (seller.evidence, 4),
    (seller.complain, 3),
    (carriers.easypost_label, 5),
    (carriers.easypost_tracker, 3),
    (carriers.easypost_hook, 2),
    (carriers.ups_token, 2),
    (carriers.ups_label, 5),
    (control.reset, 2),
    (control.delete, 3),
    (control.back_and_forth, 3),
    (control.branch, 3),
    (control.carry, 2),
    (control.recklessly, 3),
)
"""What, and how often."""
UNSETTLING = (
    control.reset,
    control.back_and_forth,
    control.branch,
    control.carry,
    control.recklessly,
    control.fault,
)
"""What a calm sandbox is spared."""
EXPIRED = "has expired"
UNSHARED = (control.recklessly,)
"""Acts that wait for nobody."""


class Load:
    """Everybody who calls, and what they know."""

    def __init__(self, seed: int, receiver) -> None:
        self.draw = random.Random(seed)
        self.receiver = receiver
        self.caller: Caller
        self.boxes: dict[str, Box] = {}
        self.gone: list[Box] = []
        self.counts: dict[str, int] = {}
        """By customer: how many orders one call placed, or none."""
        self.done: Counter[str] = Counter()
        self.facts = 0
        self.violations: list[str] = []
        self._numbers = 0

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    async def run(self, caller: Caller):
        """Until the server is gone."""
        self.caller = caller
        async with asyncio.TaskGroup() as clients:
            for _ in range(CLIENTS):
                clients.create_task(self._client())

    async def _client(self):
        acts, weights = zip(*MIXED, strict=True)
        while True:
            try:
                if len(self.boxes) < BOXES:
                    await control.open_box(self)
                (act,) = self.draw.choices(acts, weights)
                await self._one(act)
            except Refused:
                continue
            except Cut:
                return

    async def _one(self, act):
        free = [box for box in self.boxes.values() if not box.is_closed]
        if not free:
            await asyncio.sleep(0.005)
            return
        box = self.draw.choice(free)
        if control.is_full(box) or (not box.is_trusted and self.draw.random() < 0.2):
            act = control.delete
        if box.is_calm and act in UNSETTLING:
            act = control.place
        if act in UNSHARED:
            await act(self, box)
        else:
            async with box.shared():
                await self._with_a_token(act, box)
        self.done[act.__name__] += 1

    async def _with_a_token(self, act, box):
        """Tokens run out as virtual time passes: then another is asked for."""
        try:
            await act(self, box)
        except Refused as refused:
            if EXPIRED not in str(refused):
                raise
            await seller.token_by_refresh(self, box)
