"""A shop's products as the platform shows them: what is on the shelf, with the shop's own prices,
its status and what it has of them."""

from dataclasses import dataclass
from typing import Final

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.order.view import money
from simulator import World, checkout
from simulator.catalog import SHELF, Sku
from simulator.channels.stock import StockLine
from simulator.clock import Instant
from simulator.listings.model import ListingStatus
from simulator.registry import Shop

UNCOUNTED: Final = 99_999
"""What a warehouse shows of a SKU that nobody has counted there, and that never runs out."""

_IMAGE_SIDE: Final = 600
_GRAMS_PER_KILOGRAM: Final = 1000
_MM_PER_CM: Final = 10

CATEGORY_NAME: Final = {
    "Wireless Earbuds": "Headphones & Earphones",
    "LED Strip Light": "Lighting",
    "Ceramic Mug": "Drinkware",
    "Yoga Mat": "Sports & Outdoor",
    "Phone Case": "Phone Accessories",
    "Crochet Cardigan": "Women's Tops",
}
"""What the products' categories are called (ours: no source lists the platform's)."""

_VARIANT: Final = "100000"
"""The sales attribute by which SKUs of one product differ: 100000 is the platform's colour."""


class Price(Wire):
    currency: str
    tax_exclusive_price: str
    sale_price: str


class Inventory(Wire):
    warehouse_id: str
    quantity: int


class StatusInfo(Wire):
    status: str


class Audit(Wire):
    status: str


class Image(Wire):
    height: int
    width: int
    thumb_urls: list[str]
    uri: str
    urls: list[str]


@dataclass(frozen=True, slots=True)
class Product:
    """One product of one shop, as it is now."""

    world: World
    shop: Shop
    id: str

    @property
    def skus(self) -> list[Sku]:
        return [sku for sku in SHELF if sku.product_id == self.id]

    @property
    def title(self) -> str:
        return self.skus[0].product

    @property
    def status(self) -> ListingStatus:
        listing = self.world.registry.listings.find(self.shop.id, self.id)
        return listing.status if listing else ListingStatus.ACTIVE

    @property
    def created_at(self) -> Instant:
        """With the world: nobody makes products here."""
        return self.world.config.starts_at

    @property
    def updated_at(self) -> Instant:
        listing = self.world.registry.listings.find(self.shop.id, self.id)
        return listing.updated_at if listing else self.created_at

    def price(self, sku: Sku) -> Price:
        market = self.world.registry.market
        asked = money(checkout.price_minor(self.world.registry, self.shop, sku), market)
        return Price(currency=market.currency, tax_exclusive_price=asked, sale_price=asked)

    def inventory(self, sku: Sku) -> list[Inventory]:
        return [
            Inventory(warehouse_id=warehouse_id, quantity=line.free if line else UNCOUNTED)
            for warehouse_id, line in self.lines(sku)
        ]

    def lines(self, sku: Sku) -> list[tuple[str, StockLine | None]]:
        """The shop's warehouses, each with its count of the SKU; ``None`` where there is none."""
        registry = self.world.registry
        return [
            (warehouse.id, registry.stock.lines.get(warehouse.id, {}).get(sku.id))
            for warehouse in registry.warehouses_of(self.shop.id)
        ]


def products_of(world: World, shop: Shop) -> list[Product]:
    """All that the shop has, in the shelf's order."""
    return [Product(world, shop, id_) for id_ in dict.fromkeys(sku.product_id for sku in SHELF)]


def find_product(world: World, shop: Shop, product_id: str) -> Product | None:
    known = any(sku.product_id == product_id for sku in SHELF)
    return Product(world, shop, product_id) if known else None


def image(sku: Sku) -> Image:
    url = f"https://images.seatrial.example/{sku.id}.jpg"
    side = _IMAGE_SIDE
    return Image(height=side, width=side, thumb_urls=[url], uri=f"seatrial/{sku.id}", urls=[url])


def kilograms(sku: Sku) -> str:
    return f"{sku.weight_g / _GRAMS_PER_KILOGRAM:g}"


def centimetres(millimetres: int) -> str:
    return f"{millimetres / _MM_PER_CM:g}"


def variant_value(sku: Sku) -> tuple[str, str]:
    """Id and name of the value by which the SKU differs from its siblings."""
    return f"{_VARIANT}{sku.id[-6:]}", sku.variant


VARIANT_ATTRIBUTE: Final = (_VARIANT, "Variant")
