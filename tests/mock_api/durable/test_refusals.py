"""A file or a directory that will not do: a clear refusal, and nothing is changed."""

import os
import sqlite3
import subprocess
from contextlib import closing, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_api.kernel.durable.batch import sum_of
from mock_api.kernel.durable.directory import Directory
from mock_api.kernel.durable.found_file import FoundFile
from mock_api.kernel.durable.refusals import (
    Foreign,
    InUse,
    NeverBegun,
    NotWritable,
    OtherVersion,
    Torn,
)
from mock_api.kernel.durable.replay import Replay
from tests.mock_api.durable.conftest import contents
from tests.thoroughness import chosen, examples

SANDBOX = "/_seatrial/sandboxes/default"
EDITS = {
    "a command's arguments": "UPDATE commands SET said = said || ' ' WHERE n = 1",
    "a command's instant": "UPDATE commands SET at = at + 1 WHERE n = 1",
    "a command is gone": "DELETE FROM commands WHERE n = (SELECT max(n) FROM commands)",
    "what is kept": "UPDATE kept SET content = content || ' ' WHERE part = 'terms'",
    "a fact": "UPDATE facts SET content = content || ' ' WHERE seq = 1",
    "a fact is gone": "DELETE FROM facts WHERE seq = (SELECT max(seq) FROM facts)",
    "the snapshot": "UPDATE snapshots SET content = substr(content, 1, 99)",
    "the snapshot's place": "UPDATE snapshots SET commands = commands - 1",
    "where it stands": "UPDATE meta SET content = content || ' ' WHERE key = 'stand'",
    "what it is of": "UPDATE meta SET content = content || ' ' WHERE key = 'origin'",
    "an index is gone": "DROP INDEX facts_of_an_order",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON facts BEGIN DELETE FROM kept; END",
}
FOREIGN = {
    "no SQLite": b"PK\x03\x04 this is a zip",
    "nothing": b"",
    "less than a page": b"SQLite format 3\x00" + bytes(50),
}


@pytest.mark.parametrize("what", chosen(EDITS))
def test_a_file_that_was_edited_is_refused(lived, edited, failing_at, tmp_path, what):
    lived(tmp_path)
    edited(tmp_path / "default.seatrial", EDITS[what])
    before = contents(tmp_path)
    why = failing_at(tmp_path)
    assert "the file is torn or was edited" in why
    assert "nothing was changed" in why
    assert contents(tmp_path) == before


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_sandboxs_file_is_refused(failing_at, tmp_path, what):
    (tmp_path / "default.seatrial").write_bytes(FOREIGN[what])
    before = contents(tmp_path)
    assert "default.seatrial: " in failing_at(tmp_path)
    assert contents(tmp_path) == before


def test_a_file_of_another_format_or_model_is_refused(lived, failing_at, tmp_path):
    lived(tmp_path)
    path = tmp_path / "default.seatrial"
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = contents(tmp_path)
    assert "it is of format 99, and this is format" in failing_at(tmp_path)
    assert contents(tmp_path) == before

    path.write_bytes(whole)
    rewrite_meta(path, "origin", '"model":', '"model":9')
    before = contents(tmp_path)
    why = failing_at(tmp_path)
    assert "it is of Seatrial" in why
    assert "open it with the version that wrote it" in why
    assert contents(tmp_path) == before


def test_commands_that_come_to_another_digest_are_refused(lived, failing_at, tmp_path):
    digest = lived(tmp_path)
    path = tmp_path / "default.seatrial"
    rewrite_meta(path, "stand", f'"digest":"{digest}"', f'"digest":"{digest[::-1]}"')
    before = contents(tmp_path)
    why = failing_at(tmp_path)
    assert f"come to the digest {digest} here, and to {digest[::-1]} in the file" in why
    assert contents(tmp_path) == before


def rewrite_meta(path, key, old, new):
    """As somebody does it who knows how to sum."""
    with closing(sqlite3.connect(path)) as db:
        (text,) = db.execute("SELECT content FROM meta WHERE key = ?", (key,)).fetchone()
        assert old in text
        text = text.replace(old, new)
        db.execute(
            "UPDATE meta SET content = ?, sum = ? WHERE key = ?", (text, sum_of(key, text), key)
        )
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_two_files_with_the_same_credentials_are_not_both_taken(lived, failing_at, tmp_path):
    lived(tmp_path)
    copy = tmp_path / "zwei.seatrial"
    copy.write_bytes((tmp_path / "default.seatrial").read_bytes())
    before = contents(tmp_path)
    why = failing_at(tmp_path)
    assert "zwei.seatrial: its credentials are those of sandbox default here" in why
    assert contents(tmp_path)["zwei.seatrial"] == before["zwei.seatrial"]


# Any byte may be another.


class Whole:
    """Without a word of what it holds: Hypothesis would print it."""

    def __init__(self, path, holds):
        self.path = path
        self.holds = holds

    def __repr__(self):
        return f"Whole({self.path.name})"


