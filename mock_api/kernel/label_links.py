"""Labels behind a link that needs no token, as browsers and printers follow it: the link bears a
signature, made with a secret of the sandbox's credentials (its form is ours)."""

from hashlib import sha256
from hmac import compare_digest, new

from mock_api.kernel.sandbox import Sandbox
from simulator import World
from simulator.following import Sight


def signature(sandbox: Sandbox, dialect: str, number: str) -> str:
    """Of the link to that number's label, made with the application's secret."""
    secret = sandbox.credential(dialect, "app_secret")
    return new(secret.encode(), f"label {number}".encode(), sha256).hexdigest()


def is_signed(sandbox: Sandbox, dialect: str, number: str, signed: str) -> bool:
    """Whether *signed* is that signature."""
    return compare_digest(signature(sandbox, dialect, number).encode(), signed.encode())


def labelled_pieces(world: World, sight: Sight) -> list[tuple[str, int]]:
    """Every piece of a parcel's order: its tracking number, and its grams, where they are known."""
    shipment = sight.shipment
    if shipment is None:
        return [(sight.number, 0)]
    numbers = [each.tracking_number for each in world.shippers.parcels_of(shipment)]
    weights = [each.weight_g for each in shipment.wish.pieces]
    return [
        (number, weights[nth] if nth < len(weights) else 0) for nth, number in enumerate(numbers)
    ]
