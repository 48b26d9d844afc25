"""A world's commands about papers: what is declared before the handover, and what is complained of.

The checks are in ``declaring`` and ``complaints``. Each command settles before it answers.
"""

from abc import ABC, abstractmethod

from simulator import declaring
from simulator.disputes.case import Cause
from simulator.disputes.model import Answer, BuyerComplaint, CarrierComplaint
from simulator.parcels.evidence import Document, Photo
from simulator.parcels.labelling import Label
from simulator.parcels.packing import Packing, Violation
from simulator.platform import Platform
from simulator.registry import Registry


class Paperwork(ABC):
    """The part of a world that takes papers."""

    registry: Registry
    platform: Platform

    @abstractmethod
    def _settle(self) -> None:
        """Let everything due by now happen."""

    # Declarations.

    def declare_packing(self, parcel_id: str, packing: Packing) -> list[Violation]:
        """The parcel is packed like this; what is wrong with that (P1-P5)."""
        return declaring.declare_packing(self.registry, self.registry.parcel(parcel_id), packing)

    def declare_label(self, parcel_id: str, label: Label) -> list[Violation]:
        """This is its label; what is wrong with that (L1-L6)."""
        return declaring.declare_label(self.registry, self.registry.parcel(parcel_id), label)

    def attach_evidence(self, parcel_id: str, photo: Photo) -> Document:
        """A photo or paper comes on file (H2)."""
        return declaring.attach_evidence(self.registry, self.registry.parcel(parcel_id), photo)

    # Complaints: what sellers and buyers file, and what sellers answer.

    def complain_about_carrier(self, order_id: str) -> CarrierComplaint:
        """The seller complains about the designated carrier (C1)."""
        filed = self.platform.office.complain_about_carrier(self.registry.order(order_id))
        self._settle()
        return filed

    def appeal(self, complaint_id: str) -> None:
        """The seller does not take a rejection."""
        self.platform.office.appeal(self.registry.docket.about_carrier(complaint_id))
        self._settle()

    def buyer_complains(self, order_id: str, cause: Cause) -> BuyerComplaint:
        """The buyer complains (C2)."""
        filed = self.platform.office.buyer_complains(self.registry.order(order_id), cause)
        self._settle()
        return filed

    def answer_complaint(self, complaint_id: str, *, accepted: bool) -> None:
        """The seller accepts a buyer's complaint, or contests it."""
        complaint = self.registry.docket.by_buyer(complaint_id)
        self.platform.office.answer(complaint, Answer.ACCEPT if accepted else Answer.CONTEST)
        self._settle()
