"""DHL: one shipment through three interfaces, on its way and in trouble."""

from base64 import b64decode
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from mock_api.carriers.dhl.published import WAYBILLS
from mock_api.carriers.dhl.words import SAID
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.dhl import UNKNOWN, Dhl, package

HOME = ["PU", "AF", "DF", "AR", "CR", "AF", "WC", "OK"]


@pytest.fixture
def dhl(box):
    return Dhl(box)


def booked(box, carrier):
    """The number of a label that a seller of the platform's has from that carrier."""
    order = box.released(shipping="seller")
    told = box.control("POST", f"/carriers/{carrier}/book", {"order_id": order})
    return told["tracking_number"]


def test_every_scan_has_its_entry():
    assert SAID.keys() == set(Scan)


@pytest.mark.parametrize("scan", Scan)
def test_the_page_says_of_every_scan_what_the_table_says(scan):
    page = Path("docs/dhl-api.md").read_text(encoding="utf-8")
    said = SAID[scan]
    told = f"{said.code} | {said.text.strip()} | {said.status} |" if said else "none |"
    assert f"| `{scan}` | {told}" in page


# A journey.


def test_a_shipment_has_no_checkpoint_until_it_is_picked_up(dhl):
    waybill = dhl.shipped()
    (shipment,) = dhl.track(waybill)

    assert (shipment["status"], shipment["events"]) == ("Success", [])
    assert dhl.unified(waybill)["status"]["statusCode"] == "pre-transit"
    info = dhl.xml(dhl.known_request(waybill)).find("AWBInfo")
    assert info.findtext("Status/ActionStatus") == "success"
    assert info.findall(".//ShipmentEvent") == []


def test_a_shipment_is_delivered_and_three_interfaces_say_so(dhl):
    waybill = dhl.shipped(customerReferences=[{"value": "order 7", "typeCode": "CU"}])
    dhl.box.advance(by="9d")
    (shipment,) = dhl.track(waybill)
    delivered = shipment["events"][-1]

    assert [event["typeCode"] for event in shipment["events"]] == HOME
    assert delivered["signedBy"] == "Ann Example"
    assert delivered["description"] == "Delivered : Ann Example"
    assert shipment["receiverDetails"]["postalAddress"]["postalCode"] == "10118"
    assert shipment["shipperReferences"] == [{"value": "order 7", "typeCode": "CU"}]

    unified = dhl.unified(waybill)
    assert unified["status"]["statusCode"] == "delivered"
    assert unified["status"]["timestamp"] == f"{delivered['date']}T{delivered['time']}"
    assert unified["status"] == unified["events"][0]
    assert len(unified["events"]) == len(HOME)

    info = dhl.xml(dhl.known_request(waybill)).find("AWBInfo")
    assert [each.text for each in info.findall(".//EventCode")] == HOME
    assert info.findall(".//Signatory")[-1].text == "Ann Example"
    assert info.findtext("ShipmentInfo/ShipperReference/ReferenceID") == "order 7"


def test_times_are_those_of_the_place_and_say_so_if_they_are_asked_to(dhl):
    waybill = dhl.shipped()
    dhl.box.advance(by="9d")
    (plain,) = dhl.track(waybill)
    (told,) = dhl.track(waybill, requestGMTOffsetPerEvent="true")

    assert "GMTOffset" not in plain["events"][0]
    offsets = [event["GMTOffset"] for event in told["events"]]
    assert (offsets[0], offsets[-1]) == ("+08:00", "-05:00")
    assert told["events"][0]["time"] == "10:00:00"  # the van's first round


def test_on_its_way_a_day_of_delivery_is_expected_and_at_its_end_none(dhl):
    waybill = dhl.shipped()
    assert "estimatedDeliveryDate" not in dhl.track(waybill)[0]
    dhl.box.advance(by="1d")
    (shipment,) = dhl.track(waybill)
    assert date.fromisoformat(shipment["estimatedDeliveryDate"][:10]) == date(2030, 1, 14)
    dhl.box.advance(by="9d")
    assert "estimatedDeliveryDate" not in dhl.track(waybill)[0]


def test_views_and_levels_say_less_or_more(dhl):
    waybill = dhl.shipped(content={"packages": [package(), package(2)]})
    dhl.box.advance(by="9d")
    (last,) = dhl.track(waybill, trackingView="last-checkpoint")
    (bare,) = dhl.track(waybill, trackingView="shipment-details-only")
    (whole,) = dhl.track(waybill, levelOfDetail="all")
    single = dhl.told("GET", f"/shipments/{waybill}/tracking")["shipments"][0]

    assert [event["typeCode"] for event in last["events"]] == ["OK"]
    assert bare["events"] == []
    assert whole == single
    assert [piece["number"] for piece in whole["pieces"]] == [1, 2]
    assert all(piece["events"] for piece in whole["pieces"])
    status, detail = dhl.refused("GET", f"/shipments/{waybill}/tracking", trackingView="all")
    assert (status, detail.partition(" (")[0]) == (
        400,
        "Parameters not having correct format: trackingView",
    )
    assert dhl.refused("GET", f"/shipments/{waybill}/tracking", levelOfDetail="x")[0] == 400


