"""What a buyer checks out with: by command, or as one of a source's orders."""

from simulator.channels.model import Channel
from simulator.clock import EPOCH, Instant
from simulator.frozen import frozen
from simulator.orders.model import Mode


@frozen
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
    channel: str = Channel.DIRECT
    """X1-X3: by which way the goods reach the buyer."""
    parcels: int = 1
    """The platform drafts so many at payment, or one for each item if there are fewer of these."""
    buyer: str = ""
    """A name: whoever buys under it again is the same buyer, at the same address."""
    combined: bool = False
    """The platform combines its parcels, at payment, with those of the same buyer's other orders
    (see ``packaging``)."""
    temperament: str = ""
    """How the buyer behaves; empty: only as told to."""
