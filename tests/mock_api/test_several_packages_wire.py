"""Several packages an order, and several orders a package, over the wire and by the control API."""

import pytest

HOUR = 3600
EARBUDS, LIGHT, MUG = "172900002000015838", "172900004000031676", "172900006000047514"
THREE = [EARBUDS, LIGHT, MUG]
UPS = "7117858858072016686"
SHIP = "/fulfillment/202309/packages/{}/ship"
MARK = "/fulfillment/202309/orders/{}/packages"


@pytest.fixture
def look(box):
    """An order, or a package, as the wire shows it."""

    def looking(id_):
        if id_.startswith("5764"):
            query = [("ids", id_)]
            return box.data("GET", "/order/202309/orders", query=query)["orders"][0]
        return box.data("GET", f"/fulfillment/202309/packages/{id_}")

    return looking


@pytest.fixture
def search(box):
    """The packages of a search, by id."""

    def searching(**wanted):
        path = "/fulfillment/202309/packages/search"
        page = box.data("POST", path, wanted, query=[("page_size", "50")])
        found = page.get("packages", [])
        assert page["total_count"] == len(found)
        return {row["id"]: row for row in found}

    return searching


@pytest.fixture
def parted(box):
    """An order of three things in two packages."""
    return lambda **wishes: box.released(items=THREE, parcels=2, **wishes)


@pytest.fixture
def pair(box):
    """Two orders of one customer in one package."""

    def placed(**wishes):
        twin = {"customer": "ann", "combined": True}
        orders = [box.place_one(items=[sku], **twin, **wishes) for sku in (EARBUDS, LIGHT)]
        box.advance(by="1h")
        return orders

    return placed


def statuses(look, order_id):
    return [item["package_status"] for item in look(order_id)["line_items"]]


# Several packages an order.


def test_each_line_shows_the_package_it_is_in(look, parted):
    order = look(parted())
    first, second = [each["id"] for each in order["packages"]]

    assert [item["package_id"] for item in order["line_items"]] == [first, second, second]
    assert order["split_or_combine_tag"] == "SPLIT"


def test_an_order_in_one_package_has_no_tag(box, look):
    order = look(box.released())
    assert "split_or_combine_tag" not in order
    assert look(order["packages"][0]["id"])["split_and_combine_tag"] == "DEFAULT"


def test_a_package_shows_its_own_items_only(look, search, parted):
    order = look(parted())
    lines = [item["id"] for item in order["line_items"]]
    first, second = (look(each["id"]) for each in order["packages"])

    assert [first["order_line_item_ids"], second["order_line_item_ids"]] == [lines[:1], lines[1:]]
    assert [first["has_multi_skus"], second["has_multi_skus"]] == [False, True]
    assert [first["weight"]["value"], second["weight"]["value"]] == ["120", "690"]
    assert first["split_and_combine_tag"] == second["split_and_combine_tag"] == "SPLIT"
    assert search()[second["package_id"]]["order_line_item_ids"] == lines[1:]


def test_packages_are_shipped_one_by_one(box, look, search, parted):
    order_id = parted()
    first, second = [each["id"] for each in look(order_id)["packages"]]
    box.data("POST", SHIP.format(first), {})

    order = look(order_id)
    assert order["status"] == "PARTIALLY_SHIPPING"
    assert statuses(look, order_id) == ["PROCESSING", "TO_FULFILL", "TO_FULFILL"]
    assert [("tracking_number" in item) for item in order["line_items"]] == [True, False, False]
    assert set(search(package_status="PROCESSING")) == {first}
    assert set(search(package_status="TO_FULFILL")) == {second}
    assert box.refused("POST", SHIP.format(first), {}) == (200, 21011040)

    box.advance(by="5h")
    assert statuses(look, order_id) == ["FULFILLING", "TO_FULFILL", "TO_FULFILL"]
    box.data("POST", SHIP.format(second), {})
    order = look(order_id)
    assert (order["status"], order["rts_time"]) == ("AWAITING_COLLECTION", box.now)
    assert order["line_items"][0]["rts_time"] == box.now - 5 * HOUR
    numbers = {item["tracking_number"] for item in order["line_items"]}
    assert len(numbers) == 2
    assert box.until(order_id, "DELIVERED")
    assert set(search(package_status="COMPLETED")) == {first, second}


