"""EasyPost's shipments: rated, bought, labelled, refunded, listed."""

import io
import json

import easypost
import httpx
import pytest
from easypost.errors import InvalidRequestError, NotFoundError
from PIL import Image

from tests.mock_api.carriers.easypost_desk import BOX, LONDON, SHENZHEN, YIWU, Desk


@pytest.fixture
def desk(open_box):
    return Desk(open_box())


def test_every_service_has_its_rate_in_the_price_lists_money(desk):
    draft = desk.draft()
    priced = {(rate.carrier, rate.service): rate for rate in draft.rates}

    assert draft.status == "unknown"
    assert draft.tracking_code is None
    assert draft.messages == []
    assert {rate.currency for rate in draft.rates} == {"CNY"}
    assert {rate.shipment_id for rate in draft.rates} == {draft.id}
    assert len({rate.id for rate in draft.rates}) == len(draft.rates) == 13
    world = desk.box.inside.world
    shipment = world.shippers.shipments("easypost")[0]
    sold = world.shippers.rates(
        shipment.wish.sender, shipment.wish.recipient, shipment.wish.pieces, "ups"
    )
    saver, expedited = sold
    assert priced["UPS", "UPSSaver"].rate == f"{saver.total_minor / 100:.2f}"
    assert priced["UPS", "Expedited"].delivery_days == expedited.service.transit[1]
    assert draft.lowest_rate(["UPS", "DHLExpress"]).service == "Expedited"


def test_ounces_and_inches_become_grams_and_millimetres(desk):
    desk.draft(parcel={"length": 10, "width": 8, "height": 4.5, "weight": 15.4})
    (piece,) = desk.box.inside.world.shippers.shipments("easypost")[0].wish.pieces
    assert (piece.weight_g, piece.sides_mm) == (437, (254, 203, 114))


def test_who_offers_nothing_says_why(desk):
    heavy = desk.draft(parcel=BOX | {"weight": 1_500})
    told = {each.carrier: each for each in heavy.messages}

    assert "ePacket" in told
    assert told["ePacket"].type == "rate_error"
    assert "heavier" in told["ePacket"].message
    assert {rate.carrier for rate in heavy.rates}.isdisjoint(told)
    nowhere = desk.draft(to_address=SHENZHEN)
    assert nowhere.rates == []
    assert {"does not serve" in each.message for each in nowhere.messages} == {True}


def test_only_the_accounts_that_were_named_are_asked(desk):
    account = desk.draft().lowest_rate(["FedEx"]).carrier_account_id
    named = desk.draft(carrier_accounts=[account])
    assert {rate.carrier for rate in named.rates} == {"FedEx"}


def test_what_was_said_of_a_shipment_is_shown_again(desk):
    papers = {"contents_type": "merchandise", "customs_items": [{"description": "Shirts"}]}
    draft = desk.draft(customs_info=papers, options={"invoice_number": "7"}, reference="A-7")
    again = desk.client.shipment.retrieve(draft.id)

    assert again == draft
    assert type(again).__name__ == "Shipment"
    assert (again.from_address.street2, again.from_address.company) == ("Block 2", "Sea Trial")
    assert again.to_address.state is None
    assert again.parcel.weight == 40
    assert again.customs_info.customs_items[0].description == "Shirts"
    assert (again.reference, again.options.invoice_number) == ("A-7", "7")
    assert again.return_address == again.from_address
    assert desk.client.address.retrieve(again.to_address.id) == again.to_address
    assert desk.client.parcel.retrieve(again.parcel.id) == again.parcel


def test_addresses_and_parcels_may_be_made_beforehand(desk):
    here = desk.client.address.create(**SHENZHEN)
    there = desk.client.address.create(verify=True, **LONDON)
    box = desk.client.parcel.create(**BOX)
    papers = desk.client.customs_info.create(contents_type="gift", customs_items=[{"quantity": 1}])
    draft = desk.draft(from_address=here, to_address=there, parcel=box, customs_info=papers)

    assert there.verifications.delivery.success
    assert draft.from_address.id == here.id
    assert draft.parcel.id == box.id
    assert draft.customs_info.id == papers.id
    assert desk.client.address.retrieve(here.id) == here
    assert desk.client.address.verify(there.id).id == there.id
    another = desk.draft(from_address=draft.from_address, to_address={"id": there.id})
    assert another.from_address.street1 == "1 Haiyun Rd"
    desk.box.control("POST", "/reset")
    assert desk.refused("GET", f"/addresses/{here.id}") == (404, "NOT_FOUND")


def test_an_address_that_is_incomplete_is_not_verified(desk):
    body = {"address": {"street1": "1 Strand", "country": "GB"}, "verify_strict": True}
    assert desk.refused("POST", "/addresses", body) == (422, "ADDRESS.VERIFY.FAILURE")
    with pytest.raises(InvalidRequestError):
        desk.client.address.create_and_verify(street1="1 Strand")
    assert desk.client.address.create_and_verify(**LONDON).city == "London"


