"""TNT: consignments, access keys, collections, and what is printed."""

import re

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from simulator.carriers import numbers
from tests.mock_api.carriers.tnt import (
    EVERYTHING,
    LABEL,
    NEW_YORK,
    PACKAGE,
    RENDER,
    SHENZHEN,
    SHIP,
    Tnt,
    plain,
    xml,
)


@pytest.fixture
def tnt(box):
    return Tnt(box)


@pytest.fixture
def on_call(open_box):
    """Nobody comes until somebody calls."""
    return Tnt(open_box(pickups="on_call"))


# The protocol.


def test_a_document_is_answered_with_an_access_key_which_opens_its_result(tnt):
    key = tnt.key(tnt.batch())
    assert re.fullmatch(r"\d{8}", key)
    result = plain(tnt.result(key))
    assert list(result) == ["CREATE", "RATE", "BOOK", "SHIP", "PRINT"]
    number = result["CREATE"]["CONNUMBER"]
    assert numbers.checks("tnt", number)
    one = {"CONREF": "ref1", "CONNUMBER": number, "SUCCESS": "Y"}
    assert result["CREATE"] == one
    assert result["BOOK"] == result["SHIP"] == {"CONSIGNMENT": one}
    assert result["RATE"]["PRICE"]["SERVICE"] == "15N"
    assert set(result["PRINT"].values()) == {"CREATED"}
    assert plain(tnt.result(key)) == result


def test_an_access_key_is_a_login_of_its_own(tnt):
    """As OCA's delivery_tnt_oca sends neither name nor password with it."""
    key = tnt.key(tnt.batch(), auth=None)
    assert plain(tnt.result(key, auth=None))["CREATE"]["SUCCESS"] == "Y"


def test_nobody_elses_key_opens_anything(tnt, open_box):
    key = tnt.key(tnt.batch())
    other = Tnt(open_box())
    assert tnt.result("12345678", auth=None).tag == "runtime_error"
    assert other.result(key).tag == "runtime_error"
    assert "not recognised" in other.post(SHIP, f"GET_RESULT:{key}").text


def test_what_was_not_printed_is_not_there(tnt):
    key = tnt.key(tnt.batch(("CREATE",)))
    assert tnt.result(key, "GET_LABEL").tag == "runtime_error"
    assert tnt.result(key, "GET_LUCKY").tag == "runtime_error"


def test_the_login_is_that_of_the_document(tnt, open_box):
    for login in [(tnt.login[0], "wrong"), Tnt(open_box()).login]:
        answer = tnt.told(SHIP, tnt.batch(login=login))
        assert answer.findtext("error_reason") == "Login details not recognised"
    assert tnt.post(SHIP, xml(tnt.batch()), auth=("x", "y")).status_code == 401
    assert tnt.key(tnt.batch(login=("", "")))
    answer = tnt.told(SHIP, tnt.batch(login=("", "")), auth=None)
    assert answer.tag == "runtime_error"


def test_a_lenient_sandbox_answers_with_the_result(open_box):
    tnt = Tnt(open_box(lenient=["tnt"]))
    batch = tnt.batch(collection={"SHIPDATE": None})
    batch["ESHIPPER"]["ACTIVITY"]["SHOW_GROUPCODE"] = ""
    result = tnt.told(SHIP, batch)
    assert result.tag == "document"
    assert result.findtext("GROUPCODE")
    assert result.findtext("BOOK/CONSIGNMENT/SUCCESS") == "Y"


def test_a_reset_forgets_what_keys_opened(tnt):
    key = tnt.key(tnt.batch())
    tnt.box.control("POST", "/reset", {})
    assert tnt.result(key).tag == "runtime_error"


# Consignments.


def test_a_consignment_is_a_shipment_of_the_world(tnt):
    number = tnt.shipped()
    shipment = tnt.box.inside.world.shippers.shipment_numbered(number)
    wish = shipment.wish
    assert (wish.sender.name, wish.sender.city) == ("Shenzhen Lights & Co", "Shenzhen")
    assert (wish.recipient.region, wish.recipient.postal_code) == ("US", "10118")
    assert (wish.contents, wish.reference) == ("lights", "PO-7")
    assert (wish.value_minor, wish.value_currency) == (1990, "USD")
    assert [(p.weight_g, p.sides_mm) for p in wish.pieces] == [(1200, (200, 150, 100))]