def test_a_label_exists_once_its_own_package_is_shipped(box, look, parted):
    order = look(parted())
    first, second = [each["id"] for each in order["packages"]]
    box.data("POST", SHIP.format(first), {})
    path = "/fulfillment/202309/packages/{}/shipping_documents"
    query = [("document_type", "SHIPPING_LABEL_AND_PACKING_SLIP")]
    told = box.data("GET", path.format(first), query=query)

    assert box.served.http.get(told["doc_url"]).content.startswith(b"%PDF")
    assert box.refused("GET", path.format(second), query=query) == (200, 21023035)


def test_packages_are_marked_by_the_items_in_them(box, look, parted):
    order_id = parted(shipping="seller")
    order = look(order_id)
    lines = [item["id"] for item in order["line_items"]]
    packages = [each["id"] for each in order["packages"]]

    def mark(number, items=None):
        body = {"tracking_number": number, "shipping_provider_id": UPS}
        return body if items is None else body | {"order_line_item_ids": items}

    path = MARK.format(order_id)
    assert box.refused("POST", path, mark("1Z999AA10123456784")) == (200, 21011048)
    assert box.refused("POST", path, mark("1Z999AA10123456784", lines[:2])) == (200, 21011035)
    told = box.data("POST", path, mark("1Z999AA10123456784", lines[1:]))
    assert (told["package_id"], told["order_line_item_ids"]) == (packages[1], lines[1:])
    assert statuses(look, order_id) == ["TO_FULFILL", "PROCESSING", "PROCESSING"]
    again = mark("1Z999AA10123456785", lines[1:])
    assert box.refused("POST", path, again) == (200, 21011020)
    told = box.data("POST", path, mark("1Z999AA10123456785"))
    assert told["package_id"] == packages[0]
    assert look(order_id)["status"] == "AWAITING_COLLECTION"
    assert box.until(order_id, "DELIVERED")


def test_a_package_of_a_sellers_own_is_shipped_by_itself(box, look, parted):
    """The way of the markets where Ship Package takes the seller's number."""
    order_id = parted(shipping="seller")
    for nth, each in enumerate(look(order_id)["packages"]):
        own = {"tracking_number": f"1Z999AA1012345678{nth}", "shipping_provider_id": UPS}
        box.data("POST", SHIP.format(each["id"]), {"self_shipment": own})

    assert look(order_id)["status"] == "AWAITING_COLLECTION"
    assert box.until(order_id, "DELIVERED")


def test_a_batch_ships_both_packages_of_an_order(box, look, parted):
    order_id = parted()
    wanted = [{"id": each["id"]} for each in look(order_id)["packages"]]
    told = box.data("POST", "/fulfillment/202309/packages/ship", {"packages": wanted})

    assert told == {}
    assert look(order_id)["status"] == "AWAITING_COLLECTION"


def test_labels_are_booked_package_by_package(box, look, parted):
    order_id = parted(shipping="seller")
    first, second = [each["id"] for each in look(order_id)["packages"]]
    wanted = {"order_id": order_id, "package_id": second}
    box.control("POST", "/carriers/ups/book", wanted)
    box.control("POST", "/carriers/dhl/book", {"order_id": order_id})

    booked = [(fact["parcel_id"], fact["carrier"]) for fact in box.journal(kind="ParcelBooked")]
    assert booked == [(second, "ups"), (first, "dhl")]
    stranger = {"order_id": box.released(shipping="seller"), "package_id": first}
    assert box.ask("POST", "/carriers/dhl/book", stranger).status_code == 409


# Several orders a package.


def test_a_combined_package_shows_all_its_orders_and_items(look, search, pair):
    one, other = pair()
    (package,) = {each["id"] for id_ in (one, other) for each in look(id_)["packages"]}
    lines = [item["id"] for id_ in (one, other) for item in look(id_)["line_items"]]
    shown, row = look(package), search()[package]

    assert [each["id"] for each in shown["orders"]] == [one, other]
    assert [each["id"] for each in row["orders"]] == [one, other]
    assert shown["order_line_item_ids"] == row["order_line_item_ids"] == lines
    assert shown["split_and_combine_tag"] == "COMBINE"
    assert look(one)["split_or_combine_tag"] == look(other)["split_or_combine_tag"] == "COMBINED"
    assert look(one)["user_id"] == look(other)["user_id"]
    assert set(search()) == {package}, "the drafts it was made of are no more"


