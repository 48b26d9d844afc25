"""TNT: prices, logins, and documents that are not read."""

import pytest

from mock_api.settings import ServerSettings
from tests.mock_api.carriers.tnt import PRICE, SHIP, TRACK, Tnt, plain, xml


@pytest.fixture
def tnt(box):
    return Tnt(box)


def test_every_service_has_its_price(tnt):
    rated = tnt.priced()["priceResponse"]["ratedServices"]
    assert (rated["rateId"], rated["currency"]) == ("rate1", "CNY")
    express, economy = rated["ratedService"]
    assert express["product"] == {"id": "15N", "productDesc": "TNT Express"}
    assert economy["product"] == {"id": "48N", "productDesc": "TNT Economy Express"}
    assert float(economy["totalPrice"]) < float(express["totalPrice"])
    assert express["totalPriceExclVat"] == express["totalPrice"]
    assert express["vatAmount"] == "0.00"
    charge = express["chargeElements"]["chargeElement"]
    assert (charge["chargeCategory"], charge["chargeCode"]) == ("SURCHARGE", "FSI00")
    assert 0 < float(charge["chargeValue"]) < float(express["totalPrice"])


def test_the_price_is_what_a_consignment_costs(tnt):
    rated = tnt.priced(tnt.check("48N"))["priceResponse"]["ratedServices"]["ratedService"]
    tnt.shipped(details={"SERVICE": "48N"})
    (shipment,) = tnt.box.inside.world.shippers.shipments("tnt")
    assert shipment.service == "economy"
    assert round(float(rated["totalPrice"]) * 100) == shipment.price_minor


def test_who_has_no_account_gets_standard_rates_and_a_warning(tnt):
    own = tnt.priced(tnt.check("15N"))
    assert "errors" not in own
    check = tnt.check("15N", account=None)
    assert tnt.rules(check) == [("W", "P13", "Standard Rates")]
    standard = tnt.priced(check)["priceResponse"]["ratedServices"]["ratedService"]
    paid = own["priceResponse"]["ratedServices"]["ratedService"]
    assert float(standard["totalPrice"]) > float(paid["totalPrice"])


def test_no_breakdown_unless_it_is_asked_for(tnt):
    rated = tnt.priced(tnt.check("15N", priceBreakDown="false"))
    assert "chargeElements" not in rated["priceResponse"]["ratedServices"]["ratedService"]


def test_the_document_may_be_posted_as_it_is(tnt):
    text = '<?xml version="1.0" encoding="UTF-8"?>' + xml({"priceRequest": {"priceCheck": {}}})
    answer = tnt.http.post(
        PRICE, content=text, auth=tnt.login, headers={"content-type": "text/xml"}
    )
    assert "brokenRule" in answer.text
    answer = tnt.http.post(PRICE, content=f"xml_in={text}", auth=tnt.login)
    assert "brokenRule" in answer.text


def test_pieces_may_be_told_as_a_sum_only(tnt):
    lines = tnt.check("15N", pieceLine=[tnt.check()["pieceLine"]] * 2)
    two = {"totalWeight": "2.4", "totalVolume": "0.006", "totalNumberOfPieces": "2"}
    sums = tnt.check("15N", pieceLine=None, consignmentDetails=two)
    first, second = tnt.priced(lines, sums)["priceResponse"]["ratedServices"]
    assert first["ratedService"]["totalPrice"] == second["ratedService"]["totalPrice"]


def test_one_broken_check_does_not_spoil_the_others(tnt):
    good, bad = tnt.check("15N"), tnt.check("09N", rateId="rate2")
    told = tnt.priced(good, bad)
    assert told["priceResponse"]["ratedServices"]["rateId"] == "rate1"
    assert told["errors"]["brokenRule"]["rateId"] == "rate2"


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"product": {"id": "09N", "type": "N"}}, "The product 09N is not available"),
        ({"delivery": {"country": "USA"}}, "The delivery country is missing or not valid"),
        ({"sender": {"country": "US"}}, "The service is not available between"),
        ({"pieceLine": {"pieceMeasurements": {"weight": "heavy"}}}, "Weights and measurements"),
        ({"pieceLine": {"pieceMeasurements": {"weight": "0"}}}, "Weights and measurements"),
        ({"pieceLine": {"pieceMeasurements": {"weight": "900"}}}, "A piece is heavier"),
        (
            {"pieceLine": {"pieceMeasurements": {"weight": "1", "length": "1"}}},
            "Weights and measurements",
        ),
        (
            {"pieceLine": {"numberOfPieces": "51", "pieceMeasurements": {"weight": "1"}}},
            "The number of pieces",
        ),
    ],
)
def test_a_broken_rule_says_what_is_wrong(tnt, edits, words):
    ((kind, code, said),) = tnt.rules(tnt.check(**edits))
    assert (kind, code) == ("E", "0")
    assert said.startswith(words)


