"""The long trees of an amount's parts: which names each answer's contract has.

Our world knows a few of them as figures; the platform's samples write the others as "0", and so do
we.
"""

from collections.abc import Mapping
from typing import Final

Leaves = dict[str, str]
Tree = dict[str, str | Leaves]
"""Amounts by name; one level down, again."""

_NOUGHT: Final = "0"


def leaves(names: tuple[str, ...], known: Mapping[str, str]) -> Leaves:
    """Every name: with its figure, or nought."""
    assert known.keys() <= set(names), known
    return {name: known.get(name, _NOUGHT) for name in names}


REVENUE: Final = (
    "subtotal_before_discount_amount",
    "refund_subtotal_before_discount_amount",
    "seller_discount_amount",
    "seller_discount_refund_amount",
    "cod_service_fee_amount",
    "refund_cod_service_fee_amount",
)
"""Of all three answers."""

STATEMENT_SHIPPING: Final = (
    "actual_shipping_fee_amount",
    "shipping_fee_discount_amount",
    "customer_paid_shipping_fee_amount",
    "return_shipping_fee_amount",
    "replacement_shipping_fee_amount",
    "exchange_shipping_fee_amount",
    "signature_confirmation_fee_amount",
    "shipping_insurance_fee_amount",
    "fbt_fulfillment_fee_reimbursement_amount",
    "return_shipping_label_fee_amount",
    "seller_self_shipping_service_fee_amount",
    "return_shipping_fee_paid_buyer_amount",
    "failed_delivery_subsidy_amount",
    "shipping_fee_guarantee_reimbursement",
    "fbt_free_shipping_fee_amount",
    "free_return_subsidy_amount",
)
"""Get Transactions by Statement 202501."""

STATEMENT_SHIPPING_EXTRA: Final = (
    "platform_shipping_fee_discount_amount",
    "promo_shipping_incentive_amount",
    "shipping_fee_subsidy_amount",
    "seller_shipping_fee_discount_amount",
    "customer_shipping_fee_offset_amount",
    "fbm_shipping_cost_amount",
    "fbt_shipping_cost_amount",
    "fbt_fulfillment_fee_amount",
    "fbt_fulfillment_fee_reimbursement_amount",
    "return_refund_subsidy_amount",
    "refunded_customer_shipping_fee_amount",
    "customer_shipping_fee",
    "refund_customer_shipping_fee",
)
"""Get Transactions by Statement 202501."""

STATEMENT_FEES: Final = (
    "platform_commission_amount",
    "referral_fee_amount",
    "refund_administration_fee_amount",
    "transaction_fee_amount",
    "credit_card_handling_fee_amount",
    "affiliate_commission_amount",
    "affiliate_commission_amount_before_pit",
    "affiliate_partner_commission_amount",
    "affiliate_ads_commission_amount",
    "sfp_service_fee_amount",
    "live_specials_fee_amount",
    "bonus_cashback_service_fee_amount",
    "mall_service_fee_amount",
    "voucher_xtra_service_fee_amount",
    "flash_sales_service_fee_amount",
    "cofunded_promotion_service_fee_amount",
    "pre_order_service_fee_amount",
    "tsp_commission_amount",
    "dt_handling_fee_amount",
    "epr_pob_service_fee_amount",
    "seller_paylater_handling_fee_amount",
    "fee_per_item_sold_amount",
    "cofunded_creator_bonus_amount",
    "dynamic_commission_amount",
    "external_affiliate_marketing_fee_amount",
    "vn_fix_infrastructure_fee",
    "affiliate_commission_deposit",
    "affiliate_commission_release",
    "tap_shop_ads_commission",
    "shipping_fee_guarantee_service_fee",
    "installation_service_fee",
    "campaign_resource_fee",
)
"""Get Transactions by Statement 202501."""

STATEMENT_TAXES: Final = (
    "vat_amount",
    "import_vat_amount",
    "customs_duty_amount",
    "customs_clearance_amount",
    "sst_amount",
    "gst_amount",
    "iva_amount",
    "isr_amount",
    "anti_dumping_duty_amount",
    "local_vat_amount",
    "pit_amount",
)
"""Get Transactions by Statement 202501."""

ORDER_SHIPPING: Final = (
    "actual_shipping_fee_amount",
    "shipping_fee_discount_amount",
    "customer_paid_shipping_fee_amount",
    "return_shipping_fee_amount",
    "replacement_shipping_fee_amount",
    "exchange_shipping_fee_amount",
    "signature_confirmation_fee_amount",
    "shipping_insurance_fee_amount",
    "fbt_fulfillment_fee_reimbursement_amount",
    "return_shipping_label_fee_amount",
    "seller_self_shipping_service_fee_amount",
    "return_shipping_fee_paid_buyer_amount",
    "failed_delivery_subsidy_amount",
    "fbt_free_shipping_fee_amount",
    "free_return_subsidy_amount",
)
"""Get Transactions by Order 202501."""

