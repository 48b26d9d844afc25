"""What is refused in customer service."""

from simulator.errors.general import DomainError


class MayNotWrite(DomainError):
    """A seller writes first only to whom they know: from a conversation, an order, a return."""

    def __init__(self, buyer_id: str) -> None:
        super().__init__(buyer_id)
        self.buyer_id = buyer_id

    def __str__(self) -> str:
        return (
            f"buyer {self.buyer_id} has not written for 30 days, ordered for 60, or returned "
            "anything: the shop may not write first"
        )


class SensitiveContent(DomainError):
    """The message says what may not be said."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    def __str__(self) -> str:
        return f"nobody may write {self.word!r} here"


class BadCard(DomainError):
    """A card shows what the shop, or the buyer, does not have."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(kind, key)
        self.kind = kind
        self.key = key

    def __str__(self) -> str:
        return f"a {self.kind} cannot show {self.key!r} here"
