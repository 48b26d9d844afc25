"""What a new sandbox may agree about its channels: goods abroad, and suppliers."""

from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from mock_api.control.requests import Wish
from mock_api.control.sources import Share, Span
from simulator.channels.model import (
    EVERY_SKU,
    ChannelTerms,
    StockTerms,
    Transport,
    WhenOut,
)
from simulator.channels.suppliers import SUPPLIERS, Supplier

_USUAL: Final = StockTerms()
_MOST_UNITS: Final = 1_000_000
_MOST_SKUS: Final = 1_000


def _by_sku(wanted: object) -> object:
    return {EVERY_SKU: wanted} if isinstance(wanted, int) else wanted


Units = Annotated[int, Field(ge=0, le=_MOST_UNITS)]


class WishedStock(Wish):
    """X2: goods abroad."""

    units: Annotated[
        dict[str, Units],
        Field(max_length=_MOST_SKUS),
        BeforeValidator(_by_sku, json_schema_input_type=int | dict[str, int]),
    ] = Field(default_factory=dict)
    """On hand at the start in each shop's warehouse: by SKU id, ``*`` for every other, or one
    number for all. None: no warehouse."""
    reorder_at: Units = 0
    """More is sent once so few are free or under way."""
    reorder_units: Units = 0
    """So many; nought: never by itself."""
    reorder_by: Transport = _USUAL.reorder_by
    sea: Span = _USUAL.sea_span
    air: Span = _USUAL.air_span
    when_out: WhenOut = _USUAL.when_out
    """What a source's buyers do who find too few."""

    def terms(self) -> StockTerms:
        return StockTerms(
            units=self.units,
            reorder_at=self.reorder_at,
            reorder_units=self.reorder_units,
            reorder_by=self.reorder_by,
            sea_span=self.sea,
            air_span=self.air,
            when_out=self.when_out,
        )


class WishedSupplier(Wish):
    """X3: who ships for sellers without goods."""

    code: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Annotated[str, Field(max_length=200)] = ""
    lead: Span
    """From the order to the handover; the longer one is promised."""
    late: Share = 0.0
    """The share of orders that take longer,"""
    late_by: Span = (0, 0)
    """by so much."""
    refuses: Share = 0.0

    def supplier(self) -> Supplier:
        return Supplier(
            self.code, self.name or self.code, self.lead, self.late, self.late_by, self.refuses
        )


def agreed(stock: WishedStock, suppliers: list[WishedSupplier] | None) -> ChannelTerms:
    """The terms; what is left out is as usual."""
    known = SUPPLIERS if suppliers is None else tuple(each.supplier() for each in suppliers)
    return ChannelTerms(stock=stock.terms(), suppliers=known)
