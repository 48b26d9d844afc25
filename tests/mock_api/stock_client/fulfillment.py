"""Fulfillment and the supply chain, as the stock client asks for them."""

import io
from base64 import b64encode

from tiktok_shop_api.generated.models import (
    UploadProofOfDeliveryFileRequest,
    UploadProofOfDeliveryImageRequest,
)
from tiktok_shop_api.generated.types import File

from simulator.paperwork import access_key
from tests.mock_api.drawing import image
from tests.mock_api.stock_client.operations import Table

FULFILLMENT = Table()
EARBUDS, LIGHT = "172900002000015838", "172900004000031676"
UPS, FLEET, JT = "7117858858072016686", "7212606860263343878", "6617675021119438849"


def _items(box, order_id):
    return [each.id for each in box.order(order_id).line_items]


def _number(number, provider=UPS):
    return {"tracking_number": number, "shipping_provider_id": provider}


# Packages.


@FULFILLMENT.calls("searchPackage")
def _(_box, call):
    page = call(page_size=50, body={"package_status": "COMPLETED"})
    assert {each.status for each in page.packages} == {"COMPLETED"}
    assert call(page_size=50).total_count > page.total_count


@FULFILLMENT.calls("getPackageDetail")
def _(box, call):
    packages = box.client.fulfillment.search_package(page_size=50).data.packages
    assert len({call(each.id).package_status for each in packages}) > 2


@FULFILLMENT.calls("getPackageHandoverTimeSlots")
def _(box, call):
    assert call(box.package_of(box.released())).pickup_slots


@FULFILLMENT.calls("shipPackage")
def _(box, call):
    slots = box.client.fulfillment.get_package_handover_time_slots
    package = box.package_of(box.released())
    slot = slots(package).data.pickup_slots[1]
    span = {"start_time": slot.start_time, "end_time": slot.end_time}
    call(package, body={"handover_method": "PICKUP", "pickup_slot": span})
    call(box.package_of(box.released()))
    own = box.package_of(box.released(shipping="seller"))
    call(own, body={"self_shipment": _number("1Z999AA10123456784")})


@FULFILLMENT.calls("batchShipPackages")
def _(box, call):
    package = box.package_of(box.released())
    told = call(body={"packages": [{"id": package}, {"id": "1152"}]})
    assert [each.detail.package_id for each in told.errors] == ["1152"]


@FULFILLMENT.calls("getPackageShippingDocument")
def _(box, call):
    package = box.package_of(box.shipped())
    told = call(package, document_type="SHIPPING_LABEL_AND_PACKING_SLIP")
    assert box.served.http.get(told.doc_url).content.startswith(b"%PDF-")
    assert told.tracking_number


@FULFILLMENT.calls("getOrderTracking")
def _(box, call):
    assert len(call(box.delivered()).tracking) > 5


@FULFILLMENT.calls("getOrderSplitAttributes")
def _(box, call):
    order_id = box.released(items=[EARBUDS, LIGHT])
    (row,) = call(order_ids=[order_id]).split_attributes
    assert row.can_split


@FULFILLMENT.calls("confirmOrderSplit")
def _(box, call):
    order_id = box.released(items=[EARBUDS, LIGHT])
    groups = [
        {"id": str(nth), "order_line_item_ids": [item]}
        for nth, item in enumerate(_items(box, order_id))
    ]
    packages = call(order_id, body={"splittable_groups": groups}).packages
    assert [each.splittable_group_id for each in packages] == ["0", "1"]


def _pair(box, customer):
    """Two orders of one buyer, in a package each."""
    orders = [box.place_one(items=[sku], customer=customer) for sku in (EARBUDS, LIGHT)]
    box.advance(by="1h")
    return orders


def _group(box, orders):
    first = box.package_of(orders[0])
    return {"combinable_packages": [{"id": first, "order_ids": orders}]}


@FULFILLMENT.calls("searchCombinablePackages")
def _(box, call):
    orders = _pair(box, "ann")
    assert orders in [each.order_ids for each in call(page_size=50).combinable_packages]


@FULFILLMENT.calls("combinePackage")
def _(box, call):
    orders = _pair(box, "bob")
    body = _group(box, orders)
    body["combinable_packages"].append({"id": "1152"})
    told = call(body=body)
    assert [each.order_ids for each in told.packages] == [orders]
    assert told.errors


