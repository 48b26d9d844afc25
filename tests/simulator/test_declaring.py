"""What sellers say about a parcel before the handover: packing, label, evidence."""

from dataclasses import replace
from hashlib import sha256

import pytest

from simulator import Mode
from simulator.clock import DAY, HOUR, Instant
from simulator.errors import BadEvidence, LimitReached, WrongStatus
from simulator.facts import EvidenceAttached, LabelDeclared, PackingDeclared
from simulator.parcels.evidence import Photo, Proof, proof_from
from simulator.parcels.labelling import Accuracy, Label
from simulator.parcels.model import Handover
from simulator.parcels.packing import Carton, Closure, Packing

BAD = Packing(carton=Carton.DOUBLE_WALL, room_mm=0, closure=(Closure.NYLON_TAPE,))
DIGEST = sha256(b"a photo").hexdigest()


@pytest.fixture
def parcel(world, released):
    """A parcel that its seller may still pack."""
    return world.parcel(released().parcel_ids[0])


@pytest.fixture
def photo(world):
    return Photo("front.jpg", "image/jpeg", DIGEST, 7, world.now)


@pytest.fixture
def collected(world, parcel, wait):
    world.sellers.ready_to_ship(parcel.order_id)
    wait(DAY)
    assert parcel.is_collected
    return parcel


def test_a_bad_packing_is_taken_down_with_the_rules_that_it_breaks(world, told, parcel):
    wrongs = world.desk.declare_packing(parcel.id, BAD)

    assert [each.rule for each in wrongs] == ["P2", "P5"]
    assert parcel.packing == BAD
    assert parcel.broken == ("P2", "P5")
    assert told.of(PackingDeclared) == [PackingDeclared(parcel.order_id, parcel.id, ("P2", "P5"))]


def test_a_bad_label_is_taken_down_beside_the_packing(world, told, parcel):
    world.desk.declare_packing(parcel.id, BAD)
    label = Label(accuracy=Accuracy.WRONG_RECIPIENT_KNOWN, postal_code=False)
    wrongs = world.desk.declare_label(parcel.id, label)

    assert [each.rule for each in wrongs] == ["L2", "L5"]
    assert parcel.label == label
    assert parcel.broken == ("L2", "L5", "P2", "P5")
    assert told.of(LabelDeclared) == [LabelDeclared(parcel.order_id, parcel.id, ("L2", "L5"))]


def test_packed_anew_it_breaks_nothing_any_more(world, parcel):
    world.desk.declare_packing(parcel.id, BAD)
    world.desk.declare_packing(parcel.id, Packing())

    assert parcel.broken == ()


def test_a_parcel_of_which_nothing_is_said_breaks_nothing(parcel):
    assert parcel.broken == ()
    assert proof_from(parcel.documents) is Proof.NONE


def test_the_weight_of_all_that_was_ordered_counts(world, released):
    mats = released(sku_ids=("172900009000071271",) * 20)
    parcel = world.parcel(mats.parcel_ids[0])

    assert [each.rule for each in world.desk.declare_packing(parcel.id, Packing())] == ["P1"]


@pytest.mark.parametrize("handover", Handover)
def test_what_is_booked_may_still_be_declared(world, parcel, handover):
    world.sellers.ready_to_ship(parcel.order_id, handover)
    world.desk.declare_packing(parcel.id, BAD)
    world.desk.declare_label(parcel.id, Label())

    assert parcel.broken == ("P2", "P5")


def test_what_the_carrier_has_may_not(world, collected):
    for declare in (
        lambda: world.desk.declare_packing(collected.id, BAD),
        lambda: world.desk.declare_label(collected.id, Label()),
    ):
        with pytest.raises(WrongStatus):
            declare()
    assert collected.broken == ()


def test_what_stays_at_home_may_not(world, place):
    order = place()
    world.buyers.cancel(order.id)

    with pytest.raises(WrongStatus):
        world.desk.declare_packing(order.parcel_ids[0], BAD)


def test_a_photo_from_before_the_pickup_proves_the_handover(world, told, parcel, photo):
    document = world.desk.attach_evidence(parcel.id, photo)

    assert (document.photo, document.filed_at, document.before_handover) == (photo, world.now, True)
    assert proof_from(parcel.documents) is Proof.BEFORE_HANDOVER
    assert told.of(EvidenceAttached) == [
        EvidenceAttached(parcel.order_id, parcel.id, document.id, "image/jpeg", DIGEST, True)  # noqa: FBT003
    ]


def test_a_photo_from_after_it_counts_less_whenever_it_was_taken(world, collected, photo):
    early = replace(photo, taken_at=Instant(world.now - DAY))
    document = world.desk.attach_evidence(collected.id, early)

    assert not document.before_handover
    assert proof_from(collected.documents) is Proof.LATER


def test_one_early_photo_is_not_undone_by_later_ones(world, parcel, photo, wait):
    world.desk.attach_evidence(parcel.id, photo)
    world.sellers.ready_to_ship(parcel.order_id)
    wait(DAY)
    world.desk.attach_evidence(parcel.id, photo)

    assert [each.before_handover for each in parcel.documents] == [True, False]
    assert proof_from(parcel.documents) is Proof.BEFORE_HANDOVER


def test_every_document_has_an_id_of_its_own(world, parcel, photo):
    ids = {world.desk.attach_evidence(parcel.id, photo).id for _ in range(3)}

    assert len(ids) == 3


def test_a_parcel_has_twenty_documents_at_the_most(world, parcel, photo):
    for _ in range(20):
        world.desk.attach_evidence(parcel.id, photo)

    with pytest.raises(LimitReached):
        world.desk.attach_evidence(parcel.id, photo)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\nb.jpg"),
        ("name", "\ud800"),
        ("media_type", "text/html"),
        ("sha256", DIGEST.upper()),
        ("sha256", DIGEST[:-1]),
        ("size", 0),
        ("size", 1024 * 1024 + 1),
        ("taken_at", -1),
        ("taken_at", 2**40),
    ],
)
def test_what_is_no_photo_or_paper_is_refused(world, told, parcel, photo, field, value):
    with pytest.raises(BadEvidence) as refusal:
        world.desk.attach_evidence(parcel.id, replace(photo, **{field: value}))

    assert refusal.value.field == field
    assert told.of(EvidenceAttached) == []
    assert parcel.documents == ()


def test_in_seller_shipping_it_is_all_the_same(world, released, photo):
    parcel = world.parcel(released(mode=Mode.SELLER).parcel_ids[0])
    world.desk.declare_packing(parcel.id, BAD)
    world.desk.attach_evidence(parcel.id, photo)

    assert parcel.broken == ("P2", "P5")


def test_declarations_outlive_the_delivery(world, parcel, photo, wait):
    world.desk.declare_packing(parcel.id, BAD)
    world.desk.attach_evidence(parcel.id, photo)
    world.sellers.ready_to_ship(parcel.order_id)
    wait(60 * DAY + HOUR)

    assert parcel.status == "delivered"
    assert (parcel.packing, parcel.broken, len(parcel.documents)) == (BAD, ("P2", "P5"), 1)
