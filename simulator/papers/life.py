"""The life of an invoice: somebody looks at it, and says what it is worth."""

from typing import Protocol

from simulator.papers.model import Invoice, InvoiceStatus
from simulator.waiting import Life, TimeUp


class Setting(Protocol):
    """What an invoice needs of its world, and no more."""

    def invoice_read(self, invoice: Invoice) -> None:
        """The time for it is over."""


def invoice_life(here: Setting, invoice: Invoice) -> Life:
    """Processed, until it is due."""
    if invoice.status is InvoiceStatus.PROCESSING:
        _: TimeUp = yield invoice.inbox.next_signal(by=invoice.due_at)
        here.invoice_read(invoice)
