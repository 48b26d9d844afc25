"""J&T's two signatures, as its documentation has them.

In a header, of the very text of ``bizContent``; within it, of the customer's code and password.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import md5
from hmac import compare_digest
from typing import Final

SALTS: Final = ("jadada236t2", "jadada369t3")
"""By country: China, Egypt, Saudi Arabia and Mexico; Malaysia and Vietnam."""


def digest(text: str) -> str:
    """Base64 of the raw MD5."""
    return b64encode(md5(text.encode(), usedforsecurity=False).digest()).decode()


def header_digest(biz_content: str, private_key: str) -> str:
    """What the header ``digest`` has."""
    return digest(biz_content + private_key)


def ciphertext(password: str, salt: str) -> str:
    """How a password is sent, or signed."""
    return md5((password + salt).encode(), usedforsecurity=False).hexdigest().upper()


def is_signed(said: str, customer_code: str, password: str, private_key: str) -> bool:
    """Whether *said* is the digest of an order call, in whichever country."""
    known = (digest(customer_code + each + private_key) for each in _ciphertexts(password))
    return _is_any(said, known)


def is_password(said: str, password: str) -> bool:
    """Malaysia's: documented as the password itself, and shown as its ciphertext."""
    return _is_any(said, (password, *_ciphertexts(password)))


def _ciphertexts(password: str) -> Iterator[str]:
    return (ciphertext(password, salt) for salt in SALTS)


def _is_any(said: str, known: Iterable[str]) -> bool:
    """In constant time for each."""
    return any(compare_digest(said.encode(), each.encode()) for each in known)