def test_a_label_that_is_bought_has_a_number_that_checks_and_a_tracker_of_its_own(desk):
    bought = desk.bought("DHLExpress")

    assert int(bought.tracking_code[9]) == int(bought.tracking_code[:9]) % 7
    assert bought.selected_rate.carrier == "DHLExpress"
    assert [(fee.type, fee.amount) for fee in bought.fees] == [
        ("LabelFee", "0.00000"),
        ("PostageFee", f"{bought.selected_rate.rate}000"),
    ]
    tracker = desk.tracker(bought)
    assert (tracker.status, tracker.tracking_details) == ("pre_transit", [])
    assert (tracker.tracking_code, tracker.shipment_id) == (bought.tracking_code, bought.id)
    assert tracker.carrier == "DHLExpress"
    assert bought.tracker.id == tracker.id


def test_labels_are_real_in_every_form(desk):
    bought = desk.bought("FedEx")
    assert bought.postage_label.label_file_type == "image/png"
    picture = httpx.get(bought.postage_label.label_url)
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).size[0] > 500

    desk.client.shipment.label(bought.id, file_format="ZPL")
    label = desk.client.shipment.label(bought.id, file_format="pdf").postage_label
    assert httpx.get(label.label_pdf_url).content.startswith(b"%PDF")
    assert httpx.get(label.label_zpl_url).text.startswith("^XA")
    assert bought.tracking_code in desk.client.shipment.retrieve(bought.id).tracking_code
    assert desk.bought(options={"label_format": "PDF"}).postage_label.label_url.endswith(".pdf")


def test_a_labels_address_is_not_guessed_and_stays_below_the_prefix(desk):
    bought = desk.bought()
    url = bought.postage_label.label_url
    assert httpx.get(url.replace("postage_label/", "postage_label/0")).status_code == 404
    assert httpx.get(url.replace(".png", ".gif")).status_code == 404
    below = easypost.EasyPostClient(desk.key, api_base=f"{desk.box.served.base}/easypost/v2")
    again = below.shipment.retrieve(bought.id).postage_label.label_url
    assert again == url.replace("/v2/", "/easypost/v2/")
    assert httpx.get(again).content == httpx.get(url).content


def test_one_call_may_do_both(desk):
    bought = desk.draft(carrier="UPS", service="UPSSaver")
    assert bought.tracking_code.startswith("1Z")
    body = {"shipment": {"from_address": SHENZHEN, "to_address": LONDON, "parcel": BOX}}
    body["shipment"] |= {"carrier": "UPS", "service": "Ground"}
    assert desk.refused("POST", "/shipments", body) == (422, "SHIPMENT.RATES.UNAVAILABLE")


def test_a_label_is_bought_once_and_at_a_rate_of_its_own(desk):
    draft, other = desk.draft(), desk.draft()
    path, rate = f"/shipments/{draft.id}/buy", draft.lowest_rate().id

    assert desk.refused("POST", path, {}) == (422, "SHIPMENT.MISSING_RATE")
    assert desk.refused("POST", path, {"rate": {"id": other.lowest_rate().id}}) == (
        404,
        "NOT_FOUND",
    )
    assert desk.call("POST", path, {"rate": {"id": rate}}).status_code == 200
    assert desk.refused("POST", path, {"rate": {"id": rate}}) == (422, "SHIPMENT.POSTAGE.EXISTS")


def test_rating_anew_gives_the_same(desk):
    draft = desk.draft()
    assert desk.client.shipment.regenerate_rates(draft.id).rates == draft.rates
    assert [desk.client.rate.retrieve(each.id) for each in draft.rates] == draft.rates


def test_a_refund_is_had_until_the_carrier_has_the_parcel(desk):
    path = "/shipments/{}/refund".format
    assert desk.refused("POST", path(desk.draft().id)) == (422, "SHIPMENT.POSTAGE.REQUIRED")
    early, late = desk.bought(), desk.bought()
    assert desk.client.shipment.refund(early.id).refund_status == "submitted"
    assert desk.refused("POST", path(early.id)) == (422, "SHIPMENT.REFUND.UNAVAILABLE")

    desk.box.advance(by="2d")
    assert desk.refused("POST", path(late.id)) == (422, "SHIPMENT.REFUND.UNAVAILABLE")
    voided = desk.tracker(early)
    assert (voided.status, voided.tracking_details) == ("cancelled", [])
    assert desk.tracker(late).status == "in_transit"


def test_a_return_goes_the_other_way(desk):
    american = LONDON | {"city": "Hoboken", "zip": "07030", "state": "NJ", "country": "US"}
    sent = desk.draft(is_return=True, from_address=american, to_address=SHENZHEN)
    wish = desk.box.inside.world.shippers.shipments("easypost")[0].wish

    assert sent.is_return
    assert (wish.sender.city, wish.recipient.city) == ("Shenzhen", "Hoboken")
    assert sent.from_address.city == "Hoboken"


