"""The parcel in which a buyer sends goods back: a parcel of the world, and none of its order's."""

import json

import pytest

from simulator import Purchase, World, WorldConfig, facts
from simulator.carriers.closures import Closure
from simulator.carriers.mishaps import Mishap
from simulator.catalog import SHELF
from simulator.channels.model import ChannelTerms, StockTerms
from simulator.clock import DAY, EPOCH, HOUR, later
from simulator.errors import NotFound, WrongStatus
from simulator.parcels import moves
from simulator.parcels.model import ParcelStatus
from simulator.returns.model import Handover, Kind, ReturnStatus
from simulator.returns.wishes import Wanted
from simulator.statistics.sink import Statistics

MUG = SHELF[4].id


@pytest.fixture
def delivered(world, wait):
    def bring(**wishes):
        order = world.buyers.place_order(Purchase(behaviour="prompt", **wishes))
        while order.status != "DELIVERED":
            wait(HOUR)
        return order

    return bring


@pytest.fixture
def sent(world, delivered):
    """A return that its carrier has been called for, and its parcel."""

    def send(handover=Handover.DROP_OFF, **wishes):
        order = delivered(**wishes)
        asked = world.buyers.request(order.id, Wanted(Kind.RETURN, handover=handover))
        world.sellers.answer_return(asked.id, granted=True)
        world.buyers.ship_return(order.id)
        return asked, world.parcel(asked.parcel_id)

    return send


def scans(parcel):
    return [each.scan.value for each in parcel.scans]


def test_it_goes_by_the_carriers_hubs_to_the_warehouse(world, sent, wait):
    asked, parcel = sent()
    began = world.now
    wait(10 * DAY)
    order, words = world.order(asked.order_id), [each.scan for each in parcel.scans]

    assert [each.place for each in parcel.scans] == [
        order.address.city,
        "Daventry Parcel Hub",
        "Shenzhen Sort Centre",
        "Shenzhen",
    ]
    assert [each.timezone for each in parcel.scans[1:3]] == ["Europe/London", "Asia/Shanghai"]
    assert all(moves.may_come_next(reversed(words[:n]), words[n]) for n in range(len(words)))
    assert 3 * DAY <= parcel.scans[-1].at - began <= 10 * DAY
    assert parcel.status is ParcelStatus.RETURNED


def test_its_order_stays_as_it_is(world, told, sent, wait):
    asked, parcel = sent()
    order = world.order(asked.order_id)
    told.facts.clear()
    own, delivered_at = list(order.parcel_ids), order.delivered_at
    while asked.status is ReturnStatus.SENT_BACK:
        wait(HOUR)

    assert parcel.id not in own
    assert (order.parcel_ids, order.delivered_at) == (own, delivered_at)
    assert told.statuses() == []
    assert not [kind for kind in told.kinds() if kind in ("RuleBreached", "ParcelEnded")]


def test_the_first_scan_and_the_last_move_the_return(told, sent, wait):
    asked, parcel = sent(Handover.PICKUP)
    assert (asked.status, parcel.status) == (ReturnStatus.AWAITING_GOODS, ParcelStatus.BOOKED)
    assert asked.due_at == EPOCH, "the buyer has done what was awaited"
    wait(20 * DAY)

    moved = {fact.status: at for at, fact in told.facts if type(fact) is facts.ReturnMoved}
    assert moved[ReturnStatus.SENT_BACK] == parcel.scans[0].at
    assert moved[ReturnStatus.RECEIVED] == parcel.scans[-1].at
    assert asked.status is ReturnStatus.COMPLETED


@pytest.mark.parametrize("end", ["lose", "dispose"])
def test_what_never_comes_is_made_good_by_its_carrier(world, told, sent, end):
    asked, parcel = sent()
    getattr(world.carriers, end)(parcel.id)

    assert asked.status is ReturnStatus.COMPLETED
    (made_good,) = told.of(facts.ReimbursementPaid)
    assert (made_good.amount_minor, made_good.by) == (asked.paid_minor, "carrier")
    assert told.of(facts.ParcelEnded)[-1].parcel_id == parcel.id


def test_what_a_buyer_has_posted_themselves_is_closed_when_it_is_lost(world, told, delivered):
    order = delivered()
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id, "ups", "1Z12345E0205271688")
    world.carriers.lose(world.registry.parcel_numbered("1Z12345E0205271688").id)

    assert asked.status is ReturnStatus.CLOSED
    assert told.of(facts.RefundPaid) == []


def test_it_is_delayed_mislaid_and_found_by_hand(world, sent, wait):
    _, parcel = sent()
    wait(2 * DAY)
    due = parcel.due_at
    world.carriers.delay(parcel.id, 5 * DAY)
    assert parcel.due_at == due + 5 * DAY
    world.carriers.mislay(parcel.id)
    world.carriers.find(parcel.id)
    wait(20 * DAY)

    assert scans(parcel)[2:5] == ["delayed", "exception", "return_initiated"]
    assert scans(parcel)[-1] == "returned_to_sender"


def test_a_planned_loss_befalls_it_on_its_way(world, sent, wait):
    asked, parcel = sent(Handover.PICKUP)
    world.carriers.plan(parcel.id, Mishap.LOST)
    wait(20 * DAY)

    assert scans(parcel)[-1] == "lost"
    assert asked.status is ReturnStatus.COMPLETED