def test_goods_go_to_the_delivery_address_and_come_from_the_collections(tnt):
    elsewhere = NEW_YORK | {"CITY": "Boston"}
    yard = SHENZHEN | {"CITY": "Dongguan"}
    number = tnt.shipped(
        details={"DELIVERY": elsewhere},
        collection=tnt.collection() | {"COLLECTIONADDRESS": yard},
    )
    wish = tnt.box.inside.world.shippers.shipment_numbered(number).wish
    assert (wish.sender.city, wish.recipient.city) == ("Dongguan", "Boston")


def test_a_package_line_is_so_many_pieces_of_one_consignment(tnt):
    lines = [PACKAGE | {"ITEMS": "2"}, PACKAGE | {"WEIGHT": "0.5"}]
    number = tnt.shipped(details={"PACKAGE": lines})
    (shipment,) = tnt.box.inside.world.shippers.shipments("tnt")
    assert [piece.weight_g for piece in shipment.wish.pieces] == [1200, 1200, 500]
    assert tnt.box.inside.world.shippers.shipment_numbered(number) is shipment


def test_several_consignments_are_named_by_their_references(tnt):
    result = tnt.did(refs=("one", "two"))
    assert [each["CONREF"] for each in result["CREATE"]] == ["one", "two"]
    assert len({each["CONNUMBER"] for each in result["CREATE"]}) == 2
    assert len(result["BOOK"]["CONSIGNMENT"]) == 2
    assert len(tnt.box.inside.world.shippers.pickups("tnt")) == 1


def test_a_reference_that_is_named_twice_is_one_consignment(tnt):
    result = tnt.did("CREATE", refs=("a", "a"), consignments=("a",))
    assert result["CREATE"]["SUCCESS"] == "Y"
    assert len(tnt.box.inside.world.shippers.shipments("tnt")) == 1


def test_an_unknown_reference_is_115_and_the_others_go_on(tnt):
    result = tnt.did("CREATE", "SHIP", refs=("one", "none"), consignments=("one",))
    assert [each["SUCCESS"] for each in result["CREATE"]] == ["Y", "N"]
    assert result["ERROR"] == {
        "CODE": "115",
        "DESCRIPTION": "Consignment Reference Not Recognized",
        "SOURCE": "Consignment reference: none",
    }


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"details": {"SERVICE": "09N"}}, "The service is not available between"),
        ({"details": {"SERVICE": None}}, "The service is not available between"),
        ({"details": {"PACKAGE": []}}, "At least one PACKAGE is mandatory"),
        ({"details": {"PACKAGE": [PACKAGE | {"ITEMS": "0"}]}}, "PACKAGE/ITEMS must be"),
        ({"details": {"PACKAGE": [PACKAGE] * 51}}, "A consignment has at most 50 items"),
        ({"details": {"PACKAGE": [PACKAGE | {"WEIGHT": "x"}]}}, "Weights, sizes and values"),
        ({"details": {"PACKAGE": [PACKAGE | {"WEIGHT": "900"}]}}, "A piece is heavier"),
        ({"details": {"GOODSVALUE": "-1"}}, "Weights, sizes and values"),
        ({"details": {"CONNUMBER": "123456785"}}, "Consignment numbers of the customer's own"),
        ({"details": {"RECEIVER": NEW_YORK | {"CITY": None}}}, "The field RECEIVER/CITY is"),
        ({"details": {"RECEIVER": NEW_YORK | {"COUNTRY": "USA"}}}, "The country code is not"),
        ({"details": {"RECEIVER": SHENZHEN}}, "The service is not available between"),
        ({"sender": {"COMPANYNAME": None}}, "The field SENDER/COMPANYNAME is mandatory"),
        ({"sender": {"ACCOUNT": "1"}}, "The account number is not recognised: 1"),
    ],
)
def test_a_consignment_that_is_not_valid_is_not_created_and_leaves_no_trace(tnt, edits, words):
    before = tnt.box.mark()
    code, said, source = tnt.error("CREATE", **edits)
    assert (code, source) == ("0", "Consignment reference: ref1")
    assert said.startswith(words)
    assert tnt.box.mark() == before


