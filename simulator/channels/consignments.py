"""A consignment: goods of one SKU on their way to a warehouse abroad, by sea or by air (X2).

It only ever arrives; what is wrong with ships is nobody's rule.
"""

from dataclasses import dataclass
from typing import Protocol

from simulator.channels.model import Transport
from simulator.clock import Instant
from simulator.waiting import Inbox, Life


@dataclass(slots=True)
class Consignment:
    """What is on its way, and when it will be there."""

    id: str
    warehouse_id: str
    sku_id: str
    units: int
    by: Transport
    sent_at: Instant
    due_at: Instant
    inbox: Inbox


class Setting(Protocol):
    """What a consignment needs of its world, and no more."""

    def consignment_arrived(self, consignment: Consignment) -> None:
        """Its goods are on hand."""


def consignment_life(here: Setting, consignment: Consignment) -> Life:
    yield consignment.inbox.next_signal(by=consignment.due_at)
    here.consignment_arrived(consignment)
