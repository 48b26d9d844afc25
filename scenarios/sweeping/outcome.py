"""What one run of a sweep came to: numbers and words only, to be sent, kept and counted."""

from collections import Counter
from dataclasses import dataclass

from scenarios.running.run import Result


@dataclass(frozen=True, slots=True)
class Outcome:
    """One variant, played with one seed."""

    variant: str
    """Its label."""
    seed: int
    passed: bool
    error: str = ""
    """Why it could not be played."""
    unmet: tuple[str, ...] = ()
    """Where the expectations stand that were not met."""
    orders: int = 0
    breached: int = 0
    """Orders with a breach or more, be it waived or not."""
    breaches: tuple[tuple[str, str, int], ...] = ()
    """Rule, who is liable, how many orders."""
    rates: tuple[tuple[str, int, int], ...] = ()
    """The report's: name, hits, of how many."""
    facts: int = 0
    digest: str = ""

    @classmethod
    def of(cls, variant: str, result: Result) -> "Outcome":
        """The figures of a run whose record was kept."""
        record = result.record
        if record is None:
            return cls(variant, result.seed, passed=False, error=result.error)
        broken = [row for row in record.facts if row["kind"] == "RuleBreached"]
        orders = {(str(row["rule"]), str(row["liable"]), row["order_id"]) for row in broken}
        counted = Counter((rule, liable) for rule, liable, _ in orders)
        return cls(
            variant=variant,
            seed=result.seed,
            passed=result.passed,
            unmet=tuple(dict.fromkeys(failure.expectation for failure in result.failures)),
            orders=len(record.ids("all")),
            breached=len({row["order_id"] for row in broken}),
            breaches=tuple((*key, count) for key, count in sorted(counted.items())),
            rates=tuple(
                (row["name"], row["hits"], row["of"])
                for row in sorted(record.report["rates"], key=lambda row: str(row["name"]))
            ),
            facts=result.facts,
            digest=result.digest,
        )