# Who calls.


def test_bad_credentials_are_refused_in_each_services_words(tnt):
    user, _ = tnt.login
    for auth in (None, (user, "wrong"), ("nobody", "at all")):
        priced = tnt.post(PRICE, "<priceRequest/>", auth=auth)
        assert priced.status_code == 401
        assert "<description>Unauthorized Access</description>" in priced.text
        tracked = tnt.post(TRACK, "<TrackRequest/>", auth=auth)
        assert tracked.status_code == 401
        assert "<Code>9000</Code><Message>Unauthorized Access</Message>" in tracked.text


def test_it_is_served_below_its_name_as_well(box):
    assert Tnt(box, "/tnt").priced() == Tnt(box).priced()


def test_any_credentials_will_do_where_the_server_says_so(serve):
    served = serve(ServerSettings(any_credentials=True))
    answer = served.http.post(
        PRICE,
        data={"xml_in": "<priceRequest><priceCheck/></priceRequest>"},
        auth=("a stranger", "with a secret"),
    )
    assert "brokenRule" in answer.text


def test_a_planned_fault_is_told_in_tnts_words_and_the_exchange_is_logged(tnt):
    fault = {"what": "throttled", "operation": "tnt.get_price", "retry_after": 3, "times": 1}
    tnt.box.control("POST", "/faults", fault)
    answer = tnt.post(PRICE, "<priceRequest/>")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert "<errorSrcText>Too many requests</errorSrcText>" in answer.text
    assert tnt.box.exchanges()[-1]["operation"] == "tnt.get_price"
    assert tnt.priced()["priceResponse"]


def test_a_fault_may_be_about_one_consignment(tnt):
    one, other = tnt.shipped(), tnt.shipped()
    fault = {"what": "overloaded", "operation": "tnt.track", "order_id": one, "times": 1}
    tnt.box.control("POST", "/faults", fault)
    assert tnt.track(other).findtext("SummaryCode") == "CNF"
    text = "<TrackRequest><SearchCriteria><ConsignmentNumber>{}</ConsignmentNumber>"
    answer = tnt.post(TRACK, text.format(one) + "</SearchCriteria></TrackRequest>")
    assert answer.status_code == 503
    assert "<Message>Service unavailable</Message>" in answer.text


# Documents that are none, or may not be.

BILLION = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><{root}>&i;</{root}>"
)
THIEF = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    "<{root}>&file;</{root}>"
)
OUTSIDER = (
    '<!DOCTYPE x [<!ENTITY % all SYSTEM "http://127.0.0.1:9/all.dtd"> %all;]><{root}></{root}>'
)


@pytest.mark.parametrize("attack", [BILLION, THIEF, OUTSIDER])
@pytest.mark.parametrize(
    ("path", "root", "where"),
    [
        (PRICE, "priceRequest", "parseError/errorReason"),
        (SHIP, "ESHIPPER", "error_reason"),
        (TRACK, "TrackRequest", "Message"),
        ("/expresslabel/documentation/getlabel", "labelRequest", "errorDescription"),
    ],
)
def test_bombs_and_thieves_are_refused_in_tnts_words(tnt, attack, path, root, where):
    answer = tnt.post(path, attack.replace("{root}", root))
    assert answer.status_code == 200
    element = where.rpartition("/")[2]
    said = f"<{element}>Entity declarations and external entities are not allowed.</{element}>"
    assert said in answer.text
    assert "root:" not in answer.text


def test_a_document_type_may_be_named_and_is_not_read(tnt):
    head = '<!DOCTYPE ESHIPPER SYSTEM "http://127.0.0.1:9/EShipperIN2.dtd">'
    assert tnt.key(head + xml(tnt.batch(("CREATE",))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "No data received at gateway from client"),
        ("<unclosed>", "no element found"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', ""),
        ("<other/>", "is expected"),
    ],
)
@pytest.mark.parametrize("path", [PRICE, SHIP, TRACK])
def test_a_document_that_is_none_is_refused(tnt, path, text, words):
    answer = tnt.post(path, text)
    assert answer.status_code == 200
    assert words in answer.text
    assert "rror" in answer.text


def test_a_parse_error_says_where(tnt):
    answer = tnt.post(SHIP, "<a>\n<b></a>")
    assert answer.text.count("<error_line>2</error_line>") == 1
    priced = tnt.told(PRICE, "<a>\n<b></a>")
    assert plain(priced)["errors"]["parseError"]["errorLine"] == "2"


def test_other_paths_and_methods_are_refused_in_tnts_form(tnt):
    answer = tnt.http.get(PRICE)
    assert answer.status_code == 405
    assert answer.text.startswith("<?xml")
    answer = tnt.post("/expressconnect/nowhere", "<a/>")
    assert (answer.status_code, "runtime_error" in answer.text) == (404, True)
