"""Every complaint of one world, by its id and by its order. Finds and files; decides nothing."""

from simulator.disputes.model import BuyerComplaint, CarrierComplaint
from simulator.errors import NotFound


class Docket:
    """The complaints' shelf; each kind in the order in which it was filed."""

    def __init__(self) -> None:
        self.about_carriers: dict[str, CarrierComplaint] = {}
        self.by_buyers: dict[str, BuyerComplaint] = {}
        self._about_carriers_of: dict[str, list[CarrierComplaint]] = {}
        self._by_buyer_of: dict[str, list[BuyerComplaint]] = {}

    def file_about_carrier(self, complaint: CarrierComplaint) -> None:
        self.about_carriers[complaint.id] = complaint
        self._about_carriers_of.setdefault(complaint.order_id, []).append(complaint)

    def file_by_buyer(self, complaint: BuyerComplaint) -> None:
        self.by_buyers[complaint.id] = complaint
        self._by_buyer_of.setdefault(complaint.order_id, []).append(complaint)

    def about_carriers_of(self, order_id: str) -> tuple[CarrierComplaint, ...]:
        return tuple(self._about_carriers_of.get(order_id, ()))

    def by_buyer_of(self, order_id: str) -> tuple[BuyerComplaint, ...]:
        return tuple(self._by_buyer_of.get(order_id, ()))

    def has_open(self, order_id: str) -> bool:
        """Whether anything about that order is still to be decided, or paid."""
        return any(each.inbox.waiting for each in self.about_carriers_of(order_id)) or any(
            each.is_open for each in self.by_buyer_of(order_id)
        )

    def about_carrier(self, complaint_id: str) -> CarrierComplaint:
        try:
            return self.about_carriers[complaint_id]
        except KeyError:
            raise NotFound("complaint about a carrier", complaint_id) from None

    def by_buyer(self, complaint_id: str) -> BuyerComplaint:
        try:
            return self.by_buyers[complaint_id]
        except KeyError:
            raise NotFound("complaint by a buyer", complaint_id) from None
