"""TNT: what Track shows of a consignment on its way."""

from pathlib import Path

import pytest

from mock_api.carriers.tnt.words import SAID
from simulator.carriers.scans import Scan
from tests.mock_api.carriers.tnt import PACKAGE, TRACK, TRACK_AT_FEDEX, Tnt, plain

SUMMARIES = {"INT", "EXC", "DEL", "CNF", ""}
OBSERVED = {"PU", "IS", "OS", "TR", "AS", "LAA", "OD", "OK", "NR", "CDB"}
"""Status codes of replies that users have published."""


@pytest.fixture
def tnt(box):
    return Tnt(box)


def test_every_scan_has_its_words_and_no_code_is_made_up():
    assert SAID.keys() == set(Scan)
    assert {said.summary for said in SAID.values()} == SUMMARIES
    assert {said.code for said in SAID.values()} == OBSERVED | {""}
    assert all(said.description for said in SAID.values() if said.summary != "CNF")


def test_the_page_has_the_same_words():
    page = (Path(__file__).parents[3] / "docs/tnt-api.md").read_text(encoding="utf-8")
    for scan, said in SAID.items():
        row = f"| `{scan}` | {said.summary} | {said.code} | {said.description} |"
        assert " ".join(row.split()) in " ".join(page.split()), row


def test_a_consignment_is_followed_to_the_door(tnt):
    number = tnt.shipped()
    assert tnt.codes(number) == ("CNF", [])
    tnt.box.advance(by="2d")
    summary, codes = tnt.codes(number)
    assert (summary, codes[0]) == ("INT", "PU")
    tnt.box.advance(by="20d")
    summary, codes = tnt.codes(number)
    assert summary == "DEL"
    assert codes[-2:] == ["OD", "OK"]
    assert "Import Clearance Completed" in tnt.texts(number)

    found = plain(tnt.track(number))
    assert found["ConsignmentNumber"] == number
    assert found["OriginDepotName"] == "Shenzhen"
    assert found["DeliveryTown"] == "NEW YORK"
    assert found["CustomerReference"] == "PO-7"
    assert found["DestinationCountry"] == {"CountryCode": "US", "CountryName": "United States"}
    assert found["OriginCountry"] == {"CountryCode": "CN", "CountryName": "China"}
    assert found["SenderAccount"] == {"Number": tnt.account, "CountryCode": "CN"}
    latest = found["StatusData"][0]
    assert latest["LocalEventDate"] == found["DeliveryDate"]
    assert latest["LocalEventTime"] == found["DeliveryTime"]
    assert 8 <= int(latest["LocalEventTime"][:2]) < 20, "by New York's clocks"
    assert found["Signatory"]


def test_newest_first_as_tnt_lists_them(tnt):
    number = tnt.shipped()
    tnt.box.advance(by="20d")
    days = [each.findtext("LocalEventDate") for each in tnt.track(number).iter("StatusData")]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("mishap", "codes", "ends"),
    [
        ("customs_hold", ["LAA"], "DEL"),
        ("damaged", ["CDB"], "DEL"),
        ("lost", [], "EXC"),
        ("refused", [], "EXC"),
    ],
)
def test_trouble_is_told_in_tnts_codes(tnt, mishap, codes, ends):
    number = tnt.shipped()
    wish = {"tracking_number": number, "mishap": mishap}
    tnt.box.control("POST", "/carriers/tnt/plan", wish)
    tnt.box.advance(by="60d")
    summary, told = tnt.codes(number)
    assert summary == ends
    assert [code for code in codes if code in told] == codes


def test_a_delay_by_hand_is_an_exception_until_it_goes_on(tnt):
    number = tnt.shipped()
    tnt.box.advance(by="2d")
    tnt.box.control("POST", "/carriers/tnt/delay", {"tracking_number": number, "for": "2d"})
    summary, codes = tnt.codes(number)
    assert (summary, codes[-1]) == ("EXC", "NR")
    tnt.box.advance(by="30d")
    assert tnt.codes(number)[0] == "DEL"


def test_what_is_refused_goes_back_and_says_so_without_a_code(tnt):
    number = tnt.shipped()
    wish = {"tracking_number": number, "mishap": "refused"}
    tnt.box.control("POST", "/carriers/tnt/plan", wish)
    tnt.box.advance(by="60d")
    texts = tnt.texts(number)
    assert "Refused By Receiver" in texts
    assert texts[-1] == "Returned To Sender"


def test_a_consignment_is_delivered_once_all_its_pieces_are(tnt):
    number = tnt.shipped(details={"PACKAGE": [PACKAGE | {"ITEMS": "2"}]})
    (shipment,) = tnt.box.inside.world.shippers.shipments("tnt")
    _, second = tnt.box.inside.world.shippers.parcels_of(shipment)
    wish = {"tracking_number": second.tracking_number, "mishap": "lost"}
    tnt.box.control("POST", "/carriers/tnt/plan", wish)
    tnt.box.advance(by="60d")
    summary, codes = tnt.codes(number)
    assert summary == "EXC"
    assert codes.count("PU") == 2
    assert codes.count("OK") == 1
    assert plain(tnt.track(number))["PieceQuantity"] == "2"
    assert plain(tnt.track(second.tracking_number))["PieceQuantity"] == "1"


