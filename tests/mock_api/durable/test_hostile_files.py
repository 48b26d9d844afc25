"""Files that strangers upload: whatever is in them, they are taken or refused in words."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest

from mock_api.kernel.durable.batch import sum_of
from mock_api.settings import Limits, ServerSettings

UPLOAD = "/_seatrial/sandboxes/file?credentials=new"


@pytest.fixture(scope="module")
def host(running_server):
    """A server that takes files of up to a megabyte, and the file of one of its sandboxes."""
    limits = Limits(file_bytes=1024 * 1024, orders=1_000)
    with running_server(ServerSettings(default_sandbox=False, limits=limits)) as served:
        box = served.open(seed=5)
        box.place(count=2)
        served.file = served.http.get(f"/_seatrial/sandboxes/{box.id}/file").content
        yield served


@pytest.fixture
def refused(host, tmp_path):
    """What is said of the host's file once somebody was at it."""

    def words(*edits, status=422):
        path = tmp_path / "hostile.seatrial"
        path.write_bytes(host.file)
        with closing(sqlite3.connect(path)) as db:
            for edit in edits:
                edit(db) if callable(edit) else db.execute(edit)
            db.commit()
        before = host.http.get("/_seatrial/sandboxes").json()
        answer = host.http.post(UPLOAD, content=path.read_bytes())
        assert answer.status_code == status, answer.text
        assert host.http.get("/_seatrial/sandboxes").json() == before
        return answer.json()["detail"]

    return words


def put_snapshot(change):
    """Another one, rightly summed."""

    def edit(db):
        row = db.execute("SELECT facts, at, commands, content FROM snapshots").fetchone()
        new = (*row[:3], change(zlib.decompress(row[3])))
        db.execute("UPDATE snapshots SET content = ?, sum = ?", (new[3], sum_of(*new)))

    return edit


def put_meta(key, change):
    def edit(db):
        (text,) = db.execute("SELECT content FROM meta WHERE key = ?", (key,)).fetchone()
        text = json.dumps(change(json.loads(text)))
        db.execute(
            "UPDATE meta SET content = ?, sum = ? WHERE key = ?", (text, sum_of(key, text), key)
        )

    return edit


def put_terms(content):
    def edit(db):
        total = sum_of("terms", "", content)
        db.execute("UPDATE kept SET content = ?, sum = ? WHERE part = 'terms'", (content, total))

    return edit


def put_kept(part, content):
    def edit(db):
        row = part, "x", content
        db.execute(
            "INSERT INTO kept (part, key, content, sum) VALUES (?, ?, ?, ?)", (*row, sum_of(*row))
        )

    return edit


def test_the_file_itself_is_taken(host):
    answer = host.http.post(UPLOAD, content=host.file)
    assert answer.status_code == 201, answer.text
    host.http.delete(f"/_seatrial/sandboxes/{answer.json()['id']}")


def test_what_is_no_file_is_refused(host):
    for content, words in ((b"", "is empty"), (b"<html>" * 100, "no sandbox's file")):
        answer = host.http.post(UPLOAD, content=content)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(host):
    answer = host.http.post(UPLOAD, content=host.file + bytes(1024 * 1024))
    assert answer.status_code == 413


def test_sqlite_of_another_kind_is_refused(refused):
    assert "no sandbox's file" in refused("PRAGMA application_id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW v AS SELECT load_extension('/tmp/x')",
        "CREATE TRIGGER t AFTER DELETE ON kept BEGIN DELETE FROM facts; END",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
        "CREATE INDEX i ON facts (hex(content))",
        "CREATE TABLE more (a)",
        "DROP TABLE keys",
    ],
)
def test_tables_of_a_strangers_are_refused(refused, statement):
    assert "its tables are not a sandbox's" in refused(statement)


def test_pages_of_another_size_are_refused(refused):
    resized = lambda db: db.executescript("PRAGMA page_size = 512; VACUUM;")  # noqa: E731
    assert "its tables are not a sandbox's" in refused(resized)


def test_a_snapshot_unpacks_to_no_more_than_a_file_may_have(refused):
    bomb = lambda _: zlib.compress(b'{"world":"' + bytes(50 * 1024 * 1024) + b'"}', 9)  # noqa: E731
    assert "its snapshot has more than file_bytes (1048576)" in refused(put_snapshot(bomb))


@pytest.mark.parametrize(
    "text",
    [b"[" * 100_000, b"{}", b"[]", b"null", b'{"world": {}, "derived": {}}', b"\xff\xfe", b"1e999"],
)
def test_a_snapshot_that_is_none_is_refused(refused, text):
    assert "torn or was edited" in refused(put_snapshot(lambda _: zlib.compress(text)))


def test_a_snapshot_that_is_not_packed_is_refused(refused):
    assert "torn or was edited" in refused(put_snapshot(lambda text: text))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("nobodys", "{}"),
        ("subscriptions", "[" * 50_000),
        ("subscriptions", '{"shop_id": 1}'),
        ("subscriptions", b"\xff"),
    ],
)
def test_what_is_kept_and_makes_no_sense_is_refused(refused, part, content):
    assert "torn or was edited" in refused(put_kept(part, content))


@pytest.mark.parametrize("content", ["{}", "[]", "null", '{"app": {"key": 1}}'])
def test_terms_that_make_no_sense_are_refused(refused, content):
    assert "torn or was edited" in refused(put_terms(content))


def test_a_world_that_may_hold_more_than_the_server_allows_is_refused(refused):
    def more(db):
        def changed(text):
            snapshot = json.loads(text)
            snapshot["world"]["config"]["bounds"]["orders"] = 10**12
            return zlib.compress(json.dumps(snapshot).encode())

        put_snapshot(changed)(db)

    assert "its world may hold orders=1000000000000, and here 1000" in refused(more)


def test_a_world_that_is_none_is_refused(refused):
    for change in (
        lambda origin: origin | {"config": origin["config"] | {"seed": "x"}},
        lambda origin: origin | {"config": []},
    ):
        edits = "DELETE FROM snapshots", put_meta("origin", change)
        assert "torn or was edited" in refused(*edits)


def test_a_stand_that_is_far_away_is_refused(refused):
    for change in (
        lambda stand: stand | {"now": "soon"},
        lambda stand: stand | {"facts": 10**30},
        lambda _: {},
        lambda stand: stand | {"more": 1},
    ):
        assert "torn or was edited" in refused(put_meta("stand", change))


def test_very_many_rows_are_refused_by_their_size_alone(refused):
    def many(db):
        rows = ((f"k{n}", "{}", sum_of("nobodys", f"k{n}", "{}")) for n in range(5_000))
        db.executemany(
            "INSERT INTO kept (part, key, content, sum) VALUES ('nobodys', ?, ?, ?)", rows
        )

    assert "nobody here keeps nobodys" in refused(many)