def test_a_document_may_ask_for_prices_only(tnt):
    before = tnt.box.mark()
    result = tnt.did("RATE", details={"SERVICE": None})
    assert [each["SERVICE"] for each in result["RATE"]["PRICE"]] == ["15N", "48N"]
    assert {each["RESULT"] for each in result["RATE"]["PRICE"]} == {"Y"}
    assert tnt.box.mark() == before


def test_a_document_without_activities_does_nothing(tnt):
    error = tnt.did(activity=None)["ERROR"]
    assert error == {"CODE": "0", "DESCRIPTION": "The element ACTIVITY is mandatory"}


def test_what_was_created_before_is_named_by_its_number(on_call):
    number = on_call.shipped("CREATE")
    named = {"CONNUMBER": f"GE{number}CN"}
    activity = {"BOOK ShowBookingRef='Y'": named, "SHIP": named, "PRINT": {"REQUIRED": named}}
    result = on_call.did(activity=activity, consignments=())
    assert result["BOOK"]["CONSIGNMENT"]["CONNUMBER"] == number
    assert result["BOOK"]["CONSIGNMENT"]["BOOKINGREF"].startswith("TNT")
    assert list(result["PRINT"]) == ["CONNOTE", "LABEL", "MANIFEST", "INVOICE"]
    _, words, source = on_call.error(activity={"SHIP": {"CONNUMBER": "123456785"}})
    assert words == "Consignment Number Not Recognized"
    assert source == "Consignment number: 123456785"


# Collections.


def hours(tnt, local):
    """On to that hour in Shenzhen, of the world's first day."""
    now = tnt.box.now
    tnt.box.advance(to=now - (now + 8 * 3600) % 86_400 + local * 3600)


def test_nobody_comes_until_a_collection_is_booked(on_call):
    number = on_call.shipped()
    on_call.box.advance(by="3d")
    assert on_call.codes(number) == ("CNF", [])
    named = {"CONNUMBER": number}
    booked = on_call.did(activity={"BOOK": named}, collection=on_call.collection("11/01/2030"))
    assert booked["BOOK"]["CONSIGNMENT"]["SUCCESS"] == "Y"
    on_call.box.advance(by="2d")
    assert on_call.codes(number)[1][0] == "PU"


def test_the_driver_comes_for_what_is_booked_and_leaves_the_rest(on_call):
    booked, other = on_call.shipped("CREATE", "BOOK"), on_call.shipped("CREATE")
    on_call.box.advance(by="3d")
    assert on_call.codes(booked)[1][0] == "PU"
    assert on_call.codes(other) == ("CNF", [])


def test_who_is_closed_in_the_morning_is_collected_in_the_afternoon(on_call):
    afternoon = {"ALTCOLLECTTIME": {"FROM": "13:00", "TO": "17:30"}}
    short = on_call.collection(hours=("10:30", "11:30"))
    assert on_call.did("CREATE", "BOOK", collection=short)["ERROR"]
    result = on_call.did("CREATE", "BOOK", collection=short | afternoon)
    assert result["BOOK"]["CONSIGNMENT"]["SUCCESS"] == "Y"


def test_a_time_that_is_over_is_now(on_call):
    hours(on_call, 12)
    number = on_call.shipped("CREATE", "BOOK", collection=on_call.collection("7/1/2030"))
    hours(on_call, 20)
    assert on_call.codes(number)[1][0] == "PU"