@FULFILLMENT.calls("uncombinePackages")
def _(box, call):
    orders = _pair(box, "cleo")
    made = box.data("POST", "/fulfillment/202309/packages/combine", _group(box, orders))
    apart = call(made["packages"][0]["id"], body={}).packages
    assert [each.order_ids for each in apart] == [[each] for each in orders]


# What a seller ships on their own.


@FULFILLMENT.calls("markPackageAsShipped")
def _(box, call):
    order_id = box.released(shipping="seller")
    told = call(order_id, body={"shipping_info_list": [_number("1Z1234500")]})
    assert told.package_id == box.package_of(order_id)


def _marked(box, number):
    order_id = box.released(shipping="seller")
    body = _number(number)
    return order_id, box.data("POST", f"/fulfillment/202309/orders/{order_id}/packages", body)


@FULFILLMENT.calls("updatePackageShippingInfo")
def _(box, call):
    order_id, made = _marked(box, "1Z1234501")
    call(made["package_id"], body={"shipping_info_list": [_number("1Z1234502")]})
    assert box.order(order_id).tracking_number == "1Z1234502"


@FULFILLMENT.calls("updateOrderShippingInfo")
def _(box, call):
    order_id, _made = _marked(box, "1Z1234503")
    call(order_id, body=_number("1Z1234504"))
    assert box.order(order_id).tracking_number == "1Z1234504"


# The American way.


@FULFILLMENT.calls("getEligibleShippingServices", at="us")
def _(box, call):
    offered = call(box.released(), body={"weight": {"value": "1.5", "unit": "POUND"}})
    assert offered.shipping_services[0].is_default


@FULFILLMENT.calls("createPackages", at="us")
def _(box, call):
    order_id = box.released(items=[EARBUDS, LIGHT])
    first, _second = _items(box, order_id)
    line = {"order_line_id": first}
    told = call(body={"ship_type": "2", "order_id": order_id, "order_line_item": [line]})
    assert box.package_of(order_id) == told.package_id


@FULFILLMENT.calls("checkTikTokShippingAndCollectionByTikTokCoverage", at="us")
def _(box, call):
    order_id = box.released()
    box.data("POST", "/fulfillment/202309/packages", {"order_id": order_id})
    assert call(tracking_number=box.order(order_id).tracking_number).is_tiktok_shipping
    assert not call(tracking_number="1ZNOBODY").is_tiktok_shipping


# South-East Asia: bundles, and the seller's own fleet.


@FULFILLMENT.calls("createFirstMileBundle", at="sea")
@FULFILLMENT.calls("createFirstMileBundleV2", at="sea")
def _(box, call):
    waiting, shipped = box.released(), box.shipped()  # in that order: a courier comes within hours
    made = call(body={"order_ids": [waiting, shipped], "handover_method": "PICKUP"})
    assert made.first_mile_bundle_id.startswith("BA")
    assert [each.detail.order_id for each in made.errors] == [waiting]


def _drive(box, package, number):
    """Its seller brings it to the buyer themselves."""
    own = {"self_shipment": _number(number, FLEET)}
    box.data("POST", f"/fulfillment/202309/packages/{package}/ship", own)


@FULFILLMENT.calls("updatePackageDeliveryStatus", at="sea")
def _(box, call):
    order_id = box.released(shipping="seller")
    package = box.package_of(order_id)
    _drive(box, package, "OWN-10001")
    proof = {"file_type": "IMG", "file_url": "https://erp.example/door.jpg"}
    done = {"id": package, "delivery_type": "DELIVERY_SUCCESS"} | proof
    assert [each.detail.package_id for each in call(body={"packages": [done] * 2}).errors] == [
        package
    ]
    assert box.order(order_id).status == "DELIVERED"


@FULFILLMENT.calls("uploadProofOfDeliveryImage")
def _(box, call):
    picture = File(io.BytesIO(image()), file_name="door.png", mime_type="image/png")
    told = call(form=UploadProofOfDeliveryImageRequest(data=picture))
    assert box.served.http.get(told.url).content == image()


