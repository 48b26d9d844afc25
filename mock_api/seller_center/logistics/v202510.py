"""Logistics, version 202510: Get Available Shipping Template, with the product in its body.

By the newer client, it is there for Japan and the United Kingdom only (``Ways.has_templates``);
elsewhere a shop has no templates (inferred). A shop here has one for each delivery option.
"""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Final, Literal

from fastapi import Body as JsonBody
from fastapi import Request

from mock_api.seller_center.envelope import Envelope, Wire, ok
from mock_api.seller_center.errors import Refusal, bad_parameter
from mock_api.seller_center.gates import access
from mock_api.seller_center.logistics.limits import DIMENSION, WEIGHT
from mock_api.seller_center.reference import OPTION
from mock_api.seller_center.requests import Body, CallerDep, gated_router, world_of
from simulator import Mode

router: Final = gated_router("logistics", "202510")

_GRAMS: Final = {
    1: Decimal(1),
    2: Decimal("453.59237"),
    3: Decimal("28.349523125"),
    4: Decimal(1000),
}
_CENTIMETRES: Final = {
    1: Decimal(1),
    2: Decimal("2.54"),
    3: Decimal("30.48"),
    4: Decimal("0.1"),
    5: Decimal(100),
}
_LENGTH, _WIDTH, _HEIGHT, _TOO_HEAVY = "1", "2", "3", "4"
"""Values of ``filter_type``."""
_MOST_DIGITS: Final = 9
"""No product is as long, or as heavy, as that."""
_PARTY: Final = {Mode.PLATFORM: 1, Mode.SELLER: 2}


class WeightWish(Body):
    weight: str | None = None
    unit: Literal[1, 2, 3, 4] = 1


class DimensionWish(Body):
    length: str | None = None
    width: str | None = None
    height: str | None = None
    unit: Literal[1, 2, 3, 4, 5] = 1


class ProductWish(Body):
    weight: WeightWish | None = None
    dimension: DimensionWish | None = None


class TemplateWish(Body):
    product_attribute: ProductWish | None = None


class Template(Wire):
    template_name: str
    template_id: str
    is_default: bool
    template_party: int


class FilterReason(Wire):
    filter_type: str
    reason: str


class Unreachable(Wire):
    service_id: str
    filter_reason: list[FilterReason]


class TemplateView(Wire):
    template_is_available: bool
    template: Template
    service_unreachable_reason: list[Unreachable] | None = None


class Templates(Wire):
    templates: list[TemplateView] | None = None


@router.get("/seller_templates", response_model_exclude_none=True)
@access("seller.logistics")
async def get_available_shipping_template(
    request: Request,
    caller: CallerDep,
    wanted: Annotated[TemplateWish | None, JsonBody()] = None,
) -> Envelope[Templates]:
    if not world_of(caller).registry.market.ways.has_templates:
        return ok(request, Templates())
    product = (wanted.product_attribute if wanted else None) or ProductWish()
    reasons = _reasons(product)
    views = [_template(mode, reasons) for mode in OPTION]
    return ok(request, Templates(templates=views))


def _template(mode: Mode, reasons: list[FilterReason]) -> TemplateView:
    option = OPTION[mode]
    unreachable = [Unreachable(service_id=option.id, filter_reason=reasons)] if reasons else None
    return TemplateView(
        template_is_available=not reasons,
        template=Template(
            template_name=option.name,
            template_id=option.id,
            is_default=mode is Mode.PLATFORM,
            template_party=_PARTY[mode],
        ),
        service_unreachable_reason=unreachable,
    )


def _reasons(product: ProductWish) -> list[FilterReason]:
    """Why the product cannot travel; none, if it can."""
    found = []
    if product.dimension:
        by = _CENTIMETRES[product.dimension.unit]
        for kind, name in ((_LENGTH, "length"), (_WIDTH, "width"), (_HEIGHT, "height")):
            side = _amount(name, getattr(product.dimension, name)) * by
            if side > DIMENSION[f"max_{name}"]:
                text = f"The {name} exceeds {DIMENSION[f'max_{name}']} cm"
                found.append(FilterReason(filter_type=kind, reason=text))
    if product.weight:
        grams = _amount("weight", product.weight.weight) * _GRAMS[product.weight.unit]
        if grams > WEIGHT["max_weight"]:
            text = f"The weight exceeds {WEIGHT['max_weight']} g"
            found.append(FilterReason(filter_type=_TOO_HEAVY, reason=text))
    return found


def _amount(name: str, text: str | None) -> Decimal:
    """A decimal number; left out, nought."""
    try:
        amount = Decimal(text or "0")
    except InvalidOperation:
        raise Refusal(bad_parameter(name, "is no number")) from None
    if not amount.is_finite() or amount < 0 or amount.adjusted() > _MOST_DIGITS:
        raise Refusal(bad_parameter(name, "is no number"))
    return amount
