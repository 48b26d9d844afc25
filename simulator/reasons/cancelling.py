"""Why orders are cancelled, and why sellers turn that down.

A line: who gives it, its name, in which of an order's statuses (their letters in ``model.LETTERS``;
``-``: in any), in which lists, and the label that people read. From the platform's lists of reasons,
whose labels end after sixty characters.
"""

from typing import Final

ROWS: Final = """
buyer ecom_order_unpaid_canceled_reason_payment_method_not_available U US Preferred payment method not available
buyer ecom_order_unpaid_canceled_reason_created_by_mistakes U US Ordered by mistake
buyer ecom_order_unpaid_canceled_reason_better_price U US,ID,MY,PH,SG,TH,VN Better price available
buyer ecom_order_unpaid_canceled_reason_no_longer_needed U US,ID,TH,EU No longer needed
buyer ecom_order_unpaid_canceled_reason_other U US,ID,MY,PH,SG,TH,VN Other
buyer ecom_order_to_ship_canceled_reason_forgot_to_apply_coupons U US,MX,BR Forgot to apply coupons
buyer ecom_order_to_ship_canceled_reason_change_payment_method HA US,ID,MY,PH,SG,TH,VN,EU Need to change payment method
buyer ecom_order_to_ship_canceled_reason_discount_not_expected HA US,ID,MY,PH,SG,TH,VN,EU Discount not as expected
buyer ecom_order_to_ship_canceled_reason_created_by_mistakes HA US,MX,BR Bought by mistake
buyer ecom_order_to_ship_canceled_reason_high_delivery_costs HA US High shipping fee
buyer ecom_order_to_ship_canceled_reason_better_price HA US,ID,MY,PH,SG,TH,VN,MX,BR,EU Better price available
buyer ecom_order_to_ship_canceled_reason_wrong_delivery_info HA US,MX,BR Incorrect shipping address
buyer ecom_order_to_ship_canceled_reason_not_shipped_on_time HA US,MX,BR Item wasn't shipped on time
buyer ecom_order_to_ship_canceled_reason_no_longer_needed HA US,TH,MX,BR No longer needed
buyer ecom_order_to_ship_canceled_reason_forgot_to_apply_coupons HA US,MX,BR Forgot to apply coupons
buyer ecom_order_unpaid_canceled_reason_payment_method_not_available_uk U UK Desired payment method not available
buyer ecom_order_unpaid_canceled_reason_wrong_delivery_info_uk U UK Wrong delivery information
buyer ecom_order_unpaid_canceled_reason_created_by_mistakes_uk U UK Order created by mistake
buyer ecom_order_unpaid_canceled_reason_better_price_uk U UK Better price available
buyer ecom_order_unpaid_canceled_reason_no_longer_needed_uk U UK No longer needed
buyer ecom_order_unpaid_canceled_reason_other_uk U UK Other
buyer ecom_order_to_ship_canceled_reason_discount_not_expected_uk U UK Discount not as expected
buyer ecom_order_to_ship_canceled_reason_high_delivery_costs_uk U UK High delivery costs
buyer ecom_order_to_ship_canceled_reason_no_longer_needed_uk HA UK No longer needed
buyer ecom_order_to_ship_canceled_reason_change_payment_method_uk HA UK Need to change payment method
buyer ecom_order_to_ship_canceled_reason_discount_not_expected_uk HA UK Discount not as expected
buyer ecom_order_to_ship_canceled_reason_created_by_mistakes_uk HA UK Order created by mistake
buyer ecom_order_to_ship_canceled_reason_high_delivery_costs_uk HA UK High delivery costs
buyer ecom_order_to_ship_canceled_reason_better_price_uk HA UK Better price available
buyer ecom_order_to_ship_canceled_reason_wrong_delivery_info_uk HA UK Wrong delivery information
buyer buyer_cancel_late_shipment HA UK,EU Late shipment
buyer ecom_order_unpaid_canceled_reason_other_uk HA UK Other
buyer ecom_order_unpaid_canceled_reason_payment_method_not_available U ID,MY,PH,SG,TH,VN Desired payment method not available
buyer buyer_cancel_need_to_input/change_coupon_code U ID,MY,PH,SG,TH,VN Need to input/change coupon code
buyer buyer_cancel_wrong_item_variation_(colour,_size,_etc.) U ID,MY,PH,SG,TH,VN Wrong item variation (color, size, etc.)
buyer ecom_order_unpaid_canceled_reason_wrong_delivery_info U ID,MY,PH,SG,TH,VN Wrong delivery information
buyer ecom_order_unpaid_canceled_reason_created_by_mistakes U ID,MY,PH,SG,TH,VN Order created by mistake
buyer ecom_order_to_ship_canceled_reason_created_by_mistakes HA ID,MY,PH,SG,TH,VN,EU Order created by mistake
buyer ecom_order_to_ship_canceled_reason_high_delivery_costs HA ID,MY,PH,SG,TH,VN,EU High delivery costs
buyer ecom_order_to_ship_canceled_reason_wrong_delivery_info HA ID,MY,PH,SG,TH,VN,EU Wrong delivery information
buyer ecom_order_to_ship_canceled_reason_not_shipped_on_time HA ID,MY,PH,SG,TH,VN Product wasn't shipped on time
buyer ecom_order_to_ship_canceled_reason_no_longer_needed U MX,BR No longer needed
buyer ecom_order_to_ship_canceled_reason_created_by_mistakes U MX,BR Bought by mistake
buyer ecom_order_to_ship_canceled_reason_wrong_delivery_info U MX,BR Incorrect shipping address
buyer ecom_order_to_ship_canceled_reason_better_price U MX,BR Better price available
buyer ecom_order_to_ship_canceled_reason_high_delivery_costs U EU High delivery costs
buyer ecom_order_to_ship_canceled_reason_discount_not_expected U EU Discount not as expected
buyer ecom_order_unpaid_canceled_reason_other U EU Seller is not responsive to my inquiries / seller requests t
buyer ecom_order_delivered_refund_reason_none HA EU No reason
buyer ecom_order_unpaid_canceled_reason_other HA EU Seller is not responsive to my inquiries / seller requests t
buyer ecom_order_unpaid_canceled_reason_no_longer_needed HA EU No longer needed
buyer ecom_order_unpaid_canceled_reason_created_by_mistakes CTD JP Order created by mistake.
buyer ecom_order_unpaid_canceled_reason_payment_method_not_available_S CTD JP Need to change payment method.
buyer buyer_cancel_need_to_input/change_coupon_code CTD JP Need to use coupon.
buyer buyer_cancel_wrong_item_variation_(colour,_size,_etc.) CTD JP Need to change color or size.
buyer ecom_order_unpaid_canceled_reason_wrong_delivery_info CTD JP Need to change shipping address.
buyer ecom_order_unpaid_canceled_reason_better_price CTD JP Found better price.
buyer ecom_order_unpaid_canceled_reason_no_longer_needed CTD JP No longer need item.
buyer ecom_order_to_ship_canceled_reason_seller_no_response CTD JP Seller not responsive
buyer ecom_order_unpaid_canceled_reason_seller_ask_cancel CTD JP Seller requested to cancel order
seller seller_cancel_unpaid_reason_out_of_stock U US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Out of stock
seller seller_cancel_unpaid_reason_wrong_price U US,ID,MY,PH,SG,TH,VN,BR,EU,JP Pricing error
seller seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed U US,ID,MY,PH,TH,VN Buyer did not pay on time
seller seller_cancel_unpaid_reason_buyer_requested_cancellation U US,PH Buyer requested cancellation
seller seller_cancel_reason_out_of_stock HA US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Out of stock
seller seller_cancel_reason_wrong_price HA US,ID,MY,PH,SG,TH,VN,EU,JP Pricing error
seller seller_cancel_paid_reason_address_not_deliver HA US,ID,MY,PH,TH,VN,MX,BR Unable to deliver to buyer address
seller seller_cancel_paid_reason_buyer_requested_cancellation HA US,PH Buyer requested cancellation
seller seller_cancel_unpaid_reason_out_of_stock_uk U UK Out of stock
seller seller_cancel_unpaid_reason_wrong_price_uk U UK Pricing error
seller seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed_uk U UK Buyer did not pay on time
seller seller_cancel_reason_wrong_price_uk HA UK Pricing error
seller seller_cancel_paid_reason_address_not_deliver_uk HA UK Unable to deliver to buyer address
seller seller_cancel_reason_out_of_stock_uk HA UK Out of stock
seller seller_cancel_unable_to_deliver_to_buyer_address HA SG Unable to deliver to buyer address
seller seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed U MX,BR,EU,JP Customer did not pay on time
seller seller_cancel_unpaid_reason_buyer_requested_cancellation U MX,BR,EU,JP Customer requested cancellation
seller seller_cancel_paid_reason_buyer_requested_cancellation HA MX,BR,EU,JP Customer requested cancellation
seller seller_cancel_paid_reason_address_not_deliver HA EU,JP Unable to deliver to customer address
seller seller_cancel_order_reason_potential_fraud HA JP Order with high chance of cancellation / refund
seller_rejects order_manage_list_action_respond_popup_reject_reason_invalid_cancellation_reason - US,ID,MY,PH,SG,TH,VN Invalid reason for cancellation
seller_rejects order_manage_list_action_respond_popup_reject_reason_delivered - US,ID,MY,PH,SG,TH,VN Product delivery is on schedule
seller_rejects order_manage_list_action_respond_popup_reject_reason_buyer_agree - US,ID,MY,PH,SG,TH,VN Reached an agreement with the buyer
seller_rejects seller_reject_apply_product_has_been_packed - US,UK,ID,MY,PH,SG,TH,VN Product has been packed
seller_rejects order_manage_list_action_respond_popup_reject_reason_invalid_cancellation_reason_uk - UK Invalid reason for cancellation
seller_rejects order_manage_list_action_respond_popup_reject_reason_delivered_uk - UK Product delivery is on schedule
seller_rejects order_manage_list_action_respond_popup_reject_reason_buyer_agree_uk - UK Reached an agreement with the buyer
seller_rejects system_cancel_failed_due_to_tts - ID Order canceled by system
seller_rejects seller_reject_apply_product_has_been_packed - MX,BR Product shipped. Tracking updates will be available soon.
seller_rejects reverse_reject_request_reason_5 - MX,BR You have reached an agreement with the customer
seller_rejects seller_reject_apply_unable_to_change_address - MX,BR Unable to change address
seller_rejects ecom_refund_reject_reason_cancel_unacceptable_uk - EU The seller didn't accept your cancellation request.
seller_rejects ecom_reverse_reject_cancel_reason_product_packed - EU Your product has been shipped. Please wait for tracking upda
system system_cancel_unpaid_time_out - US,ID,MY,PH,SG,TH,VN,MX,BR Buyer payment overdue
system system_cancel_anti_span_block - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Failed to pass risk review
system system_cancel_cross_border_entry_warehouse_failed_reason2 - US,MY,PH,SG,TH,VN,MX,BR,EU,JP Inbound failed
system package_cancel - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Order cancelled by system
system platform_cancel - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Order cancelled by system
system returned_to_shipper_refused - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Package rejected
system returned_to_shipper_other - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Package delivery failed
system package_damaged - US,ID,MY,PH,SG,TH,VN,MX,BR Package damaged
system package_lost - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Package lost
system threepl_breach - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Late delivery
system package_scrap - US,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Package scrapped
system system_cancel_order_reason_shipping_timeout - US,ID,MY,PH,SG,TH,VN,MX,BR Automatically cancelled due to collection time out
system system_cancel_add_address_overtime - US,UK,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP This order has been automatically canceled as you didn't pro
system system_cancel_order_untracked - US,ID,MY,PH,SG,TH,VN,MX,BR Automatically cancelled due to untraceable tracking number
system ecom_cb_sc_out_return - US,UK,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Order canceled by the system
system system_cancel_order_exceed_edt_not_arrive - US,MX,BR,EU Automatically canceled as not delivered within 30 days of es
system ecom_order_unpaid_canceled_reason_not_want_pay - US,UK,ID,MY,PH,SG,TH,VN,MX,BR Buyer hasn't paid
system system_cancel_unpaid_time_out_uk - UK Buyer payment overdue
system system_cancel_anti_span_block_uk - UK Failed to pass risk review
system system_cancel_cross_border_entry_warehouse_failed_reason2_uk - UK Inbound failed
system package_cancel_uk - UK Order cancelled by system
system platform_cancel_uk - UK Order cancelled by system
system returned_to_shipper_refused_uk - UK Package rejected
system returned_to_shipper_other_uk - UK Package delivery failed
system package_damaged_uk - UK Package damaged
system package_lost_uk - UK Package lost
system threepl_breach_uk - UK Late delivery
system package_scrap_uk - UK Package scrapped
system system_cancel_order_reason_shipping_timeout_uk - UK Automatically cancelled due to collection time out
system system_cancel_order_untracked_uk - UK Automatically cancelled due to untraceable tracking number
system system_cancel_virtual_timeout - ID Automatically cancelled due to recharge time out
system system_cancel_virtual_top_up_failed - ID Top up failed
system system_cancel_virtual_phone_number_invalid - ID Invalid phone number
system ecom_order_unpaid_canceled_reason_not_want_pay - MX,BR,EU,JP Customer hasn't paid
system system_cancel_payment_capture_failed - MX,BR,JP This order was canceled automatically as the customer's paym
system system_cancel_payment_risk_review_failed - MX,BR,JP This order was canceled automatically due to payment risk co
system system_cancel_create_valid_order_failed - MX,BR,JP This order was canceled automatically due to inventory short
system system_cancel_unpaid_time_out - EU,JP Customer overdue to pay
system package_damagaed - EU,JP Package damaged
system system_cancel_order_reason_shipping_timeout - EU,JP Automatically canceled due to collection time out
system system_cancel_order_untracked - EU,JP Automatically canceled due to untraceable tracking number
system system_cancel_order_exceed_edt_not_arrive - JP This order was automatically canceled because it wasn't deli
system system_cancel_order_reason_coa_upload_more_than_24hrs - JP Certificate not uploaded
system system_cancel_order_reason_coa_2nd_upload_rejected - JP Unable to verify certificate
system system_cancel_order_reason_coa_rejected_fraud - JP Unable to authenticate
system system_cancel_order_reason_coa_moderation_more_than_12hrs - JP Verification timed out
system system_cancel_unpaid_postage - JP The packaging or shipping failed to meet standards due to in
system early_refund_returned_to_shipper - JP Package delivery failed
operator system_cancel_order_reason_potential_fraud - US,UK,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP We have identified a risk involved with your order and cance
operator system_cancel_order_reason_experience_related - US,UK,ID,MY,PH,SG,TH,VN Order canceled by system.
operator operator_cancel_risk_control_block - US,UK,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP Failed to pass risk review
operator system_cancel_order_reason_nrr_related - US,UK,ID,MY,PH,SG,TH,VN,MX,BR,EU,JP As your product violates the platform's negative review poli
operator system_cancel_order_reason_experience_related - MX,BR,EU,JP During our regular review, the order you placed was found to
"""
