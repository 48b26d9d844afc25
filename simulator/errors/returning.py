"""What is refused of refunds, returns and replacements."""

from simulator.errors.general import DomainError, OrderForbids


class ReturnOpen(OrderForbids):
    """Somebody has asked for a refund, a return or a replacement of these goods already."""

    why = "has an open request about these line items"


class ItemsSettled(OrderForbids):
    """Their money is back, or they were replaced."""

    why = "has settled these line items before"


class ItemsUnknown(OrderForbids):
    """The order has no such line items, or not so many of them."""

    why = "has no such line items, or fewer of them"


class WholeOrderOnly(OrderForbids):
    """What is on its way is refunded as a whole."""

    why = "has not arrived: single line items cannot be asked for"


class RefundTooLarge(DomainError):
    """More than the buyer could get back."""

    def __init__(self, order_id: str, wanted: int, most: int) -> None:
        super().__init__(order_id, wanted, most)
        self.order_id = order_id
        self.wanted = wanted
        self.most = most

    def __str__(self) -> str:
        return f"order {self.order_id}: {self.wanted} cannot go back; 1 to {self.most} can"


class ReturnForbids(DomainError):
    """One return, one reason."""

    why = ""

    def __init__(self, return_id: str) -> None:
        super().__init__(return_id)
        self.return_id = return_id

    def __str__(self) -> str:
        return f"return {self.return_id}: {self.why}"


class OfferOpen(ReturnForbids):
    """The seller has offered a part, and the buyer has not answered yet."""

    why = "waits for the buyer's answer to an offer"


class OfferDeclined(ReturnForbids):
    """One offer is all that a seller has."""

    why = "had an offer that the buyer has not taken"


class PlatformDecides(ReturnForbids):
    """The buyer has turned to the platform: the seller has nothing more to say."""

    why = "is in the platform's hands"
