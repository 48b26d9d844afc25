"""What all tests share: how Hypothesis tries things out, whom clients trust, and what the garbage
collector looks at."""

import gc
import os
import tempfile
from pathlib import Path

import certifi
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, and no test claims anything of it. What
# fails is told in a form that fails again.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")


# Modules and tests are read once and stay: half a second for each look at all of them.
gc.disable()


def pytest_collection_finish():
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_configure(config):
    """No test calls anybody over TLS, and every client reads the list of authorities: 30 ms, some
    thousand times. One authority is list enough, whatever the machine's own list is. A worker has
    the file of whoever started it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    end = "-----END CERTIFICATE-----\n"
    one, _, _ = Path(certifi.where()).read_text(encoding="utf-8").partition(end)
    folder = tempfile.TemporaryDirectory(prefix="seatrial-tests-")
    config.add_cleanup(folder.cleanup)
    path = Path(folder.name, "one-authority.pem")
    path.write_text(one + end, encoding="utf-8")
    os.environ["SSL_CERT_FILE"] = str(path)