@pytest.mark.parametrize(
    ("collection", "words"),
    [
        ({"day": "06/01/2030"}, "The collection time is after the cut off time"),
        ({"day": "07/01/2030"}, "The collection time is after the cut off time"),
        ({"hours": ("18:00", "09:00")}, "The collection time TO must be later than FROM"),
        ({"hours": ("10:30", "11:30")}, "No TNT vehicle is in the area"),
        ({"day": "2030-01-08"}, "The field SHIPDATE must be in the format DD/MM/CCYY"),
        ({"day": "08/01/1"}, "The field SHIPDATE must be in the format DD/MM/CCYY"),
        ({"day": None}, "The field SHIPDATE must be in the format DD/MM/CCYY"),
        ({"hours": ("9", "later")}, "Collection times must be in the format HH:MM"),
        ({"PREFCOLLECTTIME": None}, "The field PREFCOLLECTTIME is mandatory"),
    ],
)
def test_a_collection_that_nobody_makes_is_refused_and_the_consignment_stands(
    on_call, collection, words
):
    hours(on_call, 18)
    result = on_call.did("CREATE", "BOOK", collection=on_call.collection(**collection))
    assert result["CREATE"]["SUCCESS"] == "Y"
    assert result["BOOK"]["CONSIGNMENT"]["SUCCESS"] == "N"
    assert result["ERROR"]["DESCRIPTION"].startswith(words)
    assert on_call.box.inside.world.shippers.pickups("tnt") == []


def test_a_consignment_is_collected_where_tnt_has_vans_and_once(on_call):
    paris = {"CITY": "Paris", "COUNTRY": "FR"}
    number = on_call.shipped("CREATE")
    book = {"BOOK": {"CONNUMBER": number}}
    _, words, _ = on_call.error(activity=book, sender=paris)
    assert words == "TNT does not collect at that address"
    assert "ERROR" not in on_call.did(activity=book)
    _, words, _ = on_call.error(activity=book)
    assert words == "The consignment has been booked already"


def test_who_was_called_in_vain_to_the_last_time_may_be_called_again(on_call):
    on_call.box.control("POST", "/carriers/tnt/close", {"region": "CN", "for": "7d"})
    number = on_call.shipped("CREATE", "BOOK")
    again = {"BOOK": {"CONNUMBER": number}}
    on_call.box.advance(by="1d")
    _, words, _ = on_call.error(activity=again, collection=on_call.collection("09/01/2030"))
    assert words == "The consignment has been booked already"
    on_call.box.advance(by="6d")
    (pickup,) = on_call.box.inside.world.shippers.pickups("tnt")
    assert (pickup.status, on_call.codes(number)) == ("missed", ("CNF", []))
    booked = on_call.did(activity=again, collection=on_call.collection("15/01/2030"))
    assert booked["BOOK"]["CONSIGNMENT"]["SUCCESS"] == "Y"
    on_call.box.advance(by="3d")
    assert on_call.codes(number)[1][0] == "PU"


# What is printed.


@pytest.mark.parametrize(
    ("what", "sheet"),
    [
        ("GET_CONNOTE", "HTMLConsignmentNoteRenderer"),
        ("GET_LABEL", "HTMLAddressLabelRenderer"),
        ("GET_MANIFEST", "HTMLManifestRenderer"),
        ("GET_INVOICE", "HTMLCommercialInvoiceRenderer"),
    ],
)
def test_documents_are_xml_for_tnts_stylesheets(tnt, what, sheet):
    key = tnt.key(tnt.batch())
    answer = tnt.post(SHIP, f"{what}:{key}")
    assert f'href="{tnt.box.served.base}/expresswebservices-website/' in answer.text
    assert f'/{sheet}.xsl" type="text/xsl"?>' in answer.text
    document = tnt.result(key, what)
    consignment = plain(document)["CONSIGNMENT"]
    assert consignment["CONNUMBER"] == tnt.result(key).findtext("CREATE/CONNUMBER")
    assert consignment["SERVICE"] == "15N TNT Express"
    assert consignment["HEADER"]["SENDER"]["COMPANYNAME"] == "Shenzhen Lights & Co"
    assert consignment["HEADER"]["SHIPMENTDATE"] == "08/01/2030"
    assert consignment["DELIVERY"]["COUNTRY"] == "UNITED STATES"
    assert consignment["PACKAGE"]["LENGTH"] == "20.0"


# Routing labels.