def test_lists_are_newest_first_and_come_page_by_page(desk):
    drafted = desk.draft()
    bought = [desk.bought().id for _ in range(5)]
    first = desk.client.shipment.all(page_size=2)
    pages = [first]
    while pages[-1].has_more:
        pages.append(desk.client.shipment.get_next_page(pages[-1], page_size=2))

    assert [len(each.shipments) for each in pages] == [2, 2, 1]
    assert [one.id for each in pages for one in each.shipments] == bought[::-1]
    with pytest.raises(easypost.errors.EndOfPaginationError):
        desk.client.shipment.get_next_page(pages[-1], page_size=2)
    every = desk.client.shipment.all(purchased=False)
    assert [each.id for each in every.shipments] == [*bought[::-1], drafted.id]
    after = desk.client.shipment.all(after_id=bought[2], page_size=1)
    assert ([each.id for each in after.shipments], after.has_more) == ([bought[3]], True)


def test_the_same_world_gives_the_same_ids(open_box):
    one, two = Desk(open_box(seed=7)), Desk(open_box(seed=7))
    assert one.bought().to_dict().keys() == two.bought().to_dict().keys()
    shipments = [desk.client.shipment.all().shipments[0] for desk in (one, two)]
    assert shipments[0].id == shipments[1].id
    assert shipments[0].tracker.id == shipments[1].tracker.id
    assert shipments[0].rates == shipments[1].rates


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"to_address": None}, "PARAMETER.REQUIRED"),
        ({"parcel": None}, "PARAMETER.REQUIRED"),
        ({"parcel": {"length": 3}}, "PARAMETER.REQUIRED"),
        ({"from_address": {}}, "PARAMETER.REQUIRED"),
        ({"parcel": BOX | {"weight": -1}}, "SHIPMENT.INVALID_PARAMS"),
        ({"parcel": BOX | {"weight": "heavy"}}, "SHIPMENT.INVALID_PARAMS"),
        ({"to_address": LONDON | {"country": "Britain"}}, "ADDRESS.COUNTRY.INVALID"),
    ],
)
def test_what_cannot_be_shipped_is_refused(desk, edits, code):
    body = {"from_address": SHENZHEN, "to_address": LONDON, "parcel": BOX} | edits
    assert desk.refused("POST", "/shipments", {"shipment": body}) == (422, code)


@pytest.mark.parametrize("odd", ["NaN", '"\\ud800"', "-Infinity"])
@pytest.mark.parametrize("where", ["options", "customs_info"])
def test_what_json_cannot_say_is_refused(desk, odd, where):
    made = {"from_address": SHENZHEN, "to_address": LONDON, "parcel": BOX, where: {"x": "?"}}
    body = json.dumps({"shipment": made}).replace('"?"', odd)
    headers = {"content-type": "application/json"}
    refused = desk.refused("POST", "/shipments", content=body, headers=headers)
    assert refused == (422, "BAD_REQUEST")


def test_the_oddest_address_fits_on_a_label(desk):
    odd = {"name": "王小明 " * 60, "street1": "é" * 400, "city": "", "country": "us", "zip": 10001}
    bought = desk.bought(to_address=odd, reference="Ω" * 300)
    assert httpx.get(bought.postage_label.label_url).content.startswith(b"\x89PNG")
    assert (bought.to_address.zip, bought.to_address.country) == ("10001", "US")


def test_a_label_form_that_is_not_printed_here_is_refused(desk):
    draft = desk.draft(options={"label_format": "EPL2"})
    body = {"rate": {"id": draft.lowest_rate().id}}
    refused = (422, "SHIPMENT.POSTAGE.INVALID_FORMAT")
    assert desk.refused("POST", f"/shipments/{draft.id}/buy", body) == refused
    bought = desk.bought()
    assert desk.refused("GET", f"/shipments/{bought.id}/label?file_format=EPL2") == refused
    unbought = (422, "SHIPMENT.POSTAGE.REQUIRED")
    assert desk.refused("GET", f"/shipments/{draft.id}/label?file_format=PDF") == unbought


def test_an_empty_call_is_refused_as_recorded(desk):
    answer = desk.call("POST", "/shipments", {"shipment": {}})
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "error": {
                "code": "PARAMETER.REQUIRED",
                "message": "Missing required parameter.",
                "errors": [{"field": "shipment", "message": "cannot be blank"}],
            }
        },
    )


def test_what_another_interface_made_is_unknown(desk):
    with pytest.raises(NotFoundError):
        desk.client.shipment.retrieve("shp_" + "0" * 32)
    assert desk.refused("GET", "/shipments/made-up") == (404, "NOT_FOUND")
    assert desk.refused("GET", "/rates/rate_" + "0" * 32) == (404, "NOT_FOUND")


def test_where_no_van_comes_the_parcel_is_dropped_off(desk):
    bought = desk.bought("JTExpress", from_address=YIWU)
    desk.box.advance(by="4d")
    assert desk.tracker(bought).status == "in_transit"
