"""What is refused anywhere: unknown names, wrong states, bounds, windows."""


class DomainError(Exception):
    """The marketplace refuses; the caller asked for something that the rules do not allow."""


class NotFound(DomainError):
    """No such order, parcel, shop or warehouse in this world."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(kind, key)
        self.kind = kind
        self.key = key

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.key!r} in this world"


class WrongStatus(DomainError):
    """The order, or parcel, is not in a status that allows this."""

    def __init__(self, key: str, status: str, wanted: str) -> None:
        super().__init__(key, status, wanted)
        self.key = key
        self.status = status
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.key} is {self.status}; this needs {self.wanted}"


class OrderForbids(DomainError):
    """One order, one reason."""

    why = ""

    def __init__(self, order_id: str) -> None:
        super().__init__(order_id)
        self.order_id = order_id

    def __str__(self) -> str:
        return f"order {self.order_id}: {self.why}"


class WrongMode(OrderForbids):
    """Platform shipping was asked of a seller-shipped order, or the other way round (M1, M2)."""

    why = "is not shipped in this mode"


class UnknownCarrier(DomainError):
    """No carrier of that code works in this world."""

    def __init__(self, carrier: str, known: str) -> None:
        super().__init__(carrier, known)
        self.carrier = carrier
        self.known = known

    def __str__(self) -> str:
        return f"no carrier {self.carrier!r}; known are {self.known}"


class ClockMovesForward(DomainError):
    """Virtual time cannot be turned back."""

    def __init__(self, now: int, wanted: int) -> None:
        super().__init__(now, wanted)
        self.now = now
        self.wanted = wanted

    def __str__(self) -> str:
        return f"it is {self.now} already: time cannot go back to {self.wanted}"


class UnknownName(DomainError):
    """A setting names something that does not exist: a market, a behaviour, a product."""

    def __init__(self, kind: str, name: str, known: str) -> None:
        super().__init__(kind, name, known)
        self.kind = kind
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"no {self.kind} {self.name!r}; known are {self.known}"


class BadSetting(DomainError):
    """A setting has a value that it cannot have."""

    def __init__(self, path: str, value: str, wanted: str) -> None:
        super().__init__(path, value, wanted)
        self.path = path
        self.value = value
        self.wanted = wanted

    def __str__(self) -> str:
        return f"{self.path} cannot be {self.value}: it takes {self.wanted}"


class BadSnapshot(DomainError):
    """A saved world cannot be restored: another version wrote it, or it is none."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(place, wrong)
        self.place = place
        """The part of the snapshot: ``orders[3].items[0].price``."""
        self.wrong = wrong

    def __str__(self) -> str:
        return f"this is no snapshot to restore: {self.place} {self.wrong}"


class BadEvidence(DomainError):
    """What was handed in is no photo or paper that a dispute could be decided with (H2)."""

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(field, wanted)
        self.field = field
        self.wanted = wanted

    def __str__(self) -> str:
        return f"evidence: {self.field} must be {self.wanted}"


class LimitReached(DomainError):
    """There are as many of these already as there may be."""

    def __init__(self, kind: str, key: str, limit: int) -> None:
        super().__init__(kind, key, limit)
        self.kind = kind
        self.key = key
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.key} has {self.limit} of its {self.kind} already: it may have no more"


class WindowClosed(DomainError):
    """It is too late for this: the time for it has run out."""

    def __init__(self, key: str, closed_at: int) -> None:
        super().__init__(key, closed_at)
        self.key = key
        self.closed_at = closed_at

    def __str__(self) -> str:
        return f"{self.key}: the time for this ended at {self.closed_at}"


class ComplaintOpen(OrderForbids):
    """The buyer has complained already, and waits for the end of that."""

    why = "has a complaint of its buyer that is not closed yet"


class AlreadyRefunded(OrderForbids):
    """The buyer has all of the money back, or has paid none."""

    why = "has nothing left of its payment that could go back"


class BadDemand(DomainError):
    """A source of orders as nobody could bring them: each flaw with its path and what is wrong."""

    def __init__(self, flaws: tuple[tuple[str, str], ...]) -> None:
        super().__init__(flaws)
        self.flaws = flaws

    def __str__(self) -> str:
        return "; ".join(f"{path}: {message}" for path, message in self.flaws)


class BadCommand(DomainError):
    """A command that was written down cannot be repeated: no command of this version reads so."""

    def __init__(self, command: str, wrong: str) -> None:
        super().__init__(command, wrong)
        self.command = command
        self.wrong = wrong

    def __str__(self) -> str:
        return f"the command {self.command} cannot be repeated: {self.wrong}"
