"""How many examples a property test looks at: the share that ``make test`` has time for, or, with
``THOROUGH=1`` (``make test-slow``), all of them."""

import os

THOROUGH = bool(os.environ.get("THOROUGH"))
SHARE = 3
LEAST = 4


def examples(whole):
    """Of *whole* as many as there is time for."""
    return whole if THOROUGH else max(min(whole, LEAST), whole // SHARE)
