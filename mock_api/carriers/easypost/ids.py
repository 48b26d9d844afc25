"""EasyPost's ids: a prefix that tells the kind, and 32 hexadecimal digits.

They are the world's own ids in disguise: a keyed mark, and the id behind a mask that is made of the
mark. So the same world gives the same ids, nothing has to be remembered, and nobody guesses one.
"""

from hashlib import blake2b
from hmac import compare_digest
from typing import Final

_KEY: Final = b"seatrial.easypost"
"""No secret: it sets these digits apart from others made of the same ids."""
_MARK_BYTES: Final = 7
_BODY_BYTES: Final = 9
_ID_BITS: Final = 60
"""The world's ids have 18 decimal digits."""
_PARTS: Final = 1 << (8 * _BODY_BYTES - _ID_BITS)
_HEX: Final = 2 * (_MARK_BYTES + _BODY_BYTES)


def disguised(prefix: str, world_id: int | str, part: int = 0) -> str:
    """The id of that thing; *part* tells apart what is no thing of its own in the world: a
    shipment's addresses, rates, pickups."""
    assert part < _PARTS, (prefix, part)
    number = part << _ID_BITS | int(world_id)
    mark = _hashed(f"{prefix} {number}".encode(), _MARK_BYTES)
    body = number ^ int.from_bytes(_hashed(mark, _BODY_BYTES))
    return f"{prefix}_{mark.hex()}{body.to_bytes(_BODY_BYTES).hex()}"


def undisguised(prefix: str, said: str) -> tuple[str, int] | None:
    """The world's id and the part; none, if it is no id of that kind that this API ever gave."""
    kind, _, digits = said.partition("_")
    if kind != prefix or len(digits) != _HEX:
        return None
    try:
        raw = bytes.fromhex(digits)
    except ValueError:
        return None
    mark = raw[:_MARK_BYTES]
    number = int.from_bytes(raw[_MARK_BYTES:]) ^ int.from_bytes(_hashed(mark, _BODY_BYTES))
    if not compare_digest(_hashed(f"{prefix} {number}".encode(), _MARK_BYTES), mark):
        return None
    return str(number & (1 << _ID_BITS) - 1), number >> _ID_BITS


def account_of(carrier: str) -> str:
    """The id of the carrier account through which that carrier is used: each has one."""
    return f"ca_{_hashed(carrier.encode(), 16).hex()}"


def user_of(sandbox: str) -> str:
    """The id of the user whose sandbox that is."""
    return f"user_{_hashed(sandbox.encode(), 16).hex()}"


def _hashed(content: bytes, size: int) -> bytes:
    return blake2b(content, key=_KEY, digest_size=size).digest()