def test_what_cannot_befall_it_is_refused(world, sent):
    _, parcel = sent(Handover.PICKUP)
    acts = world.carriers
    for refused in (
        lambda: acts.plan(parcel.id, Mishap.CUSTOMS_HOLD),
        lambda: acts.plan(parcel.id, Mishap.REFUSED),
        lambda: acts.plan(parcel.id, Mishap.MISSED_PICKUP),
        lambda: acts.send_back(parcel.id),
        lambda: acts.follow(parcel.id, ((later(world.now, HOUR), "in_transit"),)),
    ):
        with pytest.raises(WrongStatus):
            refused()
    for unknown in (
        lambda: world.sellers.hand_to(parcel.id, "ups"),
        lambda: world.sellers.correct_shipment(parcel.id, "ups", "1Z12345E0205271688"),
    ):
        with pytest.raises(NotFound):
            unknown()


def test_a_carrier_that_is_called_off_does_not_come(world, sent, wait):
    asked, parcel = sent(Handover.PICKUP)
    world.buyers.withdraw_return(asked.order_id)
    assert (asked.status, parcel.status) == (ReturnStatus.CLOSED, ParcelStatus.CANCELLED)
    wait(3 * DAY)

    assert parcel.scans == []


def test_a_strike_where_the_buyer_lives_holds_it_up(world, delivered, wait):
    order = delivered()
    country, until = order.address.region, later(world.now, 3 * DAY)
    world.carriers.close(Closure("", country, "", world.now, until, "strike"))
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id)
    assert asked.status is ReturnStatus.AWAITING_GOODS
    wait(3 * DAY)

    assert world.parcel(asked.parcel_id).scans[0].at == until
    assert asked.status is ReturnStatus.SENT_BACK


@pytest.mark.parametrize(
    ("mishap", "said"), [("damaged", "damaged"), ("delayed", "delayed"), ("mislaid", "exception")]
)
def test_chance_strikes_it_by_its_carriers_rates(mishap, said):
    """And it goes on: it has nowhere else to be sent back to."""
    rates = {"lost": 0.0, "damaged": 0.0, "mislaid": 0.0, "delayed": 0.0, mishap: 1.0}
    world = World(WorldConfig(carriers={"jt": {"mishaps": {**rates, "damaged_return": 1.0}}}))
    order = world.buyers.place_order(Purchase(behaviour="prompt"))
    while order.status != "DELIVERED":
        world.advance(later(world.now, 6 * HOUR))
    world.set_mishaps(1)
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id)
    world.advance(later(world.now, 30 * DAY))
    parcel = world.parcel(asked.parcel_id)

    assert said in scans(parcel)
    assert (parcel.status, parcel.scans[-1].place) == (ParcelStatus.RETURNED, "Shenzhen")


@pytest.mark.parametrize("broken", [False, True])
def test_goods_from_abroad_lie_there_again_unless_they_broke(broken):
    terms = ChannelTerms(stock=StockTerms(units={MUG: 2}))
    world = World(WorldConfig(channels=terms))
    moved = []
    world.journal.subscribe(
        lambda _seq, _at, fact: moved.append(fact) if type(fact) is facts.StockMoved else None
    )
    order = world.buyers.place_order(
        Purchase(channel="overseas", sku_ids=(MUG,), behaviour="prompt")
    )
    while order.status != "DELIVERED":
        world.advance(later(world.now, HOUR))
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id)
    if broken:
        world.carriers.damage(asked.parcel_id)
    world.advance(later(world.now, 14 * DAY))
    parcel, stock = world.parcel(asked.parcel_id), world.registry.stock

    assert (asked.status, parcel.status) == (ReturnStatus.COMPLETED, ParcelStatus.RETURNED)
    assert {each.timezone for each in parcel.scans} == {"Europe/London"}
    back = [fact.units for fact in moved if fact.cause == "came_back"]
    assert back == ([] if broken else [1])
    assert stock.lines[order.warehouse_id][MUG].on_hand == (1 if broken else 2)


def test_it_is_archived_with_its_order_and_found_again(world, sent, wait):
    rows = {}

    class Drawer:
        def put(self, ended):
            for each in ended:
                rows.update(dict.fromkeys(each.keys, json.dumps(each.rows)))

        def find(self, kind, key):
            return json.loads(rows.get((kind, key), "null"))

        def rewind(self, facts):
            pass

    world.plug_in(Drawer(), stay=DAY)
    asked, parcel = sent()
    wait(40 * DAY)
    here = world.registry

    assert asked.order_id not in here.orders
    assert parcel.id not in here.parcels
    assert scans(world.parcel(parcel.id)) == scans(parcel)
    assert here.parcel_numbered(parcel.tracking_number).id == parcel.id


def test_what_came_back_is_no_parcel_that_went_astray(world, sent, wait):
    counted = Statistics()
    world.journal.subscribe(counted.hear)
    sent()
    wait(15 * DAY)
    assert not counted.ends


def test_a_number_of_another_parcels_stays_that_ones(world, sent, delivered):
    _, first = sent()
    order = delivered()
    asked = world.buyers.request_return(order.id)
    world.sellers.answer_return(asked.id, granted=True)
    world.buyers.ship_return(order.id, "jt", first.tracking_number)

    assert world.registry.parcel_numbered(first.tracking_number) is first
    assert world.parcel(asked.parcel_id).tracking_number == first.tracking_number
    again = World.restore(json.loads(json.dumps(world.save())))
    assert again.registry.by_number == world.registry.by_number
