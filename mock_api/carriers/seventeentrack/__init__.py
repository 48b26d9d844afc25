"""17TRACK's API, v2.2 and v2.4: numbers are registered, looked up, and told of by webhook.

A platform verifies tracking numbers through it, and so do sellers; there is no client library, so
everybody writes their own. Wire facts: carriers facts, sections 4.8 and 5.2, 17TRACK's help pages
on error codes and on stopped tracking, and responses quoted in public integrations.
"""