ORDER_SHIPPING_EXTRA: Final = (
    "fbt_fulfillment_fee_reimbursement_amount",
    "platform_shipping_fee_discount_amount",
    "promo_shipping_incentive_amount",
    "shipping_fee_subsidy_amount",
    "seller_shipping_fee_discount_amount",
    "fbt_shipping_cost_amount",
    "customer_shipping_fee_offset_amount",
    "fbm_shipping_cost_amount",
    "fbt_fulfillment_fee_amount",
    "return_refund_subsidy_amount",
    "refunded_customer_shipping_fee_amount",
    "shipping_fee_guarantee_reimbursement",
)
"""Get Transactions by Order 202501."""

ORDER_FEES: Final = (
    "platform_commission_amount",
    "referral_fee_amount",
    "refund_administration_fee_amount",
    "transaction_fee_amount",
    "credit_card_handling_fee_amount",
    "affiliate_commission_amount",
    "affiliate_commission_amount_before_pit",
    "affiliate_partner_commission_amount",
    "affiliate_ads_commission_amount",
    "sfp_service_fee_amount",
    "live_specials_fee_amount",
    "bonus_cashback_service_fee_amount",
    "mall_service_fee_amount",
    "voucher_xtra_service_fee_amount",
    "flash_sales_service_fee_amount",
    "cofunded_promotion_service_fee_amount",
    "pre_order_service_fee_amount",
    "tsp_commission_amount",
    "dt_handling_fee_amount",
    "epr_pob_service_fee_amount",
    "fee_per_item_sold_amount",
    "seller_paylater_handling_fee_amount",
    "cofunded_creator_bonus_amount",
    "dynamic_commission_amount",
    "external_affiliate_marketing_fee_amount",
    "vn_fix_infrastructure_fee",
    "affiliate_commission_deposit",
    "affiliate_commission_release",
    "tap_shop_ads_commission",
    "shipping_fee_guarantee_service_fee",
    "installation_service_fee",
    "campaign_resource_fee",
)
"""Get Transactions by Order 202501."""

ORDER_TAXES: Final = (
    "vat_amount",
    "import_vat_amount",
    "customs_duty_amount",
    "customs_clearance_amount",
    "sst_amount",
    "gst_amount",
    "iva_amount",
    "isr_amount",
    "anti_dumping_duty_amount",
    "local_vat_amount",
    "pit_amount",
)
"""Get Transactions by Order 202501."""

UNSETTLED_SHIPPING: Final = (
    "actual_shipping_fee_amount",
    "shipping_fee_discount_amount",
    "customer_paid_shipping_fee_amount",
    "return_shipping_fee_amount",
    "replacement_shipping_fee_amount",
    "exchange_shipping_fee_amount",
    "signature_confirmation_fee_amount",
    "shipping_insurance_fee_amount",
)
"""Get Unsettled Transactions 202507."""

UNSETTLED_SHIPPING_EXTRA: Final = (
    "customer_shipping_fee_offset_amount",
    "shipping_fee_subsidy_amount",
    "platform_shipping_fee_discount_amount",
    "fbm_shipping_cost_amount",
    "fbt_shipping_cost_amount",
    "promo_shipping_incentive_amount",
    "fbt_fulfillment_fee_amount",
    "seller_shipping_fee_discount_amount",
)
"""Get Unsettled Transactions 202507."""

UNSETTLED_FEES: Final = (
    "platform_commission_amount",
    "referral_fee_amount",
    "refund_administration_fee_amount",
    "transaction_fee_amount",
    "credit_card_handling_fee_amount",
    "affiliate_commission_amount",
    "affiliate_commission_before_pit_amount",
    "pit_withheld_from_ads_commission_amount",
    "affiliate_partner_commission_amount",
    "affiliate_ads_commission_amount",
    "sfp_service_fee_amount",
    "live_specials_fee_amount",
    "bonus_cashback_service_fee_amount",
    "mall_service_fee_amount",
    "retail_delivery_fee_amount",
    "retail_delivery_fee_payment_amount",
    "retail_delivery_fee_refund_amount",
)
"""Get Unsettled Transactions 202507."""

UNSETTLED_TAXES: Final = (
    "sales_tax_amount",
    "sales_tax_payment_amount",
    "sales_tax_refund_amount",
    "vat_amount",
    "import_vat_amount",
    "customs_duty_amount",
    "customs_clearance_amount",
    "sst_amount",
    "gst_amount",
)
"""Get Unsettled Transactions 202507."""

SUPPLEMENT: Final = (
    "customer_payment_amount",
    "customer_refund_amount",
    "platform_discount_amount",
    "platform_discount_refund_amount",
    "seller_cofunded_discount_amount",
    "seller_cofunded_discount_refund_amount",
    "platform_cofunded_discount_amount",
    "platform_cofunded_discount_refund_amount",
    "retail_delivery_fee_amount",
    "retail_delivery_fee_payment_amount",
    "retail_delivery_fee_refund_amount",
    "sales_tax_amount",
    "sales_tax_payment_amount",
    "sales_tax_refund_amount",
)
"""Get Transactions by Statement 202501."""
