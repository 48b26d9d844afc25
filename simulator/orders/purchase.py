"""What a buyer checks out with: by command, or as one of a source's orders."""

from dataclasses import dataclass

from simulator.clock import EPOCH, Instant
from simulator.orders.model import Mode


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer checks out with. Whatever is left empty, the world draws."""

    shop_id: str = ""
    mode: Mode = Mode.PLATFORM
    city: str = "Shenzhen"
    sku_ids: tuple[str, ...] = ()
    paid: bool = True
    behaviour: str = ""
    pays_at: Instant = EPOCH
    """When a buyer who has not paid means to; EPOCH: not without being told to."""
    source: str = ""
    """Of demand; empty: a command."""
    drawn_as: str = ""
    """After what the world's draws are named; empty: the order's id."""
    temperament: str = ""
    """How the buyer behaves; empty: only as told to."""
