"""Sandboxes with ``--data``: a server that starts again has everything that it had."""

import logging

import httpx
import pytest

from mock_api.settings import ServerSettings

SANDBOX = "/_seatrial/sandboxes/default"


def state(served, sandbox="default"):
    """Everything that is looked at over HTTP and has to be there again."""
    at = f"/_seatrial/sandboxes/{sandbox}"
    get = lambda path, **query: served.http.get(at + path, params=query).json()  # noqa: E731
    return {
        "sandbox": get(""),
        "journal": get("/journal", limit=10_000),
        "report": get("/report"),
        "webhooks": get("/webhooks"),
        "access": get("/access"),
    }


def test_a_restart_brings_everything_back_and_says_the_digest(server_at, tmp_path, caplog):
    with server_at(tmp_path) as served:
        wish = {"count": 5, "behaviour": "prompt"}
        served.http.post(f"{SANDBOX}/orders", json=wish).raise_for_status()
        served.http.post(f"{SANDBOX}/clock/advance", json={"by": "30h"}).raise_for_status()
        other = served.open(seed=7)
        other.place(count=2)
        other.control("PATCH", "/access", {"hourly_cap": 77})
        before = {each: state(served, each) for each in ("default", other.id)}

    with caplog.at_level(logging.INFO, "seatrial.server"), server_at(tmp_path) as served:
        assert served.told["sandboxes"] == 2
        assert {each: state(served, each) for each in before} == before
        # Ids and fates go on as if nothing had been.
        served.http.post(f"{SANDBOX}/clock/advance", json={"by": "9d"}).raise_for_status()
        after = served.http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()

    said = {r.fields["sandbox"]: r.fields["digest"] for r in caplog.records if r.msg == "recovered"}
    assert said == {each: now["journal"]["digest"] for each, now in before.items()}

    with server_at(tmp_path / "other") as whole:  # the oracle: one that never stopped
        wish = {"count": 5, "behaviour": "prompt"}
        whole.http.post(f"{SANDBOX}/orders", json=wish).raise_for_status()
        whole.http.post(f"{SANDBOX}/clock/advance", json={"by": "30h"}).raise_for_status()
        whole.http.post(f"{SANDBOX}/clock/advance", json={"by": "9d"}).raise_for_status()
        assert whole.http.get(f"{SANDBOX}/journal", params={"limit": 1}).json() == after


def test_what_was_deleted_or_reset_stays_so(server_at, tmp_path):
    with server_at(tmp_path) as served:
        gone, fresh = served.open(), served.open(seed=3)
        for each in (gone, fresh):
            each.place(count=2)
        gone.ask("DELETE")
        fresh.control("POST", "/reset", {"seed": 4})
        order = fresh.place_one()
    with server_at(tmp_path) as served:
        told = served.http.get("/_seatrial/sandboxes").json()["sandboxes"]
        assert [(each["id"], each["seed"]) for each in told] == [("default", 1), (fresh.id, 4)]
        placed = served.http.get(f"/_seatrial/sandboxes/{fresh.id}/journal").json()["facts"]
        assert {each["order_id"] for each in placed} == {order}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(gone.id)]


def test_the_default_sandboxs_file_counts_more_than_the_command_line(
    server_at, running_server, tmp_path, caplog
):
    with server_at(tmp_path):
        pass
    asked = ServerSettings(data=tmp_path, seed=9, market="us")
    with caplog.at_level(logging.WARNING, "seatrial.server"), running_server(asked) as served:
        while not served.http.get("/_seatrial/health").json()["ready"]:
            pass
        assert served.http.get(SANDBOX).json()["seed"] == 1
    said = [r.fields for r in caplog.records if "as its file has it" in r.msg]
    assert said == [
        {"what": "seed", "file": 1, "asked": 9},
        {"what": "market", "file": "standard", "asked": "us"},
    ]


def test_a_file_that_was_only_begun_holds_nobody_up(server_at, tmp_path):
    """Killed between the file and its first commit: nothing was acknowledged."""
    from mock_api.kernel.durable.sandbox_file import SandboxFile  # noqa: PLC0415 - this test's alone

    begun = SandboxFile(tmp_path / "sb-1.seatrial")
    begun.writing.execute("SELECT 1")
    begun.close()
    with server_at(tmp_path) as served:
        assert served.told["sandboxes"] == 1
    assert not (tmp_path / "sb-1.seatrial").exists()


@pytest.mark.parametrize("name", ["sb-1.seatrial.coming", "sb-1.seatrial.coming-3-wal"])
def test_half_a_copy_does_not_survive(server_at, tmp_path, name):
    (tmp_path / name).write_bytes(b"half")
    with server_at(tmp_path) as served:
        assert served.told["sandboxes"] == 1
    assert {path.name for path in tmp_path.iterdir()} == {"default.seatrial", "lock"}


