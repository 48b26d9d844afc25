"""Who is liable for a buyer's complaint (C2, S3), and what follows: one table, in one place.

Pure. Every case that can be put is covered by exactly one row; a test puts all 960. ``settled``
adds what the seller's own answer changes.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from simulator.disputes.case import Case, Cause, Refund, Trail, Verdict
from simulator.disputes.model import Answer
from simulator.disputes.table import ROWS
from simulator.orders.model import Mode, Party
from simulator.parcels.evidence import Proof


def every_case() -> Iterator[Case]:
    """The whole input space."""
    for values in product(Mode, Cause, (True, False), (True, False), Proof, Trail):
        yield Case(*values)


def decide(case: Case) -> Verdict:
    """What the table says."""
    return next(row.verdict for row in ROWS if row.covers(case))


def settled(verdict: Verdict, answer: Answer) -> Verdict:
    """What comes of the table's *verdict* once the seller has answered.

    Who accepts a complaint pays even where the table would refuse the refund; so does who says
    nothing, where silence counts as agreement. Where the table grants it, the table's payer pays.
    """
    if answer is Answer.CONTEST or verdict.refund is not Refund.NONE:
        return verdict
    return Verdict(f"by_{answer}", Party.SELLER, Refund.FULL, Party.SELLER)


def unspoken_for(case: Case) -> Case:
    """The case of a seller who has not answered: nobody puts forward what is on file."""
    return replace(case, proof=Proof.NONE)
