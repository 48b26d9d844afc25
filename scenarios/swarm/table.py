"""The figures of all seeds: what was run, what went wrong on purpose, what was reached."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from scenarios.swarm.drawing.trouble import OF_ANSWERS, OF_WEBHOOKS
from scenarios.swarm.outcome import Tally
from simulator import facts
from simulator.facts import Fact, OrderFact, OrderMoved
from simulator.facts.chats import ChatFact

_BASES = (Fact, OrderFact, OrderMoved, ChatFact)
RULES = ("D1", "D2", "D4", "D5")


def show(console: Console, total: Tally, ran: int, failed: int, *, refusals: bool) -> None:
    """A table that can be read and grepped."""
    reached, missed = coverage(total.kinds)
    lines = [
        "",
        f"seeds     {ran} run, {failed} failed",
        f"orders    {total.orders}",
        f"facts     {total.facts}",
        f"calls     {total.calls}: {_said(total.statuses)}",
        f"webhooks  {total.webhooks} delivered",
        "faults    planned and fired: " + _faults(total),
        f"breaches  {_said({rule: total.rules[rule] for rule in RULES})}",
        f"by hand   {total.hands.total()} acts let, of {len(total.hands)} kinds",
        f"kinds     {len(reached)} of {len(reached) + len(missed)} kinds of facts were reached",
        f"          never: {', '.join(missed) or 'none'}",
    ]
    if refusals:
        lines.append("the integration was refused:")
        lines += [f"  {count:6} {told}" for told, count in total.refused.most_common(40)]
    console.print("\n".join(lines), markup=False, highlight=False)


def coverage(kinds: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Kinds of facts that occurred, and those that did not."""
    bases = {base.__name__ for base in _BASES}
    every = sorted(set(facts.__all__) - bases)
    return [each for each in every if kinds.get(each)], [
        each for each in every if not kinds.get(each)
    ]


def _faults(total: Tally) -> str:
    kinds = (*OF_WEBHOOKS, *OF_ANSWERS)
    return ", ".join(f"{kind} {total.planned[kind]}/{total.fired[kind]}" for kind in kinds)


def _said(counts: Mapping[Any, int] | Counter[Any]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