def test_several_numbers_are_told_of_at_once_and_unknown_ones_are_not_mentioned(dhl):
    first, second = dhl.shipped(), dhl.shipped()
    found = [each["shipmentTrackingNumber"] for each in dhl.track(first, UNKNOWN, second)]
    assert found == [first, second]

    infos = dhl.xml(dhl.known_request(first, UNKNOWN)).findall("AWBInfo")
    statuses = [info.findtext("Status/ActionStatus") for info in infos]
    assert statuses == ["success", "No Shipments Found"]
    assert infos[1].findtext("Status/Condition/ConditionCode") == "209"


def test_a_shipment_is_found_by_its_reference(dhl):
    waybill = dhl.shipped(customerReferences=[{"value": "order 7"}])
    query = {"shipmentReference": "order 7", "shipperAccountNumber": "123456789"}
    (found,) = dhl.told("GET", "/tracking", **query)["shipments"]
    assert found["shipmentTrackingNumber"] == waybill

    query["shipmentReference"] = "order 8"
    unknown = dhl.refused("GET", "/tracking", **query)
    assert unknown == (404, "No Shipments Found for ReferenceID | order 8")
    query.pop("shipperAccountNumber")
    alone = dhl.refused("GET", "/tracking", **query)
    assert alone == (400, "Missing mandatory parameters: shipperAccountNumber")


def test_a_parcel_of_the_platforms_orders_is_seen_like_any_other(dhl):
    number = booked(dhl.box, "dhl")
    dhl.box.advance(by="12h")
    (shipment,) = dhl.track(number)

    assert shipment["events"][0]["typeCode"] == "PU"
    assert shipment["shipperDetails"]["postalAddress"]["countryCode"] == "CN"
    assert shipment["receiverDetails"]["postalAddress"]["postalCode"]
    assert "totalWeight" not in shipment
    dhl.box.advance(by="9d")
    assert dhl.unified(number)["status"]["statusCode"] == "delivered"


def test_a_lenient_sandbox_lists_the_newest_checkpoint_first(open_box):
    dhl = Dhl(open_box(lenient=["dhl"]))
    waybill = dhl.shipped()
    dhl.box.advance(by="9d")

    assert dhl.codes(waybill) == HOME[::-1]
    codes = dhl.xml(dhl.known_request(waybill)).findall(".//EventCode")
    assert [each.text for each in codes] == HOME


# Trouble.


def troubled(dhl, event, body=None, days=20):
    """A shipment that this befell, three hours after its pickup."""
    waybill = dhl.shipped()
    dhl.box.advance(by="5h")
    wish = {"tracking_number": waybill} | (body or {})
    dhl.box.control("POST", f"/carriers/dhl/{event}", wish)
    dhl.box.advance(by=f"{days}d")
    return waybill


def test_customs_hold_a_shipment_and_release_it(dhl):
    waybill = troubled(dhl, "customs_hold", {"for": "48h"})
    codes = dhl.codes(waybill)
    assert codes[-1] == "OK"
    assert codes.index("CD") < codes.index("CR")


def test_a_refused_shipment_goes_back_which_the_unified_call_knows_as_transit(dhl):
    waybill = troubled(dhl, "plan", {"mishap": "refused"}, days=40)
    codes = dhl.codes(waybill)

    assert "RD" in codes
    assert codes[-1] == "RT"
    unified = dhl.unified(waybill)
    assert unified["status"]["statusCode"] == "transit"
    assert "failure" in [event["statusCode"] for event in unified["events"]]
    status, _ = dhl.refused("GET", f"/shipments/{waybill}/proof-of-delivery")
    assert status == 404


def test_nobody_at_home_is_a_failed_delivery_and_then_a_delivered_one(dhl):
    waybill = troubled(dhl, "plan", {"mishap": "attempt_failed"})
    codes = dhl.codes(waybill)
    assert {"ND", "NH"} & set(codes)
    assert codes[-1] == "OK"


def test_a_lost_shipment_falls_silent(dhl):
    waybill = troubled(dhl, "lose", days=30)
    before = dhl.codes(waybill)
    dhl.box.advance(by="30d")

    assert dhl.box.inside.world.registry.parcel_numbered(waybill).status == "lost"
    assert dhl.codes(waybill) == before == ["PU"]


