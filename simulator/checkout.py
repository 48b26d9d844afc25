"""The checkout: a purchase becomes an order, with whatever the buyer left open drawn by name."""

from collections.abc import Callable, Sequence
from typing import Final

from simulator import ids
from simulator.buyers.temperaments import temperament_named
from simulator.catalog import SHELF, Sku, sku_with
from simulator.channels.model import Channel, channel_named
from simulator.clock import later
from simulator.errors import LimitReached, NotForSale
from simulator.facts import OrderPlaced
from simulator.listings.model import FOR_SALE
from simulator.orders.customer import Customer
from simulator.orders.model import LineItem, Mode, Order
from simulator.orders.purchase import Purchase
from simulator.orders.watch import Watch
from simulator.people import Address, people
from simulator.registry import Registry, Shop
from simulator.sellers.behaviours import behaviour_named
from simulator.stockroom import require_at_home, yard_with
from simulator.waiting import Inbox

_MAX_UNITS: Final = 3
_BY_COMMAND: Final = "command"


def check_out(here: Registry, purchase: Purchase, watch: Callable[[str], Watch]) -> Order:
    """The order that *purchase* makes, filed and recorded; its life is still to be started."""
    shop = here.shop(purchase.shop_id or next(iter(here.shops)))
    skus: Sequence[Sku] = [sku_with(sku_id) for sku_id in purchase.sku_ids]
    if purchase.behaviour:
        behaviour_named(purchase.behaviour)
    if purchase.temperament:
        temperament_named(purchase.temperament)
    channel = channel_named(purchase.channel)
    luck = purchase.drawn_as or _coming_command(here)
    skus = skus or _drawn_basket(here, shop, luck)
    _require_for_sale(here, shop, skus)
    yard = yard_with(here, shop, skus) if channel is Channel.OVERSEAS else None
    require_room(here, 1)
    _require_warehouse(here, shop, yard.city if yard else purchase.city)
    if channel is Channel.DIRECT and here.stock.lines:
        require_at_home(here, shop, purchase.city, skus)
    # From here on nothing is refused: now it may be counted.
    _count_command(here, purchase)
    warehouse = yard or here.warehouse_in(shop, purchase.city)
    order_id = here.mint.next_id(ids.ORDER)
    order = Order(
        id=order_id,
        shop_id=shop.id,
        mode=Mode.SELLER if shop.independent else purchase.mode,
        warehouse_id=warehouse.id,
        city=warehouse.city,
        buyer_id=_buyer_id(here, purchase),
        address=somebody(here, "home", f"customer/{purchase.buyer}" if purchase.buyer else luck),
        items=_line_items(here, shop, skus),
        shipping_fee_minor=here.market.shipping_fee_minor,
        placed_at=here.now,
        inbox=Inbox(here.agenda),
        watch=watch(order_id),
        luck=luck,
        updated_at=here.now,
        due_at=later(here.now, here.market.pay_within),
        has_hold=here.market.has_on_hold and not shop.independent,
        behaviour=purchase.behaviour,
        pays_at=purchase.pays_at,
        channel=channel,
        independent=shop.independent,
        customer=purchase.buyer,
        combines=purchase.combined,
        temperament=purchase.temperament,
    )
    order.drafts = max(1, min(purchase.parcels, len(order.items)))
    here.orders[order.id] = order
    here.record(_placed(order, purchase))
    return order


def require_room(here: Registry, count: int) -> None:
    """So many more orders may be placed now; LimitReached otherwise."""
    bounds = here.bounds
    if here.orders_open + count > bounds.orders:
        raise LimitReached("orders under way", "this world", bounds.orders)
    if here.mint.counted.get(ids.ORDER, 0) + count > bounds.orders_ever:
        raise LimitReached("orders", "this world", bounds.orders_ever)


def _require_warehouse(here: Registry, shop: Shop, city: str) -> None:
    """The shop has a warehouse there, or there is room for one more."""
    most = here.bounds.warehouses
    is_full = len(here.warehouses) >= most
    if is_full and all(each.city != city for each in here.warehouses_of(shop.id)):
        raise LimitReached("warehouses", "this world", most)


def require_in_stock(here: Registry, purchase: Purchase, count: int) -> None:
    """The next *count* checkouts of *purchase* by command find their goods where they are counted:
    all of them, or OutOfStock before the first."""
    channel = channel_named(purchase.channel)
    if channel is Channel.DROPSHIP or (channel is Channel.DIRECT and not here.stock.lines):
        return
    shop = here.shop(purchase.shop_id or next(iter(here.shops)))
    named = [sku_with(sku_id) for sku_id in purchase.sku_ids]
    baskets = (
        named or _drawn_basket(here, shop, _coming_command(here, nth)) for nth in range(count)
    )
    coming = [sku for basket in baskets for sku in basket]
    if channel is Channel.OVERSEAS:
        yard_with(here, shop, coming)
    else:
        require_at_home(here, shop, purchase.city, coming)


