"""A sweep in figures: what was counted, for each variant, against the first one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenarios.format.model import Scenario
from scenarios.sweeping.estimates import Count, Difference, Share, difference, share_of
from scenarios.sweeping.outcome import Outcome
from scenarios.sweeping.variants import Variant


@dataclass(frozen=True, slots=True)
class Sweep:
    """What came of it."""

    scenario: Scenario
    variants: Sequence[Variant]
    seeds: range
    outcomes: Sequence[Outcome]
    took_s: float = 0.0
    ended: str = ""
    """Why it is not everything, if it is not."""

    @property
    def paths(self) -> list[str]:
        """What was varied."""
        return [setting.path for setting in self.variants[0].settings]

    def of(self, variant: Variant) -> dict[int, Outcome]:
        """Its outcomes by seed."""
        label = variant.label
        return {each.seed: each for each in self.outcomes if each.variant == label}

    @property
    def failed(self) -> list[Outcome]:
        """Runs that did not pass: in the order of variants, then of seeds."""
        places = {variant.label: nth for nth, variant in enumerate(self.variants)}
        wrong = (each for each in self.outcomes if not each.passed)
        return sorted(wrong, key=lambda each: (places[each.variant], each.seed))


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted in every run that was played."""

    name: str
    count: Callable[[Outcome], Count]


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of one variant."""

    variant: str
    """Its values."""
    runs: int
    share: Share | None
    against_first: Difference | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of all the variants."""

    name: str
    lines: tuple[Line, ...]


def figures_of(sweep: Sweep) -> list[Figure]:
    """Runs that failed, orders with a breach, breaches by rule and liable party, the report's
    rates; of rates, those with a hit in some variant."""
    tables = [sweep.of(variant) for variant in sweep.variants]
    played = [{s: each for s, each in table.items() if not each.error} for table in tables]
    return [
        Figure(
            measure.name,
            tuple(
                _line(measure, variant, outcomes, played[0])
                for variant, outcomes in zip(sweep.variants, played, strict=True)
            ),
        )
        for measure in _measures(sweep.outcomes)
    ]


def _line(
    measure: Measure, variant: Variant, own: dict[int, Outcome], first: dict[int, Outcome]
) -> Line:
    share = share_of([measure.count(each) for each in own.values()])
    both = sorted(own.keys() & first.keys())
    if own is first or not both:
        return Line(variant.values, len(own), share)
    apart = difference(
        [measure.count(first[seed]) for seed in both], [measure.count(own[seed]) for seed in both]
    )
    return Line(variant.values, len(own), share, apart)


def _measures(outcomes: Sequence[Outcome]) -> list[Measure]:
    broken = {(rule, liable) for each in outcomes for rule, liable, _ in each.breaches}
    rates = {name for each in outcomes for name, hits, _ in each.rates if hits}
    return [
        Measure("runs that failed", lambda each: (int(not each.passed), 1)),
        Measure("orders with a breach", lambda each: (each.breached, each.orders)),
        *(_of_rule(*key) for key in sorted(broken)),
        *(_of_rate(name) for name in sorted(rates)),
    ]


def _of_rule(rule: str, liable: str) -> Measure:
    def count(each: Outcome) -> Count:
        hits = sum(n for *key, n in each.breaches if key == [rule, liable])
        return hits, each.orders

    return Measure(f"{rule} by the {liable}", count)


def _of_rate(name: str) -> Measure:
    def count(each: Outcome) -> Count:
        return next(((hits, of) for known, hits, of in each.rates if known == name), (0, 0))

    return Measure(name.replace("_", " "), count)