# Proofs.


def test_a_delivered_shipment_has_a_proof(dhl):
    waybill = dhl.shipped()
    path = f"/shipments/{waybill}/proof-of-delivery"
    assert dhl.refused("GET", path)[0] == 404
    dhl.box.advance(by="9d")

    (document,) = dhl.told("GET", path)["documents"]
    page = pypdfium2.PdfDocument(b64decode(document["content"]))[0]
    text = page.get_textpage().get_text_range()
    assert waybill in text
    assert "Ann Example" in text


# Numbers.


def test_an_unknown_number_is_unknown_everywhere(dhl):
    assert dhl.refused("GET", "/tracking", shipmentTrackingNumber=UNKNOWN) == (
        404,
        f"No Shipments Found for AWBNumber | {UNKNOWN}",
    )
    assert dhl.refused("GET", f"/shipments/{UNKNOWN}/tracking") == (404, "No data found")
    assert dhl.refused("GET", "/tracking") == (
        400,
        "Missing mandatory parameters: shipmentTrackingNumber",
    )
    answer = dhl.ask(UNKNOWN)
    assert answer.status_code == 404
    assert answer.json() == {
        "title": "No result found",
        "status": 404,
        "detail": "No shipment with given tracking number found.",
    }


def test_another_carriers_number_is_unknown(dhl):
    number = booked(dhl.box, "ups")
    assert dhl.refused("GET", "/tracking", shipmentTrackingNumber=number)[0] == 404
    assert dhl.ask(number).status_code == 404


@pytest.mark.parametrize("number", sorted(WAYBILLS))
def test_waybills_that_dhl_publishes_are_loaded_and_never_move(dhl, number):
    test_system = Dhl(dhl.box, "/mydhlapi/test")
    before = test_system.track(number)
    dhl.box.advance(by="1d")

    assert test_system.track(number) == before
    assert before[0]["shipmentTrackingNumber"] == number
    assert before[0]["events"][-1]["typeCode"] == "OK"


def test_the_unified_call_has_other_houses_too_and_nothing_of_theirs(dhl):
    waybill = dhl.shipped()
    assert dhl.ask(waybill, service="express").status_code == 200
    assert dhl.ask(waybill, service="parcel-de").status_code == 404
    assert dhl.ask("").status_code == 400


# XML-PI.


def test_the_last_checkpoint_alone_and_the_pieces_can_be_asked_for(dhl):
    waybill = dhl.shipped(content={"packages": [package(), package(2)]})
    dhl.box.advance(by="9d")
    last = dhl.xml(dhl.known_request(waybill, level="LAST_CHECK_POINT_ONLY"))
    assert [each.text for each in last.findall(".//ShipmentEvent//EventCode")] == ["OK"]

    pieces = dhl.xml(dhl.known_request(waybill, more="<PiecesEnabled>B</PiecesEnabled>"))
    plates = [each.text for each in pieces.findall(".//LicensePlate")]
    assert len(plates) == 2
    by_plate = dhl.known_request().replace("<LevelOf", f"<LPNumber>{plates[1]}</LPNumber><LevelOf")
    assert dhl.xml(by_plate).findtext("AWBInfo/AWBNumber") == waybill


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("document", ["", "{}", "<a>", f"{BOMB}<x>&b;</x>", "<!DOCTYPE x><x/>"])
def test_what_is_no_xml_or_more_than_that_cannot_be_read(dhl, document):
    name, code, _ = dhl.condition(document)
    assert (name, code) == ("ShipmentTrackingErrorResponse", "111")


def test_entities_are_not_resolved_whoever_asks(dhl):
    request = dhl.known_request(UNKNOWN).replace("?>", f"?>{BOMB}", 1).replace(UNKNOWN, "&b;")
    _, code, words = dhl.condition(request)
    assert code == "111"
    assert "entities are not allowed" in words


def test_what_else_the_servlet_does_is_not_simulated(dhl):
    request = dhl.known_request(UNKNOWN).replace("KnownTrackingRequest", "ShipmentRequest")
    _, code, words = dhl.condition(request)
    assert (code, words) == ("111", "ShipmentRequest is not simulated: KnownTrackingRequest is")
    assert dhl.condition(dhl.known_request())[1] == "111"


def test_what_no_xml_can_say_is_left_out_of_an_answer(dhl):
    waybill = dhl.shipped(content={"description": "lamps \u0001 & <more>"})
    info = dhl.xml(dhl.known_request(waybill)).find("AWBInfo")
    assert info.findtext("ShipmentInfo/ShipmentDesc") == "lamps  & <more>"
