"""Things asked for by name: known ones are found, others refused with the list of what there is."""

import pytest

from simulator import World
from simulator.buyers.temperaments import TEMPERAMENTS, temperament_named
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.numbers import NUMBERED
from simulator.catalog import BY_ID, SHELF, sku_with
from simulator.errors import UnknownCarrier, UnknownName
from simulator.market import MARKETS, market_named
from simulator.sellers.behaviours import BEHAVIOURS, behaviour_named


@pytest.mark.parametrize(
    ("find", "known"),
    [
        (market_named, MARKETS),
        (sku_with, BY_ID),
        (behaviour_named, BEHAVIOURS),
        (temperament_named, TEMPERAMENTS),
    ],
)
def test_every_known_name_is_found(find, known):
    assert known == {name: find(name) for name in known}


@pytest.mark.parametrize(
    ("find", "kind", "known"),
    [
        (market_named, "market", "standard"),
        (sku_with, "SKU", SHELF[0].id),
        (behaviour_named, "seller behaviour", "prompt, slow, absent"),
        (temperament_named, "buyer temperament", "calm, typical, impatient"),
    ],
)
def test_an_unknown_name_is_told_with_those_that_there_are(find, kind, known):
    with pytest.raises(UnknownName) as refusal:
        find("nope")

    assert str(refusal.value).startswith(f"no {kind} 'nope'; known are {known}")


def test_an_unknown_carrier_is_told_with_those_that_there_are():
    with pytest.raises(UnknownCarrier) as refusal:
        World().registry.carrier("nope")

    assert str(refusal.value) == (
        "no carrier 'nope'; known are jt, yunexpress, 4px, cainiao, ups, fedex, dhl, tnt, ems, "
        "epacket"
    )


def test_skus_look_like_the_platforms_ids_and_are_all_different():
    assert len(BY_ID) == len(SHELF)
    assert {(len(sku.id), len(sku.product_id)) for sku in SHELF} == {(18, 18)}


def test_variants_of_one_product_share_its_id_and_nothing_else_does():
    assert len({sku.product for sku in SHELF}) == len({sku.product_id for sku in SHELF})
    assert len({(sku.product, sku.product_id) for sku in SHELF}) == len({s.product for s in SHELF})


def test_every_carrier_numbers_its_labels():
    assert sorted(CARRIERS) == sorted(NUMBERED)
