"""The ids of every rule that a scenario can cover, or expect to be broken (docs/rules.md)."""

from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema

RULES: Final = frozenset(
    {
        *("M1", "M2", "M3", "M4"),
        *("D1", "D2", "D3", "D4", "D5"),
        *("P1", "P2", "P3", "P4", "P5"),
        *("L1", "L2", "L3", "L4", "L5", "L6"),
        *("H1", "H2", "H3"),
        *("S1", "S2", "S3"),
        *("C1", "C2"),
        *("X1", "X2", "X3", "X4", "X5"),
    }
)


def _known(rule: str) -> str:
    if rule not in RULES:
        raise ValueError(f"{rule!r} is no rule: known are {', '.join(sorted(RULES))}")
    return rule


Rule = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": sorted(RULES)})
]
