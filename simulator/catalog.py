"""What the shops sell: a small shelf of goods with prices, weights and sizes."""

from dataclasses import dataclass
from typing import Final

from simulator.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Sku:
    """One thing to buy. Price in minor units, weight in grams, sides in millimetres."""

    id: str
    product_id: str
    product: str
    variant: str
    seller_sku: str
    price_minor: int
    weight_g: int
    sides_mm: tuple[int, int, int]
    hazard: str = ""
    """The number under which dangerous goods travel (of the United Nations); empty: none are in."""

    @property
    def category_id(self) -> str:
        """The platform's category of the product (ours, in the platform's form)."""
        return _CATEGORY[self.product]


_LITHIUM_CELLS: Final = "UN3481"
"""Lithium ion batteries, packed with or in equipment."""


_CATEGORY: Final = {
    "Wireless Earbuds": "601739",
    "LED Strip Light": "601990",
    "Ceramic Mug": "600154",
    "Yoga Mat": "603014",
    "Phone Case": "601755",
    "Crochet Cardigan": "601195",
}


def _sku(
    nth: int, product: str, variant: str, price: int, weight: int, sides: tuple[int, int, int]
) -> Sku:
    code = "-".join(word[:3].upper() for word in f"{product} {variant}".split())
    return Sku(
        id=f"1729{nth:05d}{nth * 7919 % 10**9:09d}",
        product_id=f"1728{nth // 2:05d}{nth // 2 * 6007 % 10**9:09d}",
        product=product,
        variant=variant,
        seller_sku=code,
        price_minor=price,
        weight_g=weight,
        sides_mm=sides,
        hazard=_LITHIUM_CELLS if "Earbuds" in product else "",
    )


SHELF: Final = tuple(
    _sku(nth, *row)
    for nth, row in enumerate(
        [
            ("Wireless Earbuds", "White", 1999, 120, (100, 80, 40)),
            ("Wireless Earbuds", "Black", 1999, 120, (100, 80, 40)),
            ("LED Strip Light", "5 m", 1249, 310, (160, 160, 50)),
            ("LED Strip Light", "10 m", 1899, 560, (180, 180, 60)),
            ("Ceramic Mug", "Blue", 899, 380, (120, 120, 110)),
            ("Ceramic Mug", "Green", 899, 380, (120, 120, 110)),
            ("Yoga Mat", "6 mm", 2299, 1100, (620, 130, 130)),
            ("Yoga Mat", "10 mm", 2799, 1600, (620, 160, 160)),
            ("Phone Case", "Clear", 649, 60, (170, 100, 20)),
            ("Phone Case", "Matte", 749, 60, (170, 100, 20)),
            ("Crochet Cardigan", "S", 3499, 540, (320, 260, 70)),
            ("Crochet Cardigan", "M", 3499, 570, (320, 260, 70)),
        ],
        start=2,
    )
)

BY_ID: Final = {sku.id: sku for sku in SHELF}


def sku_with(sku_id: str) -> Sku:
    """The SKU of that id; UnknownName tells which there are."""
    try:
        return BY_ID[sku_id]
    except KeyError:
        raise UnknownName("SKU", sku_id, ", ".join(BY_ID)) from None
