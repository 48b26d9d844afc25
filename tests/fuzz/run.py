"""Calls the seller center with what nobody thought of: schemathesis over a live server, whose world
is in mid-flight, for so many seconds (``make fuzz``, ``make fuzz-long``).

Every check is on. Where the platform's way differs from what schemathesis expects of an API, the
reason stands in ``schemathesis.toml`` beside this file.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import uvicorn

from mock_api.main import create_app
from mock_api.settings import ServerSettings

HERE = Path(__file__).parent
EXAMPLES = 20
"""Of each operation in one round: a round is short, so that the last does not run on for long."""
USUAL_S = 600


@contextmanager
def served():
    """A server of its own, on a port of its own."""
    app = create_app(ServerSettings(default_sandbox=False))
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        config = uvicorn.Config(app, log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def in_mid_flight(http):
    """A sandbox with orders in every stage of their lives, and complaints and returns on some."""
    wishes = {
        "rate_limit": 0,
        "quiet_ms": 0,
        "mishaps": 3,
        "market": "us",
        "authorized_for": "3650d",
    }
    box = http.post("/_seatrial/sandboxes", json=wishes).raise_for_status().json()
    at = f"/_seatrial/sandboxes/{box['id']}"
    for days in (20, 5, 2, 0):
        for wish in ({"behaviour": "prompt"}, {"behaviour": "prompt", "shipping": "seller"}, {}):
            http.post(f"{at}/orders", json={"count": 8, "buyer": "impatient"} | wish)
            http.post(f"{at}/orders", json={"count": 4} | wish).raise_for_status()
        if days:
            http.post(f"{at}/clock/advance", json={"by": f"{days}d"}).raise_for_status()
    # Tokens live for seven days of the world: the one to call with is fresh.
    query = {
        "app_key": box["app_key"],
        "app_secret": box["app_secret"],
        "refresh_token": box["refresh_token"],
        "grant_type": "refresh_token",
    }
    fresh = http.get("/api/v2/token/refresh", params=query).json()["data"]["access_token"]
    return box | {"access_token": fresh}


def without_signing(document):
    """The document as it is for whoever has a signing client: the gates' parameters are the
    client's business (``signing.py``), not the fuzzer's."""
    signed = {"app_key", "timestamp", "sign", "shop_cipher", "x-tts-access-token"}
    for path in document["paths"].values():
        for operation in path.values():
            kept = [each for each in operation.get("parameters", ()) if each["name"] not in signed]
            operation["parameters"] = kept
    # The auth host is no signed API: tests/mock_api/test_authorization.py has it.
    gated = {name: path for name, path in document["paths"].items() if _is_gated(name)}
    return document | {"paths": gated}


def _is_gated(path):
    return any(part.isdigit() and len(part) == 6 for part in path.split("/"))


def play(base, box, seconds, document):
    """Round after round, each with a seed of its own; the first that finds something ends it."""
    ends = time.monotonic() + seconds
    seed = int(os.environ.get("SEED", "1"))
    known = os.environ | {"SEATRIAL_BOX": json.dumps(box), "SCHEMATHESIS_HOOKS": "signing"}
    known["PYTHONPATH"] = str(HERE)
    while time.monotonic() < ends:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file"),
                *(str(HERE / "schemathesis.toml"), "run", str(document), "--url", base),
                *("--seed", str(seed), "--max-examples", str(EXAMPLES), "--no-color"),
                *("--request-timeout", "10", *sys.argv[2:]),
            ],
            env=known,
            check=False,
        )
        if done.returncode:
            sys.stderr.write(f"Found something. Again with: SEED={seed} make fuzz\n")
            return done.returncode
        seed += 1
    return 0


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else USUAL_S
    with served() as base, httpx.Client(base_url=base, timeout=120, trust_env=False) as http:
        box = in_mid_flight(http)
        told = http.get("/_openapi/seller_center.json").json()
        document = HERE / ".document.json"
        document.write_text(json.dumps(without_signing(told)), encoding="utf-8")
        try:
            return play(base, box, seconds, document)
        finally:
            document.unlink()


if __name__ == "__main__":
    raise SystemExit(main())
