"""What sellers do with their shops: they put goods on sale, price them, and count them."""

from collections.abc import Mapping

from simulator import offering
from simulator.acts.party import PartyActs
from simulator.commands import command
from simulator.errors import NotFound
from simulator.listings.model import ListingStatus
from simulator.orders.model import Party


class ShopkeepersActs(PartyActs):
    """Commands about what the shops of one world offer."""

    party = "shopkeepers"

    @command
    def activate(self, shop_id: str, product_id: str) -> None:
        """The product goes on sale: see ``offering.move``."""
        shop = self._here.shop(shop_id)
        offering.move(self._here, shop, product_id, ListingStatus.ACTIVE, Party.SELLER)

    @command
    def deactivate(self, shop_id: str, product_id: str) -> None:
        """The seller takes it off sale. Orders that were placed stay."""
        shop = self._here.shop(shop_id)
        offering.move(self._here, shop, product_id, ListingStatus.SELLER_DEACTIVATED, Party.SELLER)

    @command
    def take_down(self, shop_id: str, product_id: str) -> None:
        """The platform takes it off sale."""
        shop, status = self._here.shop(shop_id), ListingStatus.PLATFORM_DEACTIVATED
        offering.move(self._here, shop, product_id, status, Party.PLATFORM)

    @command
    def let_sell(self, shop_id: str, product_id: str) -> None:
        """The platform allows it again."""
        shop = self._here.shop(shop_id)
        offering.move(self._here, shop, product_id, ListingStatus.ACTIVE, Party.PLATFORM)

    @command
    def set_prices(self, shop_id: str, prices: Mapping[str, int]) -> None:
        """Minor units by SKU: see ``offering.set_prices``."""
        offering.set_prices(self._here, self._here.shop(shop_id), prices)

    @command
    def count(self, shop_id: str, sku_id: str, units: Mapping[str, int]) -> None:
        """So many of the SKU are for sale in each warehouse: from now on they are counted there."""
        own = {warehouse.id: warehouse for warehouse in self._here.warehouses_of(shop_id)}
        for warehouse_id in units:
            if warehouse_id not in own:
                raise NotFound("warehouse", warehouse_id)
        for warehouse_id, free in units.items():
            self._platform.stockroom.count(own[warehouse_id], sku_id, free)
