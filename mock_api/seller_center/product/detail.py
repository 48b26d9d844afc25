"""Get Product: one product whole."""

from mock_api.seller_center.envelope import Wire
from mock_api.seller_center.product.catalogue import (
    CATEGORY_NAME,
    VARIANT_ATTRIBUTE,
    Audit,
    Image,
    Inventory,
    Price,
    Product,
    StatusInfo,
    centimetres,
    image,
    kilograms,
    variant_value,
)
from mock_api.seller_center.reference import OPTION
from simulator.catalog import Sku


class Category(Wire):
    id: str
    parent_id: str
    local_name: str
    is_leaf: bool


class Dimensions(Wire):
    length: str
    width: str
    height: str
    unit: str


class Weight(Wire):
    value: str
    unit: str


class SalesAttribute(Wire):
    id: str
    name: str
    value_id: str
    value_name: str
    sku_img: Image


class SkuView(Wire):
    id: str
    seller_sku: str
    price: Price
    inventory: list[Inventory]
    sales_attributes: list[SalesAttribute]
    status_info: StatusInfo


class ProductOption(Wire):
    id: str
    name: str
    is_available: bool


class ProductView(Wire):
    id: str
    status: str
    product_status: str
    title: str
    category_chains: list[Category]
    main_images: list[Image]
    description: str
    package_dimensions: Dimensions
    package_weight: Weight
    skus: list[SkuView]
    is_cod_allowed: bool
    create_time: int
    update_time: int
    delivery_options: list[ProductOption]
    is_not_for_sale: bool
    listing_quality_tier: str
    shipping_insurance_requirement: str
    minimum_order_quantity: int
    is_pre_owned: bool
    audit: Audit
    has_draft: bool
    is_replicated: bool


def product_view(product: Product) -> ProductView:
    """*product* as it is now."""
    skus = product.skus
    largest = max(skus, key=lambda sku: sku.weight_g)
    length, width, height = largest.sides_mm
    return ProductView(
        id=product.id,
        status=product.status,
        product_status=product.status,
        title=product.title,
        category_chains=[
            Category(
                id=largest.category_id,
                parent_id="0",
                local_name=CATEGORY_NAME[product.title],
                is_leaf=True,
            )
        ],
        main_images=[image(sku) for sku in skus],
        description=f"<p>{product.title}</p>",
        package_dimensions=Dimensions(
            length=centimetres(length),
            width=centimetres(width),
            height=centimetres(height),
            unit="CENTIMETER",
        ),
        package_weight=Weight(value=kilograms(largest), unit="KILOGRAM"),
        skus=[_sku(product, sku) for sku in skus],
        is_cod_allowed=False,
        create_time=product.created_at,
        update_time=product.updated_at,
        delivery_options=[
            ProductOption(id=option.id, name=option.name, is_available=True)
            for option in OPTION.values()
        ],
        is_not_for_sale=False,
        listing_quality_tier="GOOD",
        shipping_insurance_requirement="NOT_SUPPORTED",
        minimum_order_quantity=1,
        is_pre_owned=False,
        audit=Audit(status="APPROVED"),
        has_draft=False,
        is_replicated=False,
    )


def _sku(product: Product, sku: Sku) -> SkuView:
    (attribute_id, attribute), (value_id, value) = VARIANT_ATTRIBUTE, variant_value(sku)
    return SkuView(
        id=sku.id,
        seller_sku=sku.seller_sku,
        price=product.price(sku),
        inventory=product.inventory(sku),
        sales_attributes=[
            SalesAttribute(
                id=attribute_id,
                name=attribute,
                value_id=value_id,
                value_name=value,
                sku_img=image(sku),
            )
        ],
        status_info=StatusInfo(status="NORMAL"),
    )