def test_a_summary_has_the_latest_status_only(tnt):
    number = tnt.shipped()
    tnt.box.advance(by="20d")
    found = tnt.track(number, "<Summary/>")
    (status,) = found.findall("StatusData")
    assert (found.findtext("SummaryCode"), status.findtext("StatusCode")) == ("DEL", "OK")


def test_ones_own_consignments_are_shown_in_full(tnt):
    number = tnt.shipped()
    tnt.box.advance(by="3d")
    wish = 'package="true" shipment="true" originAddress="true" destinationAddress="true"'
    found = tnt.track(number, f"<Complete {wish}/>")
    assert found.get("access") == "full"
    said = plain(found)
    assert said["PackageSummary"] == {
        "NumberOfPieces": "1",
        "Weight": "1.200",
        "GoodsDescription": "lights",
        "InvoiceAmount": "19.90",
    }
    assert said["ShipmentSummary"]["Service"] == "TNT Express"
    assert said["ShipmentSummary"]["TermsOfPayment"] == "Sender"
    assert len(said["ShipmentSummary"]["DueDate"]) == 8
    parties = [each.get("addressParty") for each in found.iter("Address")]
    assert parties == ["Sender", "Collection", "Receiver", "Delivery"]
    assert "PackageSummary" not in plain(tnt.track(number))


def test_a_parcel_of_the_platforms_order_is_public(tnt):
    order = tnt.box.released(shipping="seller")
    told = tnt.box.control("POST", "/carriers/tnt/book", {"order_id": order})
    tnt.box.advance(by="20d")
    found = tnt.track(told["tracking_number"], '<Complete originAddress="true"/>')
    assert found.get("access") == "public"
    assert found.findtext("SummaryCode") == "DEL"
    assert found.find("Addresses") is None
    assert found.find("SenderAccount") is None


# Search.


def test_both_paths_and_numbers_with_letters_find_it(tnt):
    number = tnt.shipped()
    tnt.box.advance(by="3d")
    plainly = plain(tnt.track(number))
    assert plain(tnt.track(f"GD{number}WW", path=TRACK_AT_FEDEX)) == plainly


@pytest.mark.parametrize("number", ["123456785", "12345678", "1Z12345E6605272234", "anything"])
def test_an_unknown_number_is_not_found_and_no_error(tnt, number):
    assert plain(tnt.track(number)) == {"ConsignmentNumber": number, "SummaryCode": "CNF"}


def test_another_carriers_parcel_is_unknown_to_it(tnt):
    order = tnt.box.place_one(behaviour="prompt")
    tnt.box.until(order, "IN_TRANSIT")
    facts = tnt.box.journal(kind="ParcelScanned")
    number = tnt.box.inside.world.parcel(facts[0]["parcel_id"]).tracking_number
    assert tnt.codes(number) == ("CNF", [])


def test_several_are_asked_for_at_once(tnt):
    one, other = tnt.shipped(), tnt.shipped()
    tnt.box.advance(by="3d")
    found = tnt.search(ConsignmentNumber=[other, "123456785", one])
    assert [each.findtext("ConsignmentNumber") for each in found] == [other, "123456785", one]
    assert [each.findtext("SummaryCode") for each in found] == ["INT", "CNF", "INT"]
    many = tnt.search(ConsignmentNumber=["123456785"] * 51)
    assert many.findtext("Error/Message") == "At most 50 consignments in one request"


def test_they_are_found_by_reference_and_by_account(tnt):
    one = tnt.shipped(details={"CUSTOMERREF": "PO-8"})
    other = tnt.shipped()

    def found(**criteria):
        return [each.findtext("ConsignmentNumber") for each in tnt.search(**criteria)]

    assert found(CustomerReference="PO-8") == [one]
    assert found(CustomerReference="PO-9") == []
    account = {"Number": tnt.account, "CountryCode": "CN"}
    assert found(Account=account, Period={"DateFrom": "20300107"}) == [one, other]
    early = {"DateFrom": "20300105", "NumberOfDays": "3"}
    assert found(Account=account, Period=early) == [one, other]
    late = {"DateFrom": "20300201", "DateTo": "20300203"}
    assert found(Account=account, Period=late) == []
    for days in ("9", "²"):
        endless = {"DateFrom": "99991231", "NumberOfDays": days}
        assert found(Account=account, Period=endless) == []
    bad = tnt.search(Account=account, Period={"DateFrom": "yesterday"})
    assert bad.findtext("Error/Message").startswith("Period needs DateFrom")


def test_several_of_a_reference_are_found_oldest_first_and_once(tnt):
    one, other = tnt.shipped(), tnt.shipped()
    found = tnt.search(CustomerReference=["PO-7", "PO-7"])
    assert [each.findtext("ConsignmentNumber") for each in found] == [one, other]


def test_another_account_is_none_of_ones_business(tnt):
    account = "<Account><Number>999999990</Number></Account>"
    text = f"<TrackRequest><SearchCriteria>{account}</SearchCriteria></TrackRequest>"
    answer = tnt.post(TRACK, text)
    assert (answer.status_code, "<Code>9000</Code>" in answer.text) == (401, True)


def test_nothing_asked_is_an_error(tnt):
    assert tnt.search().findtext("Error/Message") == "No search criteria supplied"
