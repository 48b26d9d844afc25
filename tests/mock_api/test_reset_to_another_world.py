"""A reset with a body: another world under the same credentials, and the integration goes on."""

import pytest

DAY = 86_400
CREDENTIALS = ("id", "app_key", "app_secret", "service_id", "access_token", "refresh_token")


def test_the_world_is_another_and_the_credentials_are_the_same(box):
    box.place(count=2)
    box.advance(by="3d")
    wish = {"seed": 77, "market": "uk", "start": "2031-05-05", "timestamps": "virtual"}
    told = box.control("POST", "/reset", wish)
    assert {name: told[name] for name in CREDENTIALS} == {
        name: box.told[name] for name in CREDENTIALS
    }
    assert (told["seed"], told["market"], told["timestamps"]) == (77, "uk", "virtual")
    assert told["now"] == told["start"] == 1_935_705_600
    assert box.journal() == []
    assert box.webhooks() == []


def test_a_reset_without_a_body_keeps_the_world_that_it_became(box):
    changed = box.control("POST", "/reset", {"seed": 77, "market": "uk"})
    again = box.control("POST", "/reset")
    assert (again["seed"], again["market"], again["digest"]) == (77, "uk", changed["digest"])


def test_what_a_body_leaves_out_has_its_default(box):
    box.control("POST", "/reset", {"seed": 77, "market": "uk"})
    told = box.control("POST", "/reset", {"seed": 78})
    assert (told["seed"], told["market"]) == (78, "standard")


def test_it_is_the_world_that_a_new_sandbox_of_that_kind_has(box, open_box):
    wish = {"seed": 31, "carriers": {"jt": {"pickup": {"capacity": 7}}}}
    box.control("POST", "/reset", wish)
    other = open_box(**wish)
    for each in (box, other):
        each.place(count=3, behaviour="prompt")
        each.advance(by="6d")
    assert box.mark() == other.mark()


def test_tokens_that_were_refreshed_live_on_and_anew(box):
    box.advance(by="6d")
    box.renew()
    box.control("POST", "/reset", {"seed": 5})
    order = box.place_one()
    assert box.order(order).status == "ON_HOLD"
    box.advance(by="6d")
    assert box.order(order).status
    old = box.call(
        "GET", "/order/202507/orders", query=[("ids", order)], token=box.told["access_token"]
    )
    assert old.json()["code"] == 0
    box.advance(by="2d")
    assert box.refused("GET", "/order/202507/orders", query=[("ids", order)])[1] == 105002
    box.renew()
    assert box.order(order).status


def test_codes_do_not_outlive_their_world(box):
    answer = box.served.http.get(
        "/open/authorize", params={"service_id": box.told["service_id"], "state": "s"}
    )
    assert answer.status_code in (200, 302)
    grants = box.inside.grants
    code = grants.new_code(box.inside.world.now)
    box.control("POST", "/reset", {})
    assert not grants.take_code(code, box.inside.world.now)


def test_shops_keep_their_ciphers_and_new_ones_get_their_own(box):
    (first,) = box.told["shops"]
    grown = box.control("POST", "/reset", {"shops": ["A", "B", "C"]})["shops"]
    assert [shop["name"] for shop in grown] == ["A", "B", "C"]
    assert grown[0]["cipher"] == first["cipher"]
    assert len({shop["cipher"] for shop in grown}) == 3
    again = box.control("POST", "/reset", {"seed": 9, "shops": 3})["shops"]
    assert [shop["cipher"] for shop in again] == [shop["cipher"] for shop in grown]
    fewer = box.control("POST", "/reset", {"seed": 9})["shops"]
    assert [shop["cipher"] for shop in fewer] == [first["cipher"]]


def test_subscriptions_and_faults_end_with_their_world(box, listener):
    box.subscribe(listener.url)
    box.control("POST", "/faults", {"what": "overloaded"})
    box.control("POST", "/reset", {"seed": 4})
    box.place_one()
    box.advance(by="2h")
    assert listener.heard == []
    assert box.control("GET", "/faults") == {"faults": []}


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"market": "mars"}, "body.market"),
        ({"seed": -1}, "body.seed"),
        ({"shops": 0}, "body.shops"),
        ({"start": "soon"}, "body.start"),
        ({"carriers": {"jt": {"wings": 2}}}, "body"),
        ({"gravity": 1}, "body.gravity"),
    ],
)
def test_a_body_that_is_none_is_refused_and_the_world_goes_on(box, listener, wish, path):
    box.subscribe(listener.url)
    order = box.place_one()
    box.advance(by="10m")
    answer = box.ask("POST", "/reset", wish)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == path
    box.advance(by="2h")
    assert listener.statuses(order) == ["UNPAID", "ON_HOLD", "AWAITING_SHIPMENT"]


def test_a_refused_body_changes_the_doors_no_more_than_the_world(box):
    before = box.inside.door_rules
    answer = box.ask("POST", "/reset", {"rate_limit": 3, "carriers": {"jt": {"wings": 2}}})
    assert answer.status_code == 422
    assert box.inside.door_rules == before
