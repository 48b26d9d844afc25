"""EasyPost's test codes: parcels that stand still, each in a status of its own.

Facts: docs.easypost.com/docs/trackers (codes and statuses); the first one's details, dates and
places as recorded in tests/cassettes of EasyPost/easypost-python. The later steps are inferred.
"""

from typing import Final, NamedTuple

from simulator.clock import DAY, HOUR, MINUTE

BEGAN_AGO: Final = 31 * DAY
"""So long before the tracker is made, its first step was."""


class Step(NamedTuple):
    """One line of a snapshot's record."""

    after: int
    """Seconds since the first step."""
    status: str
    detail: str
    message: str
    city: str = ""
    state: str = ""
    postal_code: str = ""


_BEFORE: Final = (
    Step(0, "pre_transit", "status_update", "Pre-Shipment Info Sent to USPS"),
    Step(
        12 * HOUR + 37 * MINUTE,
        "pre_transit",
        "status_update",
        "Shipping Label Created",
        *("HOUSTON", "TX", "77063"),
    ),
)
_UNDER_WAY: Final = (
    *_BEFORE,
    Step(
        22 * HOUR,
        "in_transit",
        "status_update",
        "Arrived at Post Office",
        *("NORTH HOUSTON", "TX", "77315"),
    ),
    Step(
        24 * HOUR,
        "in_transit",
        "status_update",
        "Arrived at USPS Facility",
        *("COLUMBIA", "SC", "29201"),
    ),
)


def _at_the_door(after: int, status: str, detail: str, message: str) -> Step:
    return Step(after, status, detail, message, "CHARLESTON", "SC", "29407")


_OUT: Final = (
    *_UNDER_WAY,
    _at_the_door(46 * HOUR, "out_for_delivery", "out_for_delivery", "Out for Delivery"),
)

SNAPSHOTS: Final[dict[str, tuple[Step, ...]]] = {
    "EZ1000000001": _BEFORE,
    "EZ2000000002": _UNDER_WAY,
    "EZ3000000003": _OUT,
    "EZ4000000004": (
        *_OUT,
        _at_the_door(50 * HOUR, "delivered", "arrived_at_destination", "Delivered"),
    ),
    "EZ5000000005": (
        *_OUT,
        _at_the_door(50 * HOUR, "return_to_sender", "return", "Returned to Sender"),
    ),
    "EZ6000000006": (
        *_OUT,
        _at_the_door(50 * HOUR, "failure", "delivery_exception", "Undeliverable as Addressed"),
    ),
    "EZ7000000007": (Step(0, "unknown", "unknown", "Status Not Available"),),
}

SIGNED_BY: Final = "John Tester"