def label_request(number, lines=1, **edits):
    place = {"name": "Somebody", "addressLine1": "1 Road", "town": "Shenzhen", "country": "CN"}
    line = {
        "identifier": "1",
        "goodsDescription": "lights",
        "pieceMeasurements": {"length": "0.2", "width": "0.1", "height": "0.1", "weight": "1.2"},
        "pieces": {"sequenceNumbers": "1,2", "pieceReference": "mine"},
    }
    consignment = {
        "consignmentIdentity": {"consignmentNumber": number, "customerReference": "PO-7"},
        "collectionDateTime": "2030-01-08T09:00:00",
        "sender": place,
        "delivery": place | {"town": "New York", "postcode": "10118", "country": "US"},
        "product": {"lineOfBusiness": "2", "groupId": "0", "id": "15N", "type": "N"},
        "account": {"accountNumber": "100000001", "accountCountry": "CN"},
        "totalNumberOfPieces": "2",
        "pieceLine": [line] * lines,
    }
    return {"labelRequest": {"consignment key='CON1'": consignment | edits}}


def test_a_label_has_the_data_of_each_piece(tnt):
    number = tnt.shipped()
    response = tnt.told(LABEL, label_request(number))
    (consignment,) = response
    assert consignment.get("key") == "CON1"
    pieces = consignment.findall("pieceLabelData")
    assert [each.findtext("pieceNumber") for each in pieces] == ["1", "2"]
    assert [each.findtext("barcode")[:12] for each in pieces] == [f"{number}001", f"{number}002"]
    data = plain(consignment.find("consignmentLabelData"))
    assert data["consignmentNumber"] == number
    assert data["product"] == "Express"
    assert data["originDepot"]["depotCode"] == "SHE"


def test_a_label_is_rendered_as_a_pdf_whose_barcode_scans(tnt):
    number = tnt.shipped()
    answer = tnt.post(LABEL, xml(label_request(number)))
    form = {"responseXml": answer.text, "documentType": "routingLabel", "contentType": "pdf"}
    rendered = tnt.post(RENDER, "", **form)
    assert rendered.headers["content-type"] == "application/pdf"
    document = PdfDocument(rendered.content)
    assert len(document) == 2
    for page in document:
        image = page.render(scale=4).to_pil().convert("L")
        assert number in [each.text for each in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    ("number", "edits", "words"),
    [
        ("123456782", {}, "The consignment number is not valid"),
        ("12345678", {}, "The consignment number is not valid"),
        ("GD123456785WW", {"product": {"type": "Express"}}, "The product type must be D or N"),
        ("123456785", {"sender": {"town": "x"}}, "The sender country is mandatory"),
        ("123456785", {"pieceLine": []}, "A consignment has from 1 to 50 pieces"),
        ("123456785", {"pieceLine": {"pieceMeasurements": {"weight": "-1"}}}, "Measurements"),
    ],
)
def test_a_label_that_cannot_be_is_a_broken_rule(tnt, number, edits, words):
    response = tnt.told(LABEL, label_request(number, **edits))
    rules = response.find("brokenRules")
    assert rules.get("key") == "CON1"
    assert rules.findtext("errorDescription").startswith(words)


def test_more_labels_than_there_may_be_are_refused(tnt):
    response = tnt.told(LABEL, label_request("123456785", lines=26))
    assert "from 1 to 50 pieces" in response.findtext("brokenRules/errorDescription")
    response = tnt.told(LABEL, "<labelRequest/>")
    assert response.find("brokenRules") is not None


@pytest.mark.parametrize(
    "form",
    [
        {"responseXml": ""},
        {"responseXml": "<labelResponse/>"},
        {"responseXml": "<labelResponse><consignment/></labelResponse>"},
        {"responseXml": "<other/>", "contentType": "html"},
        {"responseXml": "<other/>", "documentType": "manifest"},
    ],
)
def test_what_is_no_label_is_not_rendered(tnt, form):
    answer = tnt.post(RENDER, "", **form)
    assert (answer.status_code, "errorDescription" in answer.text) == (200, True)


def test_a_piece_without_a_weight_is_not_rendered(tnt):
    answer = tnt.post(LABEL, xml(label_request("123456785"))).text
    spoilt = answer.replace('code="1.2"', 'code="many"')
    assert "The weight is not valid: many" in tnt.post(RENDER, "", responseXml=spoilt).text


def test_everything_is_one_document_long(tnt):
    """The activities of TNT's own sample, in one go."""
    assert set(EVERYTHING) <= set(tnt.did())