def test_snapshot_restore_and_fork_leave_no_half_copies_and_outlive_the_server(server_at, tmp_path):
    with server_at(tmp_path) as served:
        http = served.http
        http.post(f"{SANDBOX}/orders", json={"count": 2}).raise_for_status()
        marked = http.post(f"{SANDBOX}/snapshot", json={"name": "here"}).json()
        http.post(f"{SANDBOX}/clock/advance", json={"by": "5d"}).raise_for_status()
        went = http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()
        fork = http.post(f"{SANDBOX}/fork", json={"at": marked["now"] + 7200}).json()
        assert fork["now"] == marked["now"] + 7200
        assert fork["app_key"] != http.get(SANDBOX).json()["app_key"]
        assert http.get(f"{SANDBOX}/journal", params={"limit": 1}).json() == went
        back = http.post(f"{SANDBOX}/restore", json={"name": "here"}).json()
        assert (back["id"], back["now"]) == ("default", marked["now"])
    with server_at(tmp_path) as served:
        digest = served.http.get(f"{SANDBOX}/journal", params={"limit": 1}).json()["digest"]
        assert digest == marked["digest"]
        again = served.http.get(f"/_seatrial/sandboxes/{fork['id']}").json()
        assert (again["now"], again["digest"]) == (fork["now"], fork["digest"])
        gone = served.http.post(f"{SANDBOX}/restore", json={"name": "here"})
        assert gone.status_code == 404  # what shall last is a file
    assert not list(tmp_path.glob("*.coming*"))


def test_a_snapshot_too_many_is_refused_and_an_old_name_may_be_taken_again(server_at, tmp_path):
    with server_at(tmp_path, snapshots=1, sandboxes=1) as served:
        first = served.http.post(f"{SANDBOX}/snapshot", json={"name": "a"})
        assert first.status_code == 201
        assert served.http.post(f"{SANDBOX}/snapshot", json={"name": "b"}).status_code == 409
        assert served.http.post(f"{SANDBOX}/snapshot", json={"name": "a"}).status_code == 201
        assert served.http.post(f"{SANDBOX}/fork").status_code == 409
        file = served.http.get(f"{SANDBOX}/file").content
        taken = served.http.post("/_seatrial/sandboxes/file", content=file)
        assert taken.status_code == 409
        assert "delete one first" in taken.json()["detail"]


def test_a_downloaded_sandbox_is_the_same_world_on_another_server(server_at, tmp_path, server):
    with server_at(tmp_path) as served:
        served.http.post(f"{SANDBOX}/orders", json={"count": 4, "behaviour": "prompt"})
        served.http.post(f"{SANDBOX}/clock/advance", json={"by": "2d"}).raise_for_status()
        here = served.http.get(SANDBOX).json()
        file = served.http.get(f"{SANDBOX}/file").content
        twice = served.http.post("/_seatrial/sandboxes/file", content=file)
        assert twice.status_code == 409
        assert "credentials are those of sandbox default" in twice.json()["detail"]
        other = served.http.post("/_seatrial/sandboxes/file?credentials=new", content=file).json()
        assert other["digest"] == here["digest"]
    there = server.http.post("/_seatrial/sandboxes/file", content=file).json()
    try:
        assert {**there, "id": "default"} == here
        for base, one in ((server.http, there["id"]),):
            base.post(f"/_seatrial/sandboxes/{one}/clock/advance", json={"by": "9d"})
        with server_at(tmp_path) as served:
            served.http.post(f"{SANDBOX}/clock/advance", json={"by": "9d"})
            ends = [
                http.get(f"/_seatrial/sandboxes/{one}").json()["digest"]
                for http, one in ((served.http, "default"), (server.http, there["id"]))
            ]
        assert ends[0] == ends[1]
    finally:
        server.http.delete(f"/_seatrial/sandboxes/{there['id']}")


def test_two_restores_at_once_are_one_after_the_other_or_one_is_refused(server_at, tmp_path):
    import threading  # noqa: PLC0415 - this test's alone

    with server_at(tmp_path) as served:
        served.http.post(f"{SANDBOX}/orders", json={"count": 50}).raise_for_status()
        marked = served.http.post(f"{SANDBOX}/snapshot").json()
        answers = []

        def ask():
            with httpx.Client(base_url=served.base, trust_env=False, timeout=60) as http:
                answers.append(http.post(f"{SANDBOX}/restore"))

        asking = [threading.Thread(target=ask) for _ in range(4)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        assert {each.status_code for each in answers} <= {200, 409}
        assert any(each.is_success for each in answers)
        assert served.http.get(SANDBOX).json()["digest"] == marked["digest"]
    with server_at(tmp_path) as served:
        assert served.http.get(SANDBOX).json()["digest"] == marked["digest"]
