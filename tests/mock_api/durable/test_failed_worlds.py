"""A world that breaks is not written down: the file stays what its commands lead to."""

from simulator.facts import OrderPaid
from tests.mock_api.durable.conftest import SANDBOX


def breaks(_seq, _at, fact):
    if isinstance(fact, OrderPaid):
        raise KeyError("planted")


def pay(served, order):
    """The server hangs up after a failure of its own: so does the caller."""
    path = f"{SANDBOX}/buyers/{order}/pay"
    return served.http.post(path, headers={"connection": "close"})


def test_a_world_that_failed_is_there_again_as_it_was_before(server_at, tmp_path):
    with server_at(tmp_path) as served:
        placed = served.http.post(f"{SANDBOX}/orders", json={"count": 2, "paid": False})
        before = served.http.get(SANDBOX).json()["digest"]
        sandbox = served.app.state.sandboxes.get("default")
        sandbox.world.journal.subscribe(breaks)
        order = placed.json()["orders"][0]

        failed = pay(served, order)
        assert failed.status_code == 503, failed.text
        assert "planted" in failed.json()["detail"]
        later = served.http.get(SANDBOX)
        assert later.status_code == 503
        assert "start the server again" in later.json()["detail"]
    with server_at(tmp_path) as served:
        assert served.http.get(SANDBOX).json()["digest"] == before
        assert pay(served, order).is_success


def test_a_world_that_failed_can_be_reset(server_at, tmp_path):
    with server_at(tmp_path) as served:
        placed = served.http.post(f"{SANDBOX}/orders", json={"count": 1, "paid": False})
        sandbox = served.app.state.sandboxes.get("default")
        sandbox.world.journal.subscribe(breaks)
        assert pay(served, placed.json()["orders"][0]).is_error
        assert served.http.post(f"{SANDBOX}/reset").is_success
        assert served.http.post(f"{SANDBOX}/orders", json={"count": 1}).is_success
    with server_at(tmp_path) as served:
        assert served.http.get(f"{SANDBOX}/journal").json()["length"]
