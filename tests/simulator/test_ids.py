from simulator.ids import ORDER, PACKAGE, Mint
from simulator.streams import Streams


def minted(kind, count, seed=7):
    mint = Mint(Streams(seed))
    return [mint.next_id(kind) for _ in range(count)]


def test_an_id_has_eighteen_digits_and_tells_its_kind():
    (only,) = minted(ORDER, 1)

    assert (len(only), only.isdecimal(), only[:4]) == (18, True, ORDER)


def test_ids_of_one_kind_rise_and_are_unique():
    several = minted(ORDER, 500)

    assert sorted(set(several)) == several


def test_the_next_id_cannot_be_guessed_by_adding_one():
    first, second = map(int, minted(ORDER, 2))

    assert second - first not in (0, 1)
    assert first % 10**6 != second % 10**6


def test_kinds_are_counted_apart():
    mint = Mint(Streams(7))
    mint.next_id(PACKAGE)

    assert mint.next_id(ORDER) == minted(ORDER, 1)[0]


def test_another_seed_gives_other_ids():
    assert minted(ORDER, 1, seed=7) != minted(ORDER, 1, seed=8)


def test_a_mint_goes_on_from_its_counters():
    mint = Mint(Streams(7))
    mint.next_id(ORDER)
    again = Mint(Streams(7), mint.counted)

    assert again.next_id(ORDER) == mint.next_id(ORDER)
