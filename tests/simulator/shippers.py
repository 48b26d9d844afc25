"""What the tests of shipments share: addresses, wishes, windows."""

from datetime import UTC, datetime, timedelta, timezone

from simulator.clock import Instant
from simulator.people import Address
from simulator.shipments.model import Piece, Wish
from simulator.shipments.pickup import PickupWish
from simulator.shipments.windows import Policy, Window

CHINA = timezone(timedelta(hours=8))

SENDER = Address("Sea Trial Goods", "+86 755 8888 0166", "1 Haiyun Rd", "Shenzhen", "518000", "CN")
YIWU = Address("Sea Trial Goods", "+86 579 8888 0166", "2 Chouzhou Rd", "Yiwu", "322000", "CN")
BUYER = Address("Ada Byron", "+44 20 7946 0000", "1 Strand", "London", "WC2N 5HR", "GB")
AMERICAN = Address("Bo Li", "+1 201 555 0101", "9 Main St", "Hoboken", "07030", "US", "NJ")
BOX = Piece(1200, (200, 150, 100))


def wish(carrier="ups", **other):
    """A box from Shenzhen to London."""
    usual = {
        "account": "ups",
        "sender": SENDER,
        "recipient": BUYER,
        "pieces": (BOX,),
        "carrier": carrier,
    }
    return Wish(**(usual | other))


def local(day, hour, minute=0):
    """An instant of January 2030 by the clocks of China; the world starts on Monday the 7th, at
    eight in the morning there."""
    return Instant(int(datetime(2030, 1, day, hour, minute, tzinfo=CHINA).timestamp()))


def call(opens, closes, carrier="ups", policy=None, **other):
    """A courier is called to Shenzhen."""
    window = Window(opens, closes)
    return PickupWish("ups", carrier, SENDER, window, policy=policy or Policy(), **other)


def said(at):
    return datetime.fromtimestamp(at, UTC).astimezone(CHINA).strftime("%d %H:%M")
