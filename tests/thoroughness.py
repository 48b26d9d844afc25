"""How many examples a property test looks at, and how many cases of those that are much alike: the
share that ``make test`` has time for, or, with ``THOROUGH=1`` (``make test-slow``), all of them."""

import os

THOROUGH = bool(os.environ.get("THOROUGH"))
SHARE = 5
LEAST = 4
ALIKE = 3


def examples(whole):
    """Of *whole* as many as there is time for."""
    return whole if THOROUGH else max(min(whole, LEAST), whole // SHARE)


def chosen(cases):
    """Of *cases*, the first and every third after it."""
    return list(cases) if THOROUGH else list(cases)[::ALIKE]
