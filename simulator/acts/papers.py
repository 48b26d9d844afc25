"""What sellers hand in besides parcels: invoices, bundles, customs lines, their fleet's word."""

from collections.abc import Mapping, Sequence

from simulator import bundling, confirming, own_fleet, paperwork
from simulator.acts.party import PartyActs
from simulator.bundling import HowSent
from simulator.commands import command
from simulator.errors import NotBundled
from simulator.own_fleet import Reason
from simulator.papers.model import (
    Bundle,
    Confirmation,
    CustomsLine,
    Invoice,
    InvoiceFile,
    Report,
)


class PapersActs(PartyActs):
    """Commands about the papers of one world."""

    party = "papers"

    @command
    def upload_invoice(
        self, parcel_id: str, order_ids: Sequence[str], paper: InvoiceFile
    ) -> Invoice:
        """See ``paperwork.upload``."""
        invoice = paperwork.upload(self._here, self._here.outgoing(parcel_id), order_ids, paper)
        paperwork.start_invoice(self._here, invoice)
        return invoice

    @command
    def declare(self, order_id: str, lines: Mapping[str, Sequence[CustomsLine]]) -> None:
        """What customs are told is in these line items."""
        paperwork.declare(self._here, self._order(order_id), lines)

    @command
    def bundle(
        self, order_ids: Sequence[str], how: HowSent, shop_id: str = ""
    ) -> tuple[Bundle | None, list[NotBundled]]:
        """See ``bundling.bundle``; left out, the shop is the first order's."""
        return bundling.bundle(self._here, order_ids, how, shop_id)

    @command
    def deliver(self, parcel_id: str, proof: tuple[str, str] = ("", "")) -> None:
        """The own fleet has handed it over."""
        own_fleet.deliver(self._here, self._platform, self._here.outgoing(parcel_id), proof)

    @command
    def fail_delivery(
        self, parcel_id: str, reason: Reason, proof: tuple[str, str] = ("", "")
    ) -> None:
        """The own fleet has not."""
        own_fleet.fail(self._here, self._platform, self._here.outgoing(parcel_id), reason, proof)

    @command
    def prove_delivery(self, parcel_id: str, proof: tuple[str, str]) -> None:
        """Another proof of what the own fleet has handed over."""
        own_fleet.prove(self._here, self._here.outgoing(parcel_id), proof)

    @command
    def track(self, parcel_id: str, report: Report) -> None:
        """The seller tells of the own fleet's parcel."""
        own_fleet.track(self._here, self._here.outgoing(parcel_id), report)

    @command
    def confirm(self, parcel_id: str, said: Confirmation, units: Mapping[str, int]) -> None:
        """A warehouse confirms that the parcel has left it."""
        confirming.confirm(self._here, self._here.outgoing(parcel_id), said, units)
