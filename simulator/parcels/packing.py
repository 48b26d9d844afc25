"""What a seller says about a parcel's packing, and which of the rules P1-P5 that breaks.

Pure: a declaration and the goods in, violations out. Who may declare when is the command's business
(``declaring``); what befalls a badly packed parcel is chance's, which asks for the factors here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Final

from simulator.terms import STANDARD_PACKING, Factors, PackingTerms
from simulator.words import Word


class Carton(Word):
    """How strong the outer packing is."""

    MAILER = "mailer"
    """A padded bag."""
    SINGLE_WALL = "single_wall"
    DOUBLE_WALL = "double_wall"
    TRIPLE_WALL = "triple_wall"


class Cushioning(Word):
    """What fills the space around the goods."""

    AIR_PILLOWS = "air_pillows"
    PAPER_SHEETS = "paper_sheets"
    BUBBLE_WRAP = "bubble_wrap"
    FILM = "film"
    LOOSE_FILL = "loose_fill"
    """Peanuts and the like."""
    SHREDDED_PAPER = "shredded_paper"
    NONE = "none"


class Closure(Word):
    """What holds the parcel shut, or together."""

    PAPER_TAPE = "paper_tape"
    PLASTIC_TAPE = "plastic_tape"
    GLUE = "glue"
    NYLON_TAPE = "nylon_tape"
    LARGE_STAPLES = "large_staples"
    STRAPPING_BAND = "strapping_band"
    ELASTIC_BAND = "elastic_band"
    BUNDLING_TAPE = "bundling_tape"
    """Tape around several boxes, to make one parcel of them."""


LARGE_PIECES: Final = frozenset(
    {Cushioning.AIR_PILLOWS, Cushioning.PAPER_SHEETS, Cushioning.BUBBLE_WRAP, Cushioning.FILM}
)
LOOSE: Final = frozenset({Cushioning.LOOSE_FILL, Cushioning.SHREDDED_PAPER})
BUNDLES: Final = frozenset({Closure.STRAPPING_BAND, Closure.ELASTIC_BAND, Closure.BUNDLING_TAPE})
HURTS: Final = frozenset({Closure.LARGE_STAPLES, Closure.NYLON_TAPE})


@dataclass(frozen=True, slots=True)
class Goods:
    """What has to be protected."""

    weight_g: int
    units: int


@dataclass(frozen=True, slots=True)
class Packing:
    """A declared packing. The defaults are right for goods of up to 30 kg."""

    carton: Carton = Carton.DOUBLE_WALL
    cushioning: tuple[Cushioning, ...] = (Cushioning.PAPER_SHEETS,)
    room_mm: int = 50
    """Free space between the goods and each wall."""
    items_apart: bool = True
    """Several items in the box cannot knock against each other."""
    closure: tuple[Closure, ...] = (Closure.PLASTIC_TAPE,)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of packing or labelling that a declaration breaks, and how, in words."""

    rule: str
    words: str


def suited_to(goods: Goods, terms: PackingTerms = STANDARD_PACKING) -> Packing:
    """The lightest right packing of *goods*: what a parcel is taken to have until its seller says
    otherwise."""
    fits = [carton for carton in Carton if goods.weight_g <= _carries(carton, goods, terms)]
    return Packing(carton=fits[0], room_mm=max(Packing().room_mm, terms.room_mm_min))


def packing_violations(
    packing: Packing, goods: Goods, terms: PackingTerms = STANDARD_PACKING
) -> list[Violation]:
    """What is wrong with *packing* for these *goods*, in the order of the rules."""
    cushions, closure = set(packing.cushioning), set(packing.closure)
    checks = (
        ("P1", _too_weak(packing, goods, terms)),
        ("P1", "there is no cushioning" if cushions <= {Cushioning.NONE} else ""),
        ("P1", "" if closure else "nothing holds the parcel shut"),
        ("P2", _too_tight(packing, terms)),
        ("P2", _knocks(packing, goods)),
        ("P3", _named("loose fill is forbidden", cushions & LOOSE)),
        ("P4", _named("nothing may be bundled", closure & BUNDLES)),
        ("P5", _named("warehouse staff get hurt", closure & HURTS)),
    )
    return [Violation(rule, words) for rule, words in checks if words]


def damage_factor(broken: Iterable[str], factors: Factors = STANDARD_PACKING.damage) -> float:
    """What the *broken* rules multiply the probability of damage by; one, if none are."""
    return factor_of(broken, factors)


def refusal_factor(broken: Iterable[str], factors: Factors = STANDARD_PACKING.refusal) -> float:
    """What the *broken* rules multiply the probability by that the buyer refuses the parcel."""
    return factor_of(broken, factors)


def factor_of(broken: Iterable[str], factors: Factors) -> float:
    """The product of what each of the *broken* rules multiplies a probability by."""
    by_rule = dict(factors)
    return prod(by_rule.get(rule, 1.0) for rule in sorted(set(broken)))


def rules_of(violations: Iterable[Violation]) -> tuple[str, ...]:
    """The ids of the rules broken, each once, sorted."""
    return tuple(sorted({violation.rule for violation in violations}))


def _carries(carton: Carton, goods: Goods, terms: PackingTerms) -> int:
    """The heaviest goods for that class of carton."""
    return {
        Carton.MAILER: terms.mailer_g_max,
        Carton.SINGLE_WALL: terms.single_wall_g_max,
        Carton.DOUBLE_WALL: terms.double_wall_g_max,
        Carton.TRIPLE_WALL: goods.weight_g,
    }[carton]


def _too_weak(packing: Packing, goods: Goods, terms: PackingTerms) -> str:
    if goods.weight_g <= _carries(packing.carton, goods, terms):
        return ""
    return f"a {packing.carton} carton is too weak for {goods.weight_g} g"


def _too_tight(packing: Packing, terms: PackingTerms) -> str:
    if packing.room_mm >= terms.room_mm_min:
        return ""
    return f"{packing.room_mm} mm of room around the goods; {terms.room_mm_min} mm are needed"


def _knocks(packing: Packing, goods: Goods) -> str:
    if packing.items_apart or goods.units == 1:
        return ""
    return f"{goods.units} items share the box and knock against each other"


def _named(words: str, found: Iterable[Word]) -> str:
    names = ", ".join(sorted(found))
    return f"{words}: {names}" if names else ""
