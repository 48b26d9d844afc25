"""Every paper of one world. Finds and files; decides nothing."""

from simulator.papers.model import Bundle, Confirmation, Declaration, Invoice, Journey


class PaperShelf:
    """In the order in which they came."""

    def __init__(self) -> None:
        self.invoices: dict[str, Invoice] = {}
        """By parcel: the last one each."""
        self.keys: dict[str, str] = {}
        """Access keys of good invoices, with the parcel of each."""
        self.bundles: dict[str, Bundle] = {}
        self.bundled: dict[str, str] = {}
        """Order to bundle."""
        self.declarations: dict[str, Declaration] = {}
        """By order."""
        self.journeys: dict[str, Journey] = {}
        """By parcel: what the own fleet drives, or drove."""
        self.confirmations: dict[str, Confirmation] = {}
        """By parcel."""

    def file_bundle(self, bundle: Bundle) -> None:
        self.bundles[bundle.id] = bundle
        self.bundled.update(dict.fromkeys(bundle.order_ids, bundle.id))
