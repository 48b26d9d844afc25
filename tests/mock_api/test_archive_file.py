"""The file behind a sandbox's archives: opened late, nameless or lasting, found again."""

import pytest

from mock_api.kernel.durable.archive import FactArchive, OrderArchive
from mock_api.kernel.durable.batch import Batch, Stand
from mock_api.kernel.durable.sandbox_file import SandboxFile
from simulator import Purchase, World
from simulator.archive import Ended, KeyKind
from simulator.clock import DAY, later


def ended(n, facts=1):
    keys = (
        (KeyKind.ORDER, f"5764{n}"),
        (KeyKind.PARCEL, f"1152{n}"),
        (KeyKind.BUYER, f"7494{n}"),
    )
    return Ended(keys, facts, [[f"5764{n}", "Zoë"], [[n]]])


@pytest.fixture
def file():
    file = SandboxFile()
    yield file
    file.close()


def test_no_file_is_opened_only_to_find_nothing(file):
    orders, facts = OrderArchive(file), FactArchive(file)
    assert orders.find(KeyKind.ORDER, "5764") is None
    assert facts.page(0, 100, 10, "", "") == []
    orders.rewind(0)
    assert file.is_empty


def test_what_was_put_is_found_by_each_key(file):
    orders = OrderArchive(file)
    orders.put([ended(1), ended(2)])
    orders.put([ended(3)])
    for n in (1, 2, 3):
        rows = [[f"5764{n}", "Zoë"], [[n]]]
        assert orders.find(KeyKind.ORDER, f"5764{n}") == rows
        assert orders.find(KeyKind.PARCEL, f"1152{n}") == rows
        assert orders.find(KeyKind.NUMBER, f"5764{n}") is None, "a key is of its kind"


def test_rewinding_forgets_what_came_later(file):
    orders = OrderArchive(file)
    orders.put([ended(1, facts=10), ended(2, facts=11)])
    orders.rewind(10)
    assert orders.find(KeyKind.ORDER, "57641")
    assert orders.find(KeyKind.ORDER, "57642") is None
    assert orders.find(KeyKind.PARCEL, "11522") is None
    orders.put([ended(2, facts=12)])
    assert orders.find(KeyKind.PARCEL, "11522")


def test_what_was_put_again_is_found_as_it_was_put_last(file):
    orders = OrderArchive(file)
    orders.put([ended(1, facts=10)])
    again = Ended(ended(1).keys, 20, [["57641", "Zoe"], [[1]]])
    orders.put([again])
    assert orders.find(KeyKind.PARCEL, "11521") == again.rows
    orders.rewind(19)
    assert orders.find(KeyKind.PARCEL, "11521") == ended(1).rows


def test_a_nameless_file_leaves_nothing_behind(file, tmp_path, monkeypatch):
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    OrderArchive(file).put([ended(n) for n in range(20_000)])
    assert list(tmp_path.iterdir()) == [], "no name, not even while it is open"
    file.close()
    assert OrderArchive(file).find(KeyKind.ORDER, "57641") is None


def written(archive, file, world):
    """As a keeper does it: with the next batch."""
    waiting = list(archive.waiting)
    stand = Stand(world.now, world.journal.length, 0, world.journal.digest())
    file.write(Batch(stand, ended=waiting, ended_up_to=archive.up_to))
    archive.written(len(waiting))


def test_a_lasting_file_serves_a_restored_world(tmp_path):
    path = tmp_path / "sandbox.seatrial"
    first, world = SandboxFile(path), World()
    archive = OrderArchive(first)
    world.plug_in(archive, stay=0)
    ids = [world.buyers.place_order(Purchase(behaviour="prompt")).id for _ in range(3)]
    world.advance(later(world.now, 30 * DAY))
    shown = [(world.order(each).completed_at, world.order(each).parcel_ids) for each in ids]
    assert shown, "what waits to be written is found already"
    assert not world.registry.orders
    written(archive, first, world)
    saved = world.save()
    first.close()

    second, again = SandboxFile(path), World.restore(saved)
    archive = OrderArchive(second)
    again.plug_in(archive, stay=0)
    assert [(again.order(each).completed_at, again.order(each).parcel_ids) for each in ids] == shown
    ids.append(again.buyers.place_order(Purchase(behaviour="prompt")).id)
    again.advance(later(again.now, 30 * DAY))
    assert not again.registry.orders
    assert [again.order(each).id for each in ids] == ids
    second.close()


def test_what_a_restored_world_has_not_lived_yet_is_not_found(tmp_path):
    file = SandboxFile(tmp_path / "sandbox.seatrial")
    world, archive = World(), OrderArchive(file)
    archive.put([ended(1, facts=10), ended(2, facts=20)])
    written(archive, file, world)
    again = OrderArchive(file)
    again.rewind(15)
    assert again.find(KeyKind.ORDER, "57641")
    assert again.find(KeyKind.ORDER, "57642") is None
    assert again.orders_of("74942") == []
    again.put([ended(2, facts=17)])
    assert again.find(KeyKind.ORDER, "57642"), "it is found before it is written"
    assert again.orders_of("74942") == ["57642"]
    written(again, file, world)
    assert again.find(KeyKind.ORDER, "57642")
    assert again.waiting == []
    file.close()
