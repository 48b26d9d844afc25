"""What is refused about cancelling: reasons that do not fit, items that cannot go, answers that
come too late."""

from simulator.errors.general import DomainError, OrderForbids


class ReasonForbids(DomainError):
    """One reason, one fault."""

    why = ""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"the reason {self.name!r} {self.why}"


class UnknownReason(ReasonForbids):
    """This market's lists have no such reason."""

    why = "is in none of this market's lists"


class ReasonOffline(ReasonForbids):
    """The platform has taken it out of use."""

    why = "is no longer in use here"


class ReasonOfAnother(ReasonForbids):
    """Somebody else's reason: a buyer's, or the platform's own."""

    why = "is not this party's to give"


class ReasonOutOfPlace(DomainError):
    """A good reason, at another status of the order."""

    def __init__(self, name: str, status: str) -> None:
        super().__init__(name, status)
        self.name = name
        self.status = status

    def __str__(self) -> str:
        return f"the reason {self.name!r} cannot be given for what is {self.status}"


class ReasonForOtherAction(ReasonForbids):
    """A reason to ask, given as a reason to refuse."""

    why = "is none to turn somebody down with"


class ReasonForOtherMatter(ReasonForbids):
    """A reason to refuse something else: a return, say, and not a cancellation."""

    why = "is about another matter"


class ItemsIndivisible(OrderForbids):
    """Single line items cannot be cancelled: not in this market, for this reason, or any more."""

    why = "is cancelled as a whole, or not at all"


class ItemsExceeded(DomainError):
    """More is to be cancelled than there is: an item of another order, one that is cancelled, or
    too many of a SKU."""

    def __init__(self, order_id: str, what: str) -> None:
        super().__init__(order_id, what)
        self.order_id = order_id
        self.what = what

    def __str__(self) -> str:
        return f"order {self.order_id} has no {self.what} left to cancel"


class NotARequest(DomainError):
    """A cancellation that asked nobody: it was done at once."""

    def __init__(self, cancellation_id: str) -> None:
        super().__init__(cancellation_id)
        self.cancellation_id = cancellation_id

    def __str__(self) -> str:
        return f"cancellation {self.cancellation_id} asked nobody: there is nothing to answer"


class CancellationOver(DomainError):
    """It has been answered, withdrawn, or overtaken."""

    def __init__(self, cancellation_id: str, how: str) -> None:
        super().__init__(cancellation_id, how)
        self.cancellation_id = cancellation_id
        self.how = how

    def __str__(self) -> str:
        return f"cancellation {self.cancellation_id} waits for no answer: {self.how}"