@pytest.fixture(scope="module")
def whole(tmp_path_factory, running_server):
    """A file with something in each of its tables, and its world's facts and commands."""
    from mock_api.settings import Limits, ServerSettings  # noqa: PLC0415 - this fixture's alone

    folder = tmp_path_factory.mktemp("whole")
    limits = Limits(ended_orders_stay_s=0)
    with running_server(ServerSettings(default_sandbox=False, limits=limits)) as served:
        box = served.open(seed=3)
        box.place(count=2, behaviour="prompt")
        box.control("POST", "/buyers/" + box.place_one() + "/cancel")
        box.advance(by="40d")
        box.place(count=2)
        file = served.http.get(f"/_seatrial/sandboxes/{box.id}/file").content
    path = folder / "whole.seatrial"
    path.write_bytes(file)
    with closing(sqlite3.connect(path)) as db:
        for table in ("meta", "commands", "facts", "ended", "keys", "kept", "snapshots"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table  # noqa: S608 - our own names
    return Whole(path, read(path))


def read(path):
    """Everything that a server believes of it."""
    with closing(FoundFile(path)) as found:
        for _ in found.archive_checked():
            pass
        snapshot = found.snapshot()
        with closing(sqlite3.connect(path)) as db:
            ended = db.execute("SELECT facts, content FROM ended ORDER BY n").fetchall()
            keys = db.execute("SELECT kind, key, n FROM keys ORDER BY kind, key, n").fetchall()
        return (
            found.origin,
            found.stand,
            snapshot,
            list(found.commands()),
            list(found.facts()),
            list(found.kept()),
            ended,
            keys,
        )


FLIPS = st.lists(
    st.tuples(st.integers(0, 2**24), st.integers(0, 7), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=examples(300))
@given(flips=FLIPS)
def test_a_flipped_byte_is_found_out_or_means_nothing(whole, tmp_path_factory, flips):
    content = bytearray(whole.path.read_bytes())
    for place, bit, in_head in flips:
        content[place % (4096 if in_head else len(content))] ^= 1 << bit
    torn = tmp_path_factory.mktemp("torn") / "torn.seatrial"
    torn.write_bytes(content)
    with suppress(Torn, Foreign, OtherVersion, NeverBegun):
        same = read(torn) == whole.holds
        assert same, "other than what was written, and nobody notices"
    assert torn.read_bytes() == bytes(content)


@settings(max_examples=examples(60))
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_refused(whole, tmp_path_factory, share):
    path = whole.path
    content = path.read_bytes()
    torn = tmp_path_factory.mktemp("cut") / "cut.seatrial"
    torn.write_bytes(content[: int(share * len(content))])
    with pytest.raises((Torn, Foreign)):
        read(torn)


def test_a_replay_of_a_command_that_cannot_be_is_no_traceback(whole, tmp_path):
    """Whoever knows how to sum may write anything."""
    path = whole.path
    hostile = tmp_path / "hostile.seatrial"
    hostile.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(hostile)) as db:
        chain = b""
        rows = db.execute("SELECT n, at, party, act, said FROM commands ORDER BY n").fetchall()
        for n, at, party, act, said in rows:
            said = "[" * 5_000 + "]" * 5_000 if n == 2 else said  # noqa: PLW2901 - as edited
            chain = sum_of(chain, n, at, party, act, said)
            db.execute("UPDATE commands SET said = ?, sum = ? WHERE n = ?", (said, chain, n))
        db.commit()
    with closing(FoundFile(hostile)) as found, pytest.raises(Torn, match="command 2"):
        Replay(found).run()


# Directories.


def test_a_second_server_is_refused_and_told_whose_the_directory_is(tmp_path):
    first = Directory(tmp_path)
    with pytest.raises(InUse, match=f"process {os.getpid()}"):
        Directory(tmp_path)
    first.release()
    Directory(tmp_path).release()


def test_a_path_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "here"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(NotWritable, match="File exists"):
        Directory(path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_directory_that_cannot_be_written_is_refused(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root writes whatever the mode says")
    tmp_path.chmod(0o500)
    with pytest.raises(NotWritable, match="Permission denied"):
        Directory(tmp_path)


def test_a_read_only_mount_is_refused(tmp_path):
    """Of the kernel's own, since those of tests need rights: /proc lets nobody make a directory."""
    with pytest.raises(NotWritable):
        Directory(type(tmp_path)("/proc/seatrial"))


def test_a_read_only_file_system_is_refused(tmp_path):
    script = (
        f"mount -t tmpfs -o ro none {tmp_path} && exec {os.sys.executable} -c '"
        "from pathlib import Path; from mock_api.kernel.durable.directory import Directory;"
        f'Directory(Path("{tmp_path}"))\''
    )
    told = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )
    if "NotWritable" not in told.stderr and "Directory" not in told.stderr:
        pytest.skip(f"no mounts here: {told.stderr.strip()}")
    assert "Read-only file system" in told.stderr
