"""Shippo's own test numbers: with carrier ``shippo``, each answers one status for ever.

Numbers, addresses, service and the two statuses of ``SHIPPO_TRANSIT`` are Shippo's page "Tracking",
section "Test mode"; what the others' histories have, and all substatuses, is inferred.
"""

from typing import Any, Final

from mock_api.carriers.shippo.view import stamp, status_shape, unknown
from mock_api.carriers.shippo.words import MOCK, RECEIVED
from simulator.clock import DAY, HOUR, Instant

Shape = dict[str, Any]

_FROM: Final = {"city": "San Francisco", "state": "CA", "zip": "94103", "country": "US"}
_TO: Final = {"city": "Chicago", "state": "IL", "zip": "60611", "country": "US"}
_AGO: Final = (3 * DAY, 2 * DAY, 1 * DAY, 6 * HOUR)
_INFO: Final = ("information_received", RECEIVED, _FROM)
_LEFT: Final = ("package_departed", "Your shipment has departed from the origin.", _FROM)
_OUT: Final = ("out_for_delivery", "Your shipment is out for delivery.", _TO)

NUMBERS: Final = {
    "SHIPPO_PRE_TRANSIT": (_INFO,),
    "SHIPPO_TRANSIT": (_INFO, _LEFT),
    "SHIPPO_DELIVERED": (
        _INFO,
        _LEFT,
        _OUT,
        ("delivered", "Your shipment has been delivered.", _TO),
    ),
    "SHIPPO_RETURNED": (
        _INFO,
        _LEFT,
        _OUT,
        ("return_to_sender", "Your shipment has been returned to the original sender.", _TO),
    ),
    "SHIPPO_FAILURE": (
        _INFO,
        _LEFT,
        _OUT,
        ("package_undeliverable", "Your shipment could not be delivered.", _TO),
    ),
    "SHIPPO_UNKNOWN": (),
}


def mock_track(number: str, now: Instant, metadata: str | None = None) -> Shape:
    """What is told of that test number."""
    history = [
        status_shape(
            (number, nth),
            (Instant(now - ago), Instant(now - ago)),
            (code, details),
            dict(location),
        )
        for nth, (ago, (code, details, location)) in enumerate(
            zip(_AGO, NUMBERS[number], strict=False)
        )
    ]
    return {
        "messages": [],
        "carrier": MOCK,
        "tracking_number": number,
        "address_from": _FROM,
        "address_to": _TO,
        "eta": stamp(Instant(now + 3 * DAY)),
        "original_eta": stamp(Instant(now + 3 * DAY)),
        "servicelevel": {"token": "shippo_priority", "name": "Priority Mail"},
        "metadata": metadata or "Shippo test tracking",
        "tracking_status": history[-1] if history else unknown(number, now),
        "tracking_history": history,
        "transaction": None,
        "test": True,
    }
