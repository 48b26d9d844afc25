"""Everything that exists in one world: its clock, its chance, its journal, and who lives in it.

The registry finds and files; it decides nothing. Rules are in the areas' own modules, reactions in
``platform``, commands in ``world``.
"""

from dataclasses import dataclass, replace
from typing import Final

from simulator import ids
from simulator.admission import Reminder
from simulator.archive import EndedOrders
from simulator.bounds import Bounds
from simulator.buyers.life import Patron
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.closures import Closure
from simulator.carriers.model import Carrier
from simulator.carriers.settings import Changes, carriers_of_a_world
from simulator.carriers.van import Van
from simulator.catalog import BY_ID
from simulator.channels.choice import MARKET, require_rule
from simulator.channels.consignments import Consignment
from simulator.channels.model import ChannelTerms, require_sound
from simulator.channels.stock import Stock
from simulator.channels.suppliers import Errand
from simulator.clock import EPOCH, Instant
from simulator.demand.model import Source
from simulator.disputes.docket import Docket
from simulator.errors import NotFound, UnknownCarrier
from simulator.facts import Fact, HandoverSet, OrderCancelled, OrderCompleted, OrderPlaced
from simulator.ids import Mint
from simulator.journal import Journal
from simulator.listings.model import Listings
from simulator.market import MarketProfile
from simulator.money.books import Books
from simulator.money.cashier import Cashier
from simulator.orders.cancellations import CancellationShelf, cancellations_of
from simulator.orders.customer import Customer
from simulator.orders.model import Cancellation, LineItem, Order, Party
from simulator.orders.references import References
from simulator.papers.shelf import PaperShelf
from simulator.parcels.model import Handover, Parcel
from simulator.parcels.moves import require_travellable
from simulator.people import Address
from simulator.returns.model import Return
from simulator.returns.shelf import ReturnShelf
from simulator.seconds import Seconds
from simulator.sellers.letters import Correspondent
from simulator.sellers.life import Clerk
from simulator.service.shelf import ChatShelf
from simulator.shipments.shelf import PickupShelf, ShipmentShelf
from simulator.streams import Streams
from simulator.trackers.shelf import TrackerShelf
from simulator.waiting import Agenda, Inbox

COUNTRY: Final = "CN"

Bill = tuple[int, str]
"""An amount in minor units, and the currency."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A seller's shop on the platform."""

    id: str
    name: str
    region: str
    """Where its buyers are."""
    independent: bool = False
    """M4: it is the seller's own site, and the platform has no part in it."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """Where a shop's parcels leave from."""

    id: str
    shop_id: str
    city: str
    address: Address
    handover: Handover | None = None
    """How its parcels reach the platform's carrier, where its setting decides; ``None``: as the
    carrier can."""


_OPENS: Final[dict[type[Fact], int]] = {OrderPlaced: 1, OrderCompleted: -1, OrderCancelled: -1}
"""By how many the orders that have not ended become more."""


