"""What sellers do, done by hand through the control API: each action is the real command."""

import pytest


def acts(box, order_id, action, **wish):
    return box.control("POST", f"/sellers/{order_id}/{action}", wish or None)


def facts(box, kind):
    return box.journal(kind=kind)


def refused(box, order_id, action, **wish):
    answer = box.ask("POST", f"/sellers/{order_id}/{action}", wish or None)
    assert answer.status_code in (404, 409, 422), answer.text
    return answer.json()["detail"]


def test_ship_sets_ready_to_ship(box):
    order = box.released()
    told = acts(box, order, "ship", handover="drop_off")
    assert told == {"order_id": order, "status": "AWAITING_COLLECTION", "now": box.now}
    assert facts(box, "OrderReadyToShip")[0]["order_id"] == order


def test_book_and_mark_are_a_sellers_own_shipment(box):
    order = box.released(shipping="seller")
    acts(box, order, "book", carrier="ups")
    (booked,) = facts(box, "ParcelBooked")
    assert booked["carrier"] == "ups"
    acts(box, order, "mark")
    (marked,) = facts(box, "OrderMarkedShipped")
    assert marked["tracking_number"] == booked["tracking_number"]


def test_a_mark_may_be_made_up(box):
    order = box.released(shipping="seller")
    acts(box, order, "mark", number="1Z999AA10123456784", carrier="ups")
    assert facts(box, "OrderMarkedShipped")[0]["tracking_number"] == "1Z999AA10123456784"


def test_packing_label_and_photo_are_declared_for_the_parcel(box):
    order = box.released()
    acts(box, order, "declare_packing", packing={"cushioning": ["loose_fill"]})
    acts(box, order, "declare_label", label={"postal_code": False})
    acts(box, order, "attach_photo")
    assert [len(facts(box, kind)) for kind in ("PackingDeclared", "LabelDeclared")] == [1, 1]
    assert len(facts(box, "EvidenceAttached")) == 1


@pytest.mark.parametrize("action", ["declare_packing", "declare_label", "attach_photo"])
def test_where_there_is_no_parcel_nothing_can_be_declared(box, action):
    order = box.place_one(paid=False)
    mark = box.mark()
    assert "an order with a parcel" in refused(box, order, action)
    assert box.mark() == mark


@pytest.mark.parametrize("action", ["declare_packing", "declare_label"])
def test_what_a_carrier_has_one_parcel_of_is_declared_for_none(box, action):
    items = ["172900002000015838", "172900004000031676"]
    order = box.released(shipping="seller", items=items, parcels=2)
    _at_home, gone = (each.id for each in box.order(order).packages)
    box.control("POST", "/carriers/ups/book", {"order_id": order, "package_id": gone})
    box.advance(by="2d")
    before = box.mark()
    answer = box.ask("POST", f"/sellers/{order}/{action}", {})
    assert answer.status_code == 409
    assert gone in answer.json()["detail"]
    assert box.mark() == before


def test_complain_and_appeal_are_about_the_carrier(box):
    order = box.shipped(city="Shenzhen")
    acts(box, order, "complain")
    box.advance(by="10d")
    assert facts(box, "CarrierComplaintDecided")[0]["status"] == "rejected"
    acts(box, order, "appeal")
    assert len(facts(box, "CarrierComplaintAppealed")) == 1


@pytest.mark.parametrize("answer", ["accept", "contest"])
def test_a_buyers_complaint_is_answered(box, answer):
    order = box.place_one(behaviour="prompt")
    box.until(order, "DELIVERED")
    box.control("POST", f"/buyers/{order}/complain", {"cause": "damaged"})
    acts(box, order, f"{answer}_complaint")
    (told,) = facts(box, "BuyerComplaintAnswered")
    assert told["order_id"] == order
    assert answer in told.values()


@pytest.mark.parametrize(
    ("action", "status"), [("grant", "CANCELLED"), ("decline", "AWAITING_SHIPMENT")]
)
def test_a_wish_to_cancel_is_answered(box, action, status):
    order = box.released()
    box.control("POST", f"/buyers/{order}/cancel")
    assert acts(box, order, f"{action}_cancellation")["status"] == status


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("appeal", "an order with a complaint about it"),
        ("accept_complaint", "an order with a complaint about it"),
        ("contest_complaint", "an order with a complaint about it"),
        ("grant_cancellation", ""),
        ("decline_cancellation", ""),
        ("grant_refund", ""),
        ("decline_refund", ""),
    ],
)
def test_what_the_order_does_not_allow_is_refused_and_leaves_no_fact(box, action, words):
    order = box.released()
    mark = box.mark()
    assert words in refused(box, order, action)
    assert box.mark() == mark


def test_an_unknown_action_is_told_with_those_there_are(box):
    detail = refused(box, box.place_one(), "dance")
    assert detail.startswith("path.action: is one of ship, mark, book, set_handover")


def test_an_unknown_order_is_not_found(box):
    assert box.ask("POST", "/sellers/5/ship").status_code == 404


def test_unknown_fields_are_refused(box):
    answer = box.ask("POST", f"/sellers/{box.released()}/ship", {"carier": "ups"})
    assert answer.json()["errors"][0]["path"] == "body.carier"


def test_by_hand_and_over_the_wire_it_is_the_same_fact(open_box):
    by_hand, by_wire = open_box(seed=8), open_box(seed=8)
    acts(by_hand, by_hand.released(), "ship")
    by_wire.shipped()
    assert by_hand.mark() == by_wire.mark()