def test_a_combined_package_is_shipped_once(box, look, search, pair):
    one, other = pair()
    (package,) = [each["id"] for each in look(one)["packages"]]
    box.data("POST", SHIP.format(package), {})

    assert {look(one)["status"], look(other)["status"]} == {"AWAITING_COLLECTION"}
    assert look(one)["tracking_number"] == look(other)["tracking_number"]
    assert set(search(package_status="PROCESSING")) == {package}
    assert box.until(other, "DELIVERED") == box.now
    assert look(one)["status"] == "DELIVERED"
    assert box.data("GET", f"/fulfillment/202309/orders/{other}/tracking")["tracking"]


def test_a_combined_package_is_marked_once(box, look, pair):
    one, other = pair(shipping="seller")
    body = {"tracking_number": "1Z999AA10123456784", "shipping_provider_id": UPS}
    told = box.data("POST", MARK.format(other), body)

    assert told["order_line_item_ids"] == [item["id"] for item in look(other)["line_items"]]
    assert look(one)["tracking_number"] == body["tracking_number"]
    assert box.refused("POST", MARK.format(one), body) == (200, 21011020)


def test_a_cancelled_order_leaves_the_package_to_the_other(box, look, search, pair):
    one, other = pair()
    (package,) = [each["id"] for each in look(one)["packages"]]
    box.control("POST", f"/buyers/{one}/cancel")
    assert box.refused("POST", SHIP.format(package), {}) == (200, 21011007)
    box.until(one, "CANCELLED")

    (own,) = [each["id"] for each in look(one)["packages"]]
    assert [each["id"] for each in look(package)["orders"]] == [other]
    assert look(package)["split_and_combine_tag"] == "DEFAULT"
    assert set(search(package_status="CANCELLED")) == {own}
    assert set(search(package_status="TO_FULFILL")) == {package}


def test_what_was_split_or_combined_is_found_as_it_is_now(box, look, search):
    order_id = box.released(items=THREE)
    lines = [item["id"] for item in look(order_id)["line_items"]]
    sellers = box.inside.world.sellers
    made = [each.id for each in sellers.split(order_id, [lines[:1], lines[1:]])]
    assert set(search()) == set(made)
    whole = sellers.combine(made)

    assert set(search()) == {whole.id}
    assert look(order_id)["packages"] == [{"id": whole.id}]


# The control API.


@pytest.mark.parametrize("wrong", [{"parcels": 0}, {"parcels": 51}, {"customer": "x" * 101}])
def test_wishes_that_cannot_be_are_told_with_their_path(box, wrong):
    answer = box.ask("POST", "/orders", wrong)

    assert answer.status_code == 422
    assert f"body.{next(iter(wrong))}" in answer.text


def test_a_source_brings_parcels_and_buyers_who_come_back(box, look):
    wanted = {
        "kind": "burst",
        "orders": 40,
        "for": "10m",
        "items": THREE,
        "parcels": {"1": 1, "2": 1},
        "returning": 0.5,
        "combined": True,
        "behaviour": "diligent",
    }
    box.control("POST", "/demand", wanted)
    box.advance(by="1h")
    orders = [fact["order_id"] for fact in box.journal(kind="OrderPlaced")]
    buyers = {look(each)["user_id"] for each in orders}
    counts = {len(look(each)["packages"]) for each in orders}

    assert 10 < len(buyers) < 35
    assert counts == {1, 2}
    assert box.journal(kind="ParcelsCombined")


@pytest.mark.parametrize("wrong", [{"parcels": "51"}, {"parcels": "none"}, {"returning": 2}])
def test_a_source_that_cannot_be_is_told_with_its_path(box, wrong):
    answer = box.ask("POST", "/demand", {"kind": "steady", "per_hour": 1} | wrong)

    assert answer.status_code == 422
    assert f"body.{next(iter(wrong))}" in answer.text