class Registry:
    """One world's inhabitants, by id."""

    def __init__(
        self,
        seed: int,
        starts_at: Instant,
        market: MarketProfile,
        carriers: Changes | None = None,
    ) -> None:
        self.env = Seconds(starts_at)
        self.agenda = Agenda(self.env)
        self.streams = Streams(seed)
        self.mint = Mint(self.streams)
        self.journal = Journal()
        self.market = market
        self.carriers = carriers_of_a_world(CARRIERS, carriers or {})
        for code in carriers or {}:
            require_travellable(self.carriers[code])
        self.bounds = Bounds()
        """How much there may be: the configuration says it."""
        self.orders_open = 0
        """Placed, and not ended."""
        self._furnish_the_carriers_side()
        self.shops: dict[str, Shop] = {}
        self.warehouses: dict[str, Warehouse] = {}
        self.orders: dict[str, Order] = {}
        self.clerks: dict[str, Clerk] = {}
        self.ended: EndedOrders | None = None
        """Orders that have left memory; ``None`` while no archive is plugged in."""
        self.docket = Docket()
        self.cancellations = CancellationShelf()
        self.papers = PaperShelf()
        self.sources: dict[str, Source] = {}
        self.books = Books()
        self.cashier = Cashier(self)
        self.mishaps = 0.0
        """By what every rate of mishaps is multiplied; zero: nothing goes wrong by itself."""
        self.closures: list[Closure] = []
        """Every one that was announced, in that order."""
        self.channels = ChannelTerms()
        self.carrier_rule = MARKET
        self.stock = Stock()
        self.consignments: dict[str, Consignment] = {}
        self.errands: dict[str, Errand] = {}
        """Orders that suppliers have and have not shipped, by id."""
        self.listings = Listings()
        """What sellers changed of what their shops offer."""
        self.reminder = Reminder(self.agenda, self)
        """The seller's authorisation, and whom the platform shut out."""
        self.bills: dict[tuple[str, ...], Bill | None] = {}
        """Freight that was reckoned before (``forwarding``): no state, for lists never change."""

    def _furnish_the_carriers_side(self) -> None:
        """What carriers carry, who drives for them, and who looks on."""
        self.parcels: dict[str, Parcel] = {}
        self.by_number: dict[str, str] = {}
        """Tracking number to parcel id: what carriers know."""
        self.vans: dict[tuple[str, str], Van] = {}
        self.holds: dict[str, Instant] = {}
        self.shipments = ShipmentShelf()
        """What was handed to carriers outside any order."""
        self.pickups = PickupShelf()
        self.on_call = False
        """Shippers outside the platform have no daily pickup: they call a courier."""
        self.trackers = TrackerShelf()

    def agree(self, channels: ChannelTerms, carrier_rule: str) -> None:
        """What is agreed about channels; UnknownName, or BadSetting, if nobody could keep it."""
        require_rule(carrier_rule, self.carriers)
        require_sound(channels, frozenset(BY_ID))
        self.channels, self.carrier_rule = channels, carrier_rule
        self.customers: dict[str, Customer] = {}
        """Buyers who may come back, by their names."""
        self.correspondents: dict[str, Correspondent] = {}
        """Simulated sellers' other hands: by order, those who write for them."""
        self.patrons: dict[str, Patron] = {}
        """Living buyers, by order."""
        self.returns = ReturnShelf()
        self.references = References()
        """What orders are called in their sellers' own systems."""
        self.chats = ChatShelf()

    @property
    def now(self) -> Instant:
        return self.env.now

    def record(self, fact: Fact) -> None:
        self.orders_open += _OPENS.get(type(fact), 0)
        self.journal.record(self.env.now, fact)

    def find_order(self, order_id: str) -> Order | None:
        """The order of that id, if there is one: in memory, or ended and in the archive."""
        order = self.orders.get(order_id)
        if order is None and self.ended:
            return self.ended.order(order_id)
        return order

    def order(self, order_id: str) -> Order:
        order = self.find_order(order_id)
        if order is None:
            raise NotFound("order", order_id)
        return order

    def cancellation(self, cancellation_id: str) -> tuple[Order, Cancellation]:
        """The cancellation of that id, and its order."""
        order_id = self.cancellations.order_of(cancellation_id)
        order = self.find_order(order_id) if order_id else None
        if order is None and self.ended:
            order = self.ended.order_of_cancellation(cancellation_id)
        for each in cancellations_of(order) if order else ():
            if each.id == cancellation_id:
                assert order is not None
                return order, each
        raise NotFound("cancellation", cancellation_id)

    def file_cancellation(
        self, order: Order, by: Party, reason: str, item_ids: tuple[str, ...] = ()
    ) -> Cancellation:
        """A new one, due now, and the order's latest from now on; without *item_ids* it is about
        all that is left of the order."""
        items = item_ids or tuple(item.id for item in order.live_items)
        fresh, now = self.mint.next_id(ids.CANCELLATION), self.now
        asked = Cancellation(fresh, by, reason, now, now, moved_at=now, item_ids=items)
        self.cancellations.file(order, asked)
        return asked

    def platform_cancels(self, order: Order, reason: str) -> Cancellation:
        return self.file_cancellation(order, Party.PLATFORM, reason)

    def carrier(self, code: str) -> Carrier:
        """This world's carrier of that code; UnknownCarrier tells which there are."""
        try:
            return self.carriers[code]
        except KeyError:
            raise UnknownCarrier(code, ", ".join(self.carriers)) from None

    def parcel(self, parcel_id: str) -> Parcel:
        parcel = self.parcels.get(parcel_id)
        if parcel is None and self.ended:
            parcel = self.ended.parcel(parcel_id)
        if parcel is None:
            raise NotFound("parcel", parcel_id)
        return parcel

    def parcels_of(self, order: Order) -> list[Parcel]:
        try:
            return [self.parcels[parcel_id] for parcel_id in order.parcel_ids]
        except KeyError:  # some have left memory
            return [self.parcel(parcel_id) for parcel_id in order.parcel_ids]

    def parcels_home(self, order: Order) -> list[Parcel]:
        """What its buyer sent back, or means to: none of the order's own parcels."""
        return [self.parcel(each.parcel_id) for each in self.returns.of(order.id) if each.parcel_id]

    def return_in(self, parcel: Parcel) -> Return:
        """The return that *parcel* carries back."""
        filed = self.returns.of(parcel.order_id)
        return next(each for each in filed if each.parcel_id == parcel.id)

    def recipient(self, parcel: Parcel) -> Address:
        """To whom *parcel* goes: as its shipment's label says, or its order's buyer."""
        shipment = self.shipments.with_parcel(parcel.id) if self.shipments.of_parcel else None
        return shipment.wish.recipient if shipment else self.order(parcel.order_id).address

    def outgoing(self, parcel_id: str) -> Parcel:
        """A parcel of the seller's: what goes back is none."""
        parcel = self.parcel(parcel_id)
        if parcel.goes_back:
            raise NotFound("parcel", parcel_id)
        return parcel

    def items_in(self, parcel: Parcel) -> list[LineItem]:
        """The line items in it, order by order."""
        inside = parcel.item_ids
        orders = (self.order(order_id) for order_id in parcel.order_ids)
        return [item for order in orders for item in order.items if item.id in inside]

    def parcel_numbered(self, number: str) -> Parcel | None:
        """Whose label bears *number*, if any carrier knows it."""
        parcel_id = self.by_number.get(number)
        if parcel_id:
            return self.parcels[parcel_id]
        return self.ended.parcel_numbered(number) if self.ended else None

    def shop(self, shop_id: str) -> Shop:
        try:
            return self.shops[shop_id]
        except KeyError:
            raise NotFound("shop", shop_id) from None

    def warehouses_of(self, shop_id: str) -> list[Warehouse]:
        return [each for each in self.warehouses.values() if each.shop_id == shop_id]

    def set_handover(self, warehouse_id: str, handover: Handover | None) -> None:
        if warehouse_id not in self.warehouses:
            raise NotFound("warehouse", warehouse_id)
        changed = replace(self.warehouses[warehouse_id], handover=handover)
        self.warehouses[warehouse_id] = changed
        self.record(HandoverSet(warehouse_id, handover or ""))

    def van(self, carrier: str, city: str) -> Van:
        """The carrier's van in *city*, which drives from now on if it never did."""
        van = self.vans.get((carrier, city))
        if van is None:
            van = self.vans[carrier, city] = Van(carrier, city, Inbox(self.agenda))
        return van

    def held_until(self, carrier: str) -> Instant:
        return self.holds.get(carrier, EPOCH)

    def open_shop(self, name: str, region: str, *, independent: bool = False) -> Shop:
        shop = Shop(self.mint.next_id(ids.SHOP), name, region, independent)
        self.shops[shop.id] = shop
        return shop

    def warehouse_in(self, shop: Shop, city: str) -> Warehouse:
        """The shop's warehouse in *city*, opened now if it has none there yet."""
        for warehouse in self.warehouses_of(shop.id):
            if warehouse.city == city:
                return warehouse
        warehouse_id = self.mint.next_id(ids.WAREHOUSE)
        address = Address(
            name=f"{shop.name} {city}",
            phone="+86 755 8888 0166",
            line1=f"{1 + self.streams.pick('street number', warehouse_id, 300)} Haiyun Road",
            city=city,
            postal_code=f"{510000 + self.streams.pick('postal code', warehouse_id, 9999):06d}",
            region=COUNTRY,
        )
        warehouse = Warehouse(warehouse_id, shop.id, city, address)
        self.warehouses[warehouse_id] = warehouse
        return warehouse