def once_more(
    here: Registry,
    order: Order,
    watch: Callable[[str], Watch],
    item_ids: Sequence[str],
    nth: int = 0,
) -> Order:
    """These goods of *order* again, for nothing and paid for at once, the *nth* time (from zero);
    its life is still to be started. Its buyer does nothing unasked."""
    order_id = here.mint.next_id(ids.ORDER)
    again = Order(
        id=order_id,
        shop_id=order.shop_id,
        mode=order.mode,
        warehouse_id=order.warehouse_id,
        city=order.city,
        buyer_id=order.buyer_id,
        address=order.address,
        items=[
            LineItem(here.mint.next_id(ids.LINE_ITEM), item.sku_id, 0)
            for item in order.items
            if item.id in item_ids
        ],
        shipping_fee_minor=0,
        placed_at=here.now,
        inbox=Inbox(here.agenda),
        watch=watch(order_id),
        luck=f"{order.luck}.replacement{nth or ''}",
        updated_at=here.now,
        due_at=later(here.now, here.market.pay_within),
        has_hold=here.market.has_on_hold,
        behaviour=order.behaviour,
        pays_at=here.now,
        replaces=order.id,
    )
    here.orders[again.id] = again
    here.record(_placed(again, Purchase()))
    return again


def _coming_command(here: Registry, ahead: int = 0) -> str:
    """The luck of an order that a command places: those that sources bring do not shift it."""
    return f"{_BY_COMMAND}/{here.mint.counted.get(_BY_COMMAND, 0) + ahead}"


def _count_command(here: Registry, purchase: Purchase) -> None:
    if not purchase.drawn_as:
        here.mint.counted[_BY_COMMAND] = here.mint.counted.get(_BY_COMMAND, 0) + 1


def _buyer_id(here: Registry, purchase: Purchase) -> str:
    """The same for everybody who buys under the same name."""
    if not purchase.buyer:
        return here.mint.next_id(ids.BUYER)
    known = here.customers.get(purchase.buyer)
    if known is None:
        known = here.customers[purchase.buyer] = Customer(here.mint.next_id(ids.BUYER))
    return known.id


def somebody(here: Registry, purpose: str, entity: str, nth: int = 0) -> Address:
    """One of the market's people, drawn for this purpose."""
    pool = people(here.market.locale)
    return pool[here.streams.pick(purpose, entity, len(pool), nth)]


def _placed(order: Order, purchase: Purchase) -> OrderPlaced:
    return OrderPlaced(
        order.id,
        order.status,
        order.shop_id,
        order.mode,
        order.total_minor,
        len(order.items),
        order.city,
        order.address.region,
        purchase.source,
        order.channel,
        order.independent,
    )


def price_minor(here: Registry, shop: Shop, sku: Sku) -> int:
    """What the shop asks for one, in minor units of the market's currency."""
    asked = None
    if here.listings.changed:
        asked = here.listings.price(shop.id, sku.product_id, sku.id)
    return sku.price_minor * here.market.price_factor if asked is None else asked


def _line_items(here: Registry, shop: Shop, skus: Sequence[Sku]) -> list[LineItem]:
    return [
        LineItem(here.mint.next_id(ids.LINE_ITEM), sku.id, price_minor(here, shop, sku))
        for sku in skus
    ]


def _require_for_sale(here: Registry, shop: Shop, skus: Sequence[Sku]) -> None:
    for sku in skus if here.listings.changed else ():
        listing = here.listings.find(shop.id, sku.product_id)
        if listing and listing.status not in FOR_SALE:
            raise NotForSale(sku.product_id, listing.status)


def _drawn_basket(here: Registry, shop: Shop, luck: str) -> list[Sku]:
    """One to three units of what is for sale; of the whole shelf, if nothing is."""
    draw, shelf = here.streams, SHELF
    if here.listings.changed:
        listed = here.listings.is_for_sale
        shelf = tuple(sku for sku in SHELF if listed(shop.id, sku.product_id)) or SHELF
    units = draw.between("basket", luck, (1, _MAX_UNITS))
    return [shelf[draw.pick("sku", luck, len(shelf), nth)] for nth in range(units)]