@FULFILLMENT.calls("uploadProofOfDeliveryFile")
def _(_box, call):
    papers = File(io.BytesIO(b"%PDF-1.4"), file_name="d.pdf", mime_type="application/pdf")
    told = call(form=UploadProofOfDeliveryFileRequest(data=papers, name="d.pdf"))
    assert told.name == "d.pdf"


# Papers.


def _invoice(box, order_id, number):
    key = access_key(f"3529121234567800019555001{number:018}")
    file = (
        f'<nfeProc><NFe><infNFe Id="NFe{key}"/></NFe>'
        f"<protNFe><infProt><cStat>100</cStat></infProt></protNFe></nfeProc>"
    )
    return {
        "package_id": box.package_of(order_id),
        "order_ids": [order_id],
        "file_type": "XML",
        "file": b64encode(file.encode()).decode(),
    }


@FULFILLMENT.calls("uploadInvoice", at="br")
def _(box, call):
    order_id = box.released()
    invoice = _invoice(box, order_id, 1)
    told = call(body={"invoices": [invoice, invoice | {"package_id": "1152"}]})
    assert [each.code for each in told.errors] == [10007014]
    box.advance(by="10m")
    box.client.fulfillment.ship_package(box.package_of(order_id))


@FULFILLMENT.calls("trackingStatusUpdate", at="br")
def _(box, call):
    order_id = box.released(shipping="seller")
    invoices = {"invoices": [_invoice(box, order_id, 2)]}
    box.data("POST", "/fulfillment/202502/invoice/upload", invoices)
    box.advance(by="10m")
    _drive(box, box.package_of(order_id), "OWN-10002")
    at = {"occur_time": box.now * 1000, "description": "at the door", "tracking_no": "OWN-10002"}
    tracks = [{"action_code": code} | at for code in (10, 99)]
    whose = {"country": "BR", "order_id": order_id, "provider_id": FLEET}
    good, bad = call(body=whose | {"tracks": tracks}).track_results
    assert (good.code, bad.code) == (0, 10007014)


@FULFILLMENT.calls("getOrderCustomsRequirements")
def _(box, call):
    order_id = box.released()
    (row,) = call(body={"order_ids": [order_id]}).order_clearance_list
    assert (row.order_id, row.target_country) == (order_id, "GB")


@FULFILLMENT.calls("submitCustomsClearanceInformation")
def _(box, call):
    order_id = box.released(items=[EARBUDS])
    (line,) = _items(box, order_id)
    detail = [{"sku_id": EARBUDS, "qty": 1, "price_percent": 100}]
    item = {"order_line_id": line, "item_detail": detail}
    call(body={"order_list": [{"order_id": order_id, "item_list": [item]}]})


@FULFILLMENT.calls("confirmPackageShipment")
def _(box, call):
    order = box.order(box.shipped(items=[EARBUDS]))
    at = box.now * 1000
    package = {
        "id": order.packages[0].id,
        "wms_order_id": "1",
        "time_zone": "UTC+8",
        "create_time_millis": at - 2000,
        "ship_time_millis": at - 1000,
        "handover_time_millis": at,
        "shipping_provider_id": JT,
        "shipping_provider_name": "J&T",
        "tracking_number": order.tracking_number,
        "dimension": {},
        "skus": [{"id": EARBUDS, "quantity": 1}],
    }
    packages = [package, package | {"id": "1152"}]
    told = call(body={"warehouse_provider_id": order.warehouse_id, "packages": packages})
    assert told.success_packages == [package["id"]]
    assert told.errors[0].code == "39003016"


# Goods that no order of this world has.


def _line(box):
    order = box.order(box.released(items=[EARBUDS]))
    return order.id, order.line_items[0].id


@FULFILLMENT.calls("submitRedemptionInformation", refused=10007014)
def _(box, call):
    order_id, line = _line(box)
    info = {"order_line_id": line, "redeem_info": {"redeem_type": "CODE"}}
    call(body={"order_id": order_id, "order_info_list": [info]})


@FULFILLMENT.calls("getPODCustomizationDetails", refused=10007014)
def _(box, call):
    order_id, line = _line(box)
    query = {
        "order_line_id": line,
        "product_id": "1",
        "sku_id": EARBUDS,
        "pod_order_data_id": "1",
    }
    call(body={"main_order_id": order_id, "query_order_lines": [query]})
