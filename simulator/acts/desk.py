"""What sellers do in the platform's pages, where no public API reaches: papers and complaints.

The checks are in ``declaring`` and ``complaints``.
"""

from simulator import declaring
from simulator.acts.party import PartyActs
from simulator.channels.consignments import Consignment
from simulator.channels.model import Transport
from simulator.channels.suppliers import Errand
from simulator.commands import command
from simulator.disputes.model import Answer, CarrierComplaint
from simulator.money.tills import Flow
from simulator.parcels.evidence import Document, Photo
from simulator.parcels.labelling import Label
from simulator.parcels.model import Parcel
from simulator.parcels.packing import Packing, Violation


class DeskActs(PartyActs):
    """Commands at the desk of one world."""

    party = "desk"

    @command
    def declare_packing(self, parcel_id: str, packing: Packing) -> list[Violation]:
        """The parcel is packed like this; what is wrong with that (P1-P5)."""
        return declaring.declare_packing(self._here, self._parcel(parcel_id), packing)

    @command
    def declare_label(self, parcel_id: str, label: Label) -> list[Violation]:
        """This is its label; what is wrong with that (L1-L6)."""
        return declaring.declare_label(self._here, self._parcel(parcel_id), label)

    @command
    def attach_evidence(self, parcel_id: str, photo: Photo) -> Document:
        """A photo or paper comes on file (H2)."""
        return declaring.attach_evidence(self._here, self._parcel(parcel_id), photo)

    @command
    def complain_about_carrier(self, order_id: str) -> CarrierComplaint:
        """The seller complains about the designated carrier (C1)."""
        return self._platform.office.complain_about_carrier(self._order(order_id))

    @command
    def appeal(self, complaint_id: str) -> None:
        """The seller does not take a rejection."""
        self._platform.office.appeal(self._here.docket.about_carrier(complaint_id))

    @command
    def answer_complaint(self, complaint_id: str, *, accepted: bool) -> None:
        """The seller accepts a buyer's complaint, or contests it."""
        complaint = self._here.docket.by_buyer(complaint_id)
        self._platform.office.answer(complaint, Answer.ACCEPT if accepted else Answer.CONTEST)

    @command
    def pass_to_supplier(self, order_id: str, supplier: str) -> Errand:
        """That supplier gets the address, and is to ship (X3); what was promised."""
        return self._platform.suppliers.pass_on(self._order(order_id), supplier)

    @command
    def send_consignment(
        self, sku_id: str, units: int, by: Transport = Transport.SEA, shop_id: str = ""
    ) -> Consignment:
        """Goods leave for the shop's warehouse abroad (X2); left out, the first shop's."""
        shop = self._here.shop(shop_id or next(iter(self._here.shops)))
        return self._platform.stockroom.send(shop, sku_id, units, by)

    @command
    def withdraw(self, shop_id: str, amount_minor: int) -> Flow:
        """The seller takes so much from the balance to the bank."""
        return self._here.cashier.withdraw(self._here.shop(shop_id).id, amount_minor)

    @command
    def fail_next(self, shop_id: str, *, payment: bool) -> None:
        """The shop's next payment, or else its next withdrawal, will come back."""
        self._here.cashier.fail_next(self._here.shop(shop_id).id, payment=payment)

    def _parcel(self, parcel_id: str) -> Parcel:
        return self._here.outgoing(parcel_id)
