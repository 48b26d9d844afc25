"""Why money goes back while the goods do not, and why sellers turn that down.

A line: who gives it, its name, in which of an order's statuses (their letters in ``model.LETTERS``;
``-``: in any), in which lists, and the label that people read. From the platform's lists of reasons,
whose labels end after sixty characters.
"""

from typing import Final

ROWS: Final = """
buyer ecom_order_shipped_refund_reason_not_arrive_on_time CT US,ID,MY,PH,SG,TH,VN Product wouldn't arrive on time
buyer ecom_order_delivered_refund_reason_not_received D US,ID,MY,PH,SG,TH,VN Package wasn't received
buyer ecom_order_delivered_refund_reason_damaged D US Damaged item or packaging
buyer ecom_order_delivered_refund_reason_defective D US Defective item
buyer buyer_refund_package_didn't_arrive_on_time CT UK Package didn't arrive on time
buyer ecom_order_delivered_refund_reason_no_need_uk D UK No longer needed
buyer ecom_order_delivered_refund_reason_not_received_uk D UK Package wasn't received
buyer ecom_order_delivered_refund_reason_not_match_uk D UK Product doesn't match description
buyer ecom_order_delivered_refund_reason_missing_product_uk D UK Missing product or accessories
buyer ecom_order_delivered_refund_reason_damaged_uk D UK Package or product is damaged
buyer ecom_order_delivered_refund_reason_defective_uk D UK Product is defective or doesn't work
buyer ecom_order_delivered_refund_reason_wrong_product_uk D UK Wrong product was sent
buyer ecom_order_delivered_refund_reason_missed_delivery_date_uk D UK Missed estimated delivery date
buyer ecom_order_delivered_refund_reason_other_uk D UK Other
buyer buyer_refund_suspected_counterfeit D UK,ID,MY,PH,SG,TH,VN Suspected Counterfeit
buyer buyer_refund_does_not_suit_me D UK Does not suit me
buyer buyer_refund_multiple_sizes_ordered D UK Multiple sizes ordered
buyer buyer_refund_quality_or_style_not_as_expected D UK Quality or style not as expected
buyer buyer_refund_item_is_too_big/long D UK Item is too big/long
buyer buyer_refund_item_is_too_small/short D UK Item is too small/short
buyer buyer_refund_ordered_incorrect_size D UK Ordered incorrect size
buyer buyer_refund_unauthorised_purchase D UK Unauthorised purchase
buyer buyer_refund_product_is_expired/spoiled D UK Product is expired/spoiled
buyer buyer_refund_product_not_frozen_on_arrival D UK Product not frozen on arrival
buyer ecom_order_delivered_refund_reason_not_match D ID,MY,PH,SG,TH,VN Product doesn't match description
buyer ecom_order_delivered_refund_reason_missing_product D ID,MY,PH,SG,TH,VN Missing product or accessories
buyer ecom_order_delivered_refund_reason_damaged D ID,MY,PH,SG,TH,VN Package or product is damaged
buyer ecom_order_delivered_refund_reason_defective D ID,MY,PH,SG,TH,VN Product is defective or doesn't work
buyer ecom_order_delivered_refund_reason_wrong_product D ID,MY,PH,SG,TH,VN Wrong product was sent
buyer ecom_order_delivered_refund_reason_missed_delivery_date D ID,MY,PH,SG,TH,VN Missed estimated delivery date
buyer ecom_order_delivered_refund_reason_other D ID,TH Other
buyer ecom_order_shipped_refund_wrong_delivery_info CT TH Wrong delivery information
buyer ecom_order_shipped_refund_other CT TH Other
buyer ecom_order_delivered_refund_reason_no_need D TH No longer needed
buyer ecom_order_delivered_refund_reason_not_received CT MX,BR Package wasn't received
buyer ecom_order_delivered_refund_reason_defective CT MX,BR Defective item
buyer ecom_order_delivered_refund_and_return_reason_damaged CT MX,BR Damaged item or packaging
buyer ecom_order_delivered_refund_reason_defective CT MX,BR Product is defective or doesn't work
buyer ecom_order_delivered_refund_reason_no_need CTD EU No longer needed
buyer ecom_order_delivered_refund_reason_missed_delivery_date CTD EU Missed estimated delivery date
buyer ecom_order_delivered_refund_reason_not_received CTD EU Package wasn't received
buyer ecom_order_delivered_refund_and_return_reason_other CTD EU Other
buyer ecom_order_delivered_refund_and_return_reason_wrong_product CTD EU Wrong product was sent
buyer ecom_order_delivered_refund_and_return_reason_defective CTD EU Product is defective or doesn't work
buyer ecom_order_delivered_refund_and_return_reason_damaged CTD EU Package or product is damaged
buyer ecom_order_delivered_refund_and_return_reason_missing_product CTD EU Missing product or accessories
buyer ecom_order_delivered_refund_and_return_reason_not_match_description CTD EU Product doesn't match description
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
buyer ecom_order_shipped_refund_reason_not_arrive_on_time_JP CTD JP Product didn't arrive on time.
buyer ecom_order_delivered_refund_reason_not_received CTD JP Didn't receive package.
buyer ecom_order_delivered_refund_reason_missing_product_JP CTD JP Received package but some items are missing.
buyer ecom_order_delivered_refund_and_return_reason_missing_parts_JP CTD JP Received package but missing parts or accessories.
buyer ecom_order_delivered_refund_and_return_reason_not_match_description_JP CTD JP Product doesn't match description.
buyer ecom_order_delivered_refund_reason_damaged CTD JP Package or product is damaged.
buyer ecom_order_delivered_refund_reason_defective CTD JP Product is defective or doesn't work.
buyer ecom_order_delivered_refund_and_return_reason_wrong_product_JP CTD JP Wrong product sent.
buyer ecom_order_delivered_refund_and_return_reason_missed_delivery_date_JP CTD JP Missed estimated delivery date.
seller seller_shipped_refund_package_lost CT US,MX,BR Package lost
seller seller_shipped_refund_package_delivery_failed CT US,MX,BR Package delivery failed
seller seller_shipped_refund_miss_estimated_delivery_date CT US,MX,BR Missed estimated delivery date
seller ecom_order_delivered_refund_reason_missing_product_seller D US,ID,VN Missing product or accessories
seller ecom_order_delivered_refund_reason_not_received_seller D US,VN,MX,BR,EU Package wasn't received
seller ecom_order_delivered_refund_reason_not_match_description_seller D US,VN,MX,BR,EU Product doesn't match description
seller ecom_order_delivered_refund_reason_damaged_seller D US,VN,MX,BR,EU Package or product is damaged
seller ecom_order_delivered_refund_reason_wrong_product_seller D US,VN,MX,BR,EU Wrong product was sent
seller ecom_order_delivered_refund_reason_missed_delivery_date_seller D US,VN,MX,BR,EU Missed estimated delivery date
seller seller_package_lost_uk CT UK Package lost
seller ecom_order_shipped_refund_reason_not_arrive_on_time_seller_uk CT UK Product wouldn't arrive on time
seller ecom_order_delivered_refund_reason_missing_product_seller_uk D UK Missing product or accessories
seller ecom_order_delivered_refund_reason_not_received_seller_uk D UK Package wasn't received
seller ecom_order_delivered_refund_reason_not_match_description_seller_uk D UK Product doesn't match description
seller ecom_order_delivered_refund_reason_damaged_seller_uk D UK Package or product is damaged
seller ecom_order_delivered_refund_reason_wrong_product_seller_uk D UK Wrong product was sent
seller ecom_order_delivered_refund_reason_missed_delivery_date_seller_uk D UK Missed estimated delivery date
seller ecom_order_delivered_refund_reason_defective_seller_uk D UK Product is defective or doesn't work
seller buyer_refund_suspected_counterfeit_seller_uk D UK Suspected Counterfeit
seller ecom_order_shipped_refund_reason_not_arrive_on_time_seller CT VN,EU Product wouldn't arrive on time
seller seller_package_lost CT VN,MX,BR,EU Package lost
seller ecom_order_delivered_refund_reason_not_match_seller D VN Product doesn't match description
seller ecom_order_delivered_refund_reason_defective_seller D VN,EU Product is defective or doesn't work
seller buyer_refund_suspected_counterfeit_seller D VN,EU Suspected Counterfeit
seller ecom_seller_order_delivered_refund_reason_return_proxy_app CT MX,BR Package lost
seller ecom_order_delivered_refund_reason_missing_product_seller D MX,BR,EU Missing products or accessories
seller seller_shipped_refund_miss_estimated_delivery_date D MX,BR Missed estimated delivery date
seller seller_shipped_refund_package_lost D MX,BR Package lost
seller seller_shipped_refund_package_delivery_failed D MX,BR Package delivery failed
seller ecom_seller_order_delivered_refund_reason_return_proxy_app D MX,BR Package lost
seller ecom_order_delivered_refund_reason_missing_product_seller - JP Missing products or accessories
seller ecom_order_delivered_refund_reason_general_adjustment - JP General adjustment.
seller ecom_order_delivered_refund_reason_not_received_seller - JP Package wasn't received.
seller ecom_order_delivered_refund_reason_not_match_description_seller - JP Product doesn't match description.
seller ecom_order_delivered_refund_reason_damaged_seller - JP Package or product is damaged.
seller ecom_order_delivered_refund_reason_wrong_product_seller - JP Wrong product was sent.
seller ecom_order_delivered_refund_reason_missed_delivery_date_seller - JP Missed estimated delivery date.
seller seller_package_lost - JP Package lost.
seller seller_shipped_refund_package_lost - JP Package lost.
seller seller_shipped_refund_package_delivery_failed - JP Package delivery failed.
seller seller_shipped_refund_miss_estimated_delivery_date - JP Missed estimated delivery date.
seller ecom_seller_order_delivered_refund_reason_return_proxy_app - JP Package lost.
seller_rejects reverse_reject_request_reason_1 - US,ID,MY,PH,SG,TH,VN Buyer return reason is not valid
seller_rejects reverse_reject_request_reason_2 - US,ID,MY,PH,SG,VN Change of mind returns are not applicable
seller_rejects reverse_reject_request_reason_3 - US,ID,MY,PH,SG,TH,VN Not eligible for return (e.g. used or broken)
seller_rejects reverse_reject_request_reason_4 - US,ID,MY,PH,SG,TH,VN Product delivery is on schedule
seller_rejects reverse_reject_request_reason_5 - US,ID,MY,PH,SG,TH,VN You have reached an agreement with the buyer
seller_rejects seller_reject_apply_unable_to_change_address - US,UK,ID,MY,PH,SG,TH,VN Unable to change address
seller_rejects seller_reject_apply_need_to_apply_for_refund&return - US,ID,MY,PH,SG,TH,VN,MX,BR Need to apply for refund&return
seller_rejects seller_reject_apply_buyers_responsibility_for_incorrect_address - US Buyer's responsibility for incorrect address
seller_rejects seller_reject_apply_item_is_correct - US,UK,ID,MY,PH,SG,TH,VN Item is correct
seller_rejects seller_reject_apply_products_will_be_sent_separately - US,UK,ID,MY,PH,SG,TH,VN Products will be sent separately
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - US,UK,ID,MY,PH,SG,TH,VN Reason is unclear or lack of evidence
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - US,UK,ID,MY,PH,SG,TH,VN Product functions well/Buyer use in wrong way
seller_rejects seller_reject_apply_reason_is_unclear_/_lack_of_evidence - US,UK,ID,MY,PH,SG,TH,VN Reason is unclear / lack of evidence
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - US,UK,ID,MY,PH,SG,TH,VN Product is shipped and parcel cannot be recalled back from l
seller_rejects reverse_reject_request_reason_1_uk - UK Buyer return reason is not valid
seller_rejects reverse_reject_request_reason_2_uk - UK,EU Change of mind returns are not applicable
seller_rejects reverse_reject_request_reason_3_uk - UK Not eligible for return (e.g. used or broken)
seller_rejects reverse_reject_request_reason_4_uk - UK,EU Product delivery is on schedule
seller_rejects reverse_reject_request_reason_5_uk - UK You have reached an agreement with the buyer
seller_rejects seller_reject_apply_buyer's_responsibility_for_incorrect_address - UK,ID,MY,PH,SG,TH,VN Buyer's responsibility for incorrect address
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - MX,BR,EU Reason is unclear / lack of evidence
seller_rejects reverse_reject_request_reason_5 - MX,BR,EU You have reached an agreement with the customer
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - MX,BR,EU Product is in transit
seller_rejects seller_reject_apply_buyers_responsibility_for_incorrect_address - MX,BR,JP The package has been successfully delivered to the shipping
seller_rejects order_manage_list_action_respond_popup_reject_reason_delivered_uk - EU Product delivery is on schedule
seller_rejects seller_reject_apply_buyer's_responsibility_for_incorrect_address - EU The package has been successfully delivered to the shipping
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - EU Product functions well/Incorrect usage by the customer
seller_rejects seller_reject_apply_reason_is_unclear_/_lack_of_evidence - EU Parcel Delivered but Buyer did not receive, need more inform
seller_rejects order_manage_list_action_respond_popup_reject_reason_buyer_agree - EU Reached an agreement with the customer
seller_rejects seller_reject_apply_products_will_be_sent_separately - EU Your products were shipped by multiple packages.
seller_rejects seller_reject_apply_product_has_been_packed - EU Product shipped. Tracking updates will be available soon.
seller_rejects reverse_reject_refund_request_unclear_evidence_Test - JP Reason is unclear / lack of evidence.
seller_rejects ecom_reverse_reject_cancel_reason_product_packed - JP Product shipped. Tracking updates will be available soon.
seller_rejects ecom_reverse_reject_refund_request_failed_delivery - JP The delivery attempt failed.
seller_rejects ecom_reverse_reject_refund_request_package_delivery_multiple_boxes - JP Products were shipped in multiple packages.
seller_rejects ecom_reverse_reject_refund_request_replacement_shipped - JP Replacement has been shipped.
seller_rejects ecom_reverse_reject_apply_buyer_agree_jp - JP Reached an agreement with the customer.
seller_rejects seller_reject_apply_reason_delivered_jp - JP Product delivery is on schedule.
seller_rejects seller_reject_apply_item_is_correct - JP Item is correct.
seller_rejects seller_reject_apply_package_has_not_exceeded_estimated_delivery_time - JP Product delivery is on schedule.
seller_rejects seller_reject_apply_product_functions_well/buyer_use_in_wrong_way - JP Product functions well/Incorrect usage by the customer.
seller_rejects seller_reject_apply_reason_is_unclear_or_lack_of_evidence - JP Reason is unclear / lack of evidence.
seller_rejects seller_reject_apply_unable_to_change_address - JP Unable to change address.
"""
