"""From one seed everything that a run is made of.

Swarm style: each run switches whole groups of options off and scales the rest wildly. A run that
has everything meets less than many runs that each lack something.
"""

from typing import Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.drawing import trade, trouble, worlds
from scenarios.swarm.drawing.model import Drawn, Habits
from scenarios.swarm.hands import TABLE
from simulator.clock import DAY, HOUR, MINUTE

_BY_HAND: Final = tuple(f"hands_{party}" for party in ("buyers", "carriers", "sellers", "platform"))
_OF_HABITS: Final = (
    "deaf",
    "impatient",
    "cancels",
    "rearranges",
    "prepares",
    "labels",
    "aftersales",
    "errands",
)
GROUPS: Final = (*worlds.GROUPS, *trade.GROUPS, *trouble.GROUPS, *_BY_HAND, *_OF_HABITS)
_LABELS: Final = ("number", "booked", "easypost", "ups")


def drawn(seed: int) -> Drawn:
    """The same seed draws the same, in every process."""
    dice = Dice(seed, "drawing")
    share = dice.pick("share", (0.2, 0.5, 0.8))
    groups = frozenset(each for each in GROUPS if dice.chance("group", share))
    days = dice.scale("days", 6, 30)
    return Drawn(
        seed=seed,
        days=days,
        groups=tuple(sorted(groups)),
        sandbox=worlds.drawn_world(dice, seed, groups),
        demand=trade.drawn_demand(dice, groups, days),
        faults=trouble.drawn_faults(dice, groups, days),
        hands=_hands(dice, groups, days),
        habits=_habits(dice, groups),
        revivals=tuple(sorted(dice.between("revival", 0, days * DAY) for _ in range(2))),
    )


def _hands(dice: Dice, groups: frozenset[str], days: int) -> tuple[tuple[int, str], ...]:
    names = [name for name, act in TABLE.items() if f"hands_{act.party}" in groups]
    if not names:
        return ()
    count = dice.scale("hands", 5, 80)
    acts = [(dice.between("at", 0, days * DAY), dice.pick("act", names)) for _ in range(count)]
    return tuple(sorted(acts))


def _habits(dice: Dice, groups: frozenset[str]) -> Habits:
    def share(name: str, group: str, among: tuple[float, ...]) -> float:
        return dice.pick(name, among) if group in groups else 0.0

    longest = dice.pick("delay", (0, MINUTE, HOUR, 20 * HOUR, 4 * DAY))
    on_call = "on_call" in groups  # no courier comes for UPS's labels then: none was asked for
    kinds = _LABELS[:-1] if on_call else _LABELS
    labels = dice.some("labels", kinds, 4) if "labels" in groups else ["number"]
    return Habits(
        delay=(0, longest),
        at_once=dice.pick("at_once", (0.0, 0.0, 0.5, 1.0)),
        deaf=share("deaf", "deaf", (0.05, 0.3, 0.8)),
        impatient=share("impatient", "impatient", (0.02, 0.1, 0.3)),
        polls_every=dice.pick("polls", (0, 6 * HOUR, DAY)),
        subscribes=dice.pick("subscribes", ("shops", "app", "both")),
        cancels=share("cancels", "cancels", (0.05, 0.3)),
        grants=dice.pick("grants", (0.0, 0.4, 1.0)),
        declines=dice.pick("declines", (0.0, 0.5, 1.0)),
        rearranges=share("rearranges", "rearranges", (0.3, 0.8)),
        batches=dice.pick("batches", (0.0, 0.5)),
        chooses_slots=dice.pick("slots", (0.0, 0.5)),
        prepares=share("prepares", "prepares", (0.3, 0.8)),
        corrects=share("corrects", "prepares", (0.0, 0.3)),
        refunds=share("refunds", "aftersales", (0.0, 0.2)),
        complains=share("complains", "aftersales", (0.0, 0.5)),
        errands=share("errands", "errands", (0.1, 0.5)),
        chats=share("chats", "aftersales", (0.0, 0.5)),
        labels=dict.fromkeys(labels, 1.0),
    )
