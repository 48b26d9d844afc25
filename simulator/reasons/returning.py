"""Why goods go back, and why sellers turn them down.

A line: who gives it, its name, in which of an order's statuses (their letters in ``model.LETTERS``;
``-``: in any), in which lists, and the label that people read. From the platform's lists of reasons,
whose labels end after sixty characters.
"""

from typing import Final

ROWS: Final = """
buyer ecom_order_delivered_refund_and_return_reason_no_need CT US No longer needed
buyer ecom_order_delivered_refund_and_return_reason_not_match_description CT US Item doesn't match description
buyer ecom_order_delivered_refund_and_return_reason_missing_product CT US Missing item or parts
buyer ecom_order_delivered_refund_and_return_reason_defective CT US Defective item
buyer ecom_order_delivered_refund_and_return_reason_wrong_product CT US Wrong item was sent
buyer ecom_order_delivered_refund_and_return_reason_no_need D US No longer needed
buyer buyer_return_and_refund_item_doesn't_fit D US Item doesn't fit
buyer ecom_order_delivered_refund_and_return_reason_not_match_description D US Item doesn't match description
buyer ecom_order_delivered_refund_and_return_reason_missing_product D US Missing item or parts
buyer ecom_order_delivered_refund_and_return_reason_damaged D US Damaged item or packaging
buyer ecom_order_delivered_refund_and_return_reason_defective D US Defective item
buyer ecom_order_delivered_refund_and_return_reason_wrong_product D US Wrong item was sent
buyer buyer_return_and_refund_shipping_box_damaged,_but_item_is_ok D US Shipping box damaged, but item is Ok
buyer buyer_return_and_refund_item_arrived_too_late D US Item arrived too late
buyer buyer_return_and_refund_fabric,_material_or_style_not_as_expected D US Fabric, material or style not as expected
buyer buyer_return_and_refund_color_or_pattern_not_as_expected D US Color or pattern not as expected
buyer ecom_order_delivered_refund_and_return_reason_no_need_uk CT UK No longer needed
buyer ecom_order_delivered_refund_and_return_reason_not_match_description_uk D UK Product doesn't match description
buyer ecom_order_delivered_refund_and_return_reason_missing_product_uk D UK Missing product or accessories
buyer ecom_order_delivered_refund_and_return_reason_damaged_uk D UK Package or product is damaged
buyer ecom_order_delivered_refund_and_return_reason_defective_uk D UK Product is defective or doesn't work
buyer ecom_order_delivered_refund_and_return_reason_wrong_product_uk D UK Wrong product was sent
buyer ecom_order_delivered_refund_and_return_reason_other_uk D UK Other
buyer buyer_return_and_refund_suspected_counterfeit D UK Suspected Counterfeit
buyer buyer_return_and_refund_does_not_suit_me D UK Does not suit me
buyer buyer_return_and_refund_item_is_too_big/long D UK Item is too big/long
buyer buyer_return_and_refund_item_is_too_small/short D UK Item is too small/short
buyer buyer_return_and_refund_multiple_sizes_ordered D UK Multiple sizes ordered
buyer buyer_return_and_refund_quality_or_style_not_as_expected D UK Quality or style not as expected
buyer buyer_return_and_refund_ordered_incorrect_size D UK Ordered incorrect size
buyer buyer_return_and_refund_unauthorised_purchase D UK Unauthorised purchase
buyer buyer_return_and_refund_product_is_expired/spoiled D UK Product is expired/spoiled
buyer buyer_return_and_refund_product_not_frozen_on_arrival D UK Product not frozen on arrival
buyer ecom_order_delivered_refund_and_return_reason_not_match_description CTD ID,MY,PH,SG,TH,VN,EU Product doesn't match description
buyer ecom_order_delivered_refund_and_return_reason_damaged CTD ID,MY,PH,SG,TH,VN,EU Package or product is damaged
buyer ecom_order_delivered_refund_and_return_reason_defective CTD ID,MY,PH,SG,TH,VN,EU Product is defective or doesn't work
buyer ecom_order_delivered_refund_and_return_reason_wrong_product CTD ID,MY,PH,SG,TH,VN,EU Wrong product was sent
buyer ecom_order_delivered_refund_and_return_reason_missed_delivery CTD ID,MY,PH,SG,TH,VN Missed estimated delivery date
buyer buyer_return_and_refund_suspected_counterfeit CTD ID,MY,PH,SG,TH,VN Suspected Counterfeit
buyer ecom_order_delivered_refund_and_return_reason_no_need CTD TH,MX,BR,EU No longer needed
buyer buyer_return_and_refund_item_doesn't_fit CTD MX,BR Item doesn't fit
buyer ecom_order_delivered_refund_reason_defective CTD MX,BR Defective item
buyer buyer_return_and_refund_item_arrived_too_late CTD MX,BR Item arrived too late
buyer ecom_order_delivered_refund_reason_wrong_product CTD MX,BR Wrong item was sent
buyer buyer_return_and_refund_fabric,_material_or_style_not_as_expected CTD MX,BR Fabric, material or style not as expected
buyer buyer_return_and_refund_color_or_pattern_not_as_expected CTD MX,BR Color or pattern not as expected
buyer ecom_order_delivered_refund_and_return_reason_damaged CTD MX,BR Damaged item or packaging
buyer ecom_order_delivered_refund_and_return_reason_not_match_description CTD MX,BR Item doesn't match description
buyer ecom_order_delivered_refund_and_return_reason_missing_product CTD BR Package received but missing item
buyer ecom_order_delivered_refund_reason_no_need CTD EU No longer needed
buyer ecom_order_delivered_refund_reason_missed_delivery_date CTD EU Missed estimated delivery date
buyer ecom_order_delivered_refund_and_return_reason_other CTD EU Other
buyer ecom_order_delivered_refund_and_return_reason_missing_product CTD EU Missing product or accessories
buyer buyer_return_and_refund_does_not_suit_me CTD EU Does not suit me
buyer buyer_return_and_refund_item_is_too_big/long CTD EU Item is too big/long
buyer buyer_return_and_refund_item_is_too_small/short CTD EU Item is too small/short
buyer buyer_return_and_refund_multiple_sizes_ordered CTD EU Multiple sizes ordered
buyer buyer_return_and_refund_quality_or_style_not_as_expected CTD EU Quality or style not as expected
buyer buyer_return_and_refund_unauthorised_purchase CTD EU Unauthorized purchase
buyer buyer_return_and_refund_product_is_expired/spoiled CTD EU Product is expired/spoiled
buyer buyer_return_and_refund_product_not_frozen_on_arrival CTD EU Product not frozen on arrival
buyer buyer_return_and_refund_ordered_incorrect_size CTD EU Ordered incorrect size
buyer ecom_order_delivered_refund_reason_no_need CTD JP No longer needed (Item must be returned in sealed/original c
buyer ecom_order_delivered_refund_and_return_reason_missing_parts_JP CTD JP Received package but missing parts or accessories.
buyer ecom_order_delivered_refund_and_return_reason_not_match_description_JP CTD JP Product doesn't match description.
buyer ecom_order_delivered_refund_reason_damaged CTD JP Package or product is damaged.
buyer ecom_order_delivered_refund_reason_defective CTD JP Product is defective or doesn't work.
buyer ecom_order_delivered_refund_and_return_reason_wrong_product_JP CTD JP Wrong product sent.
buyer ecom_order_delivered_refund_and_return_reason_missed_delivery_date_JP CTD JP Missed estimated delivery date.
seller seller_ecom_delivered_return_refund_reason1 D US,VN,MX,BR,EU No longer needed
seller seller_ecom_delivered_return_refund_reason1_uk D UK No longer needed
seller ecom_order_delivered_refund_and_return_reason_not_match_description_seller_uk D UK Product doesn't match description
seller ecom_order_delivered_refund_and_return_reason_missing_product_seller_uk D UK Missing product or accessories
seller ecom_order_delivered_refund_and_return_reason_damaged_seller_uk D UK Package or product is damaged
seller ecom_order_delivered_refund_and_return_reason_defective_seller_uk D UK Product is defective or doesn't work
seller ecom_order_delivered_refund_and_return_reason_wrong_product_seller_uk D UK Wrong product was sent
seller buyer_return_and_refund_suspected_counterfeit_seller_uk D UK Suspected Counterfeit
seller ecom_order_delivered_refund_and_return_reason_wrong_product_seller D ID,VN,EU Wrong product was sent
seller ecom_order_delivered_refund_and_return_reason_not_match_description_seller D VN,EU Product doesn't match description
seller ecom_order_delivered_refund_and_return_reason_missing_product_seller D VN,EU Missing product or accessories
seller ecom_order_delivered_refund_and_return_reason_damaged_seller D VN,EU Package or product is damaged
seller ecom_order_delivered_refund_and_return_reason_defective_seller D VN,EU Product is defective or doesn't work
seller buyer_return_and_refund_suspected_counterfeit_seller D VN,EU Suspected Counterfeit
seller seller_return_late_delivery D MX,BR Late delivery (Item arrived too late)
seller seller_return_missing_item D MX,BR Missing items or parts
seller seller_return_damaged_item D MX,BR Damaged item or packaging
seller seller_return_defective_item D MX,BR Defective item
seller seller_return_wrong_item_was_sent D MX,BR Wrong item was sent
seller_rejects reverse_reject_request_reason_1 - US,ID,MY,PH,SG,TH,VN Buyer return reason is not valid
seller_rejects reverse_reject_request_reason_2 - US,ID,MY,PH,SG,VN Change of mind returns are not applicable
seller_rejects reverse_reject_request_reason_3 - US,ID,MY,PH,SG,TH,VN Not eligible for return (e.g. used or broken)
seller_rejects reverse_reject_request_reason_4 - US,ID,MY,PH,SG,TH,VN Product delivery is on schedule
seller_rejects reverse_reject_request_reason_5 - US,ID,MY,PH,SG,TH,VN You have reached an agreement with the buyer
seller_rejects seller_reject_apply_item_is_correct - US,UK,ID,MY,PH,SG,TH,VN,MX,BR Item is correct
seller_rejects seller_reject_apply_products_will_be_sent_separately - US,UK,ID,MY,PH,SG,TH,VN Products will be sent separately
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - US,UK,ID,MY,PH,SG,TH,VN Reason is unclear or lack of evidence
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - US,UK,ID,MY,PH,SG,TH,VN Product functions well/Buyer use in wrong way
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - US,UK,ID,MY,PH,SG,TH,VN Product is shipped and parcel cannot be recalled back from l
seller_rejects reverse_reject_request_reason_1_uk - UK Buyer return reason is not valid
seller_rejects reverse_reject_request_reason_2_uk - UK,EU Change of mind returns are not applicable
seller_rejects reverse_reject_request_reason_3_uk - UK,EU Not eligible for return (e.g. used or broken)
seller_rejects reverse_reject_request_reason_4_uk - UK,EU Product delivery is on schedule
seller_rejects reverse_reject_request_reason_5_uk - UK You have reached an agreement with the buyer
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - MX,BR,EU Product functions well/Incorrect usage by the customer
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - MX,BR,EU Reason is unclear / lack of evidence
seller_rejects reverse_reject_request_reason_5 - MX,BR,EU You have reached an agreement with the customer
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - MX,BR Product is in transit
seller_rejects seller_reject_apply_products_will_be_sent_separately - MX,BR,EU Your products were shipped by multiple packages.
seller_rejects seller_reject_apply_need_to_apply_for_refund&return - MX,BR Need to apply for refund&return
seller_rejects order_manage_list_action_respond_popup_reject_reason_delivered_uk - EU Product delivery is on schedule
seller_rejects reverse_reject_request_reason_1_uk - EU Customer return reason is not valid
seller_rejects order_manage_list_action_respond_popup_reject_reason_buyer_agree - EU Reached an agreement with the customer
seller_rejects reverse_reject_refund_request_unclear_evidence_Test - JP Reason is unclear / lack of evidence.
seller_rejects ecom_reverse_reject_cancel_reason_product_packed - JP Product shipped. Tracking updates will be available soon.
seller_rejects ecom_reverse_reject_refund_request_failed_delivery - JP The delivery attempt failed.
seller_rejects ecom_reverse_reject_refund_request_package_delivery_multiple_boxes - JP Products were shipped in multiple packages.
seller_rejects ecom_reverse_reject_refund_request_replacement_shipped - JP Replacement has been shipped.
seller_rejects ecom_reverse_reject_apply_buyer_agree_jp - JP Reached an agreement with the customer.
seller_rejects seller_reject_apply_reason_delivered_jp - JP Product delivery is on schedule.
seller_rejects seller_reject_apply_buyers_responsibility_for_incorrect_address - JP The package has been successfully delivered to the shipping address that was provided.
seller_rejects seller_reject_apply_item_is_correct - JP Item is correct.
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - JP Product delivery is on schedule.
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - JP Product functions well / Incorrect usage by the customer.
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - JP Reason is unclear / lack of evidence.
seller_rejects seller_reject_apply_unable_to_change_address - JP Unable to change address.
seller_rejects_goods reverse_reject_return_parcel_reason_1 - US,ID,MY,PH,SG,TH,VN,MX,BR,EU The product returned is not the product that was sent
seller_rejects_goods reverse_reject_return_parcel_reason_2 - US,ID,MY,PH,SG,TH,VN,MX,BR,EU Not eligible for return (e.g. used or broken)
seller_rejects_goods reverse_reject_return_parcel_reason_3 - US,ID,MY,PH,SG,TH,VN,MX,BR,EU Missing products and/or product parts
seller_rejects_goods reverse_reject_return_parcel_reason_4 - US,ID,MY,PH,SG,TH,VN,MX,BR,EU I haven't received the package
seller_rejects_goods reverse_reject_return_parcel_reason_5 - US,ID,MY,PH,SG,TH,VN,MX,BR,EU Product is damaged or used
seller_rejects_goods seller_reject_apply_you_have_reached_an_agreement_with_the_buyer - US,UK,ID,MY,PH,SG,TH,VN You have reached an agreement with the buyer
seller_rejects_goods reverse_reject_return_parcel_reason_1_uk - UK The product returned is not the product that was sent
seller_rejects_goods reverse_reject_return_parcel_reason_2_uk - UK Not eligible for return (e.g. used or broken)
seller_rejects_goods reverse_reject_return_parcel_reason_3_uk - UK Missing products and/or product parts
seller_rejects_goods reverse_reject_return_parcel_reason_4_uk - UK I haven't received the package
seller_rejects_goods reverse_reject_return_parcel_reason_5_uk - UK Product is damaged or used
seller_rejects_goods seller_reject_apply_you_have_reached_an_agreement_with_the_buyer - MX,BR,EU You have reached an agreement with the customer
seller_rejects_goods reverse_reject_return_parcel_reason_1 - JP The product returned is not the product that was sent.
seller_rejects_goods reverse_reject_return_parcel_reason_3 - JP Missing products and/or product parts.
seller_rejects_goods reverse_reject_return_parcel_reason_4 - JP I haven't received the package.
seller_rejects_goods reverse_reject_return_parcel_reason_5 - JP Product is damaged or used.
"""
