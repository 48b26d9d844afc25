"""What is refused of the seller's balance."""

from simulator.errors.general import DomainError


class BalanceTooLow(DomainError):
    """More is to be withdrawn than the platform holds for the shop; or nothing, or less."""

    def __init__(self, shop_id: str, wanted: int, balance: int) -> None:
        super().__init__(shop_id, wanted, balance)
        self.shop_id = shop_id
        self.wanted = wanted
        self.balance = balance

    def __str__(self) -> str:
        return f"shop {self.shop_id} cannot withdraw {self.wanted}: its balance is {self.balance}"
