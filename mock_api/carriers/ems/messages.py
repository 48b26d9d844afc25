"""How messages are wrapped: SM4 in ECB mode with the key that also ends the text.

``|$4|`` + base64(SM4-ECB-PKCS7(text + key, base64-decoded key)), as EMS's own sample has it. Why
the cipher is a library's: docs/decisions/0010-sm4.md. Import it where a message is read or written:
the library is large.
"""

from base64 import b64decode, b64encode
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.padding import PKCS7

PREFIX: Final = "|$4|"


def wrapped(text: str, sign_key: str) -> str:
    """As a client sends it."""
    padder = PKCS7(SM4.block_size).padder()
    padded = padder.update((text + sign_key).encode()) + padder.finalize()
    encryptor = _cipher(sign_key).encryptor()
    return PREFIX + b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def unwrapped(said: str, sign_key: str) -> str:
    """The text; ValueError if it is not wrapped, or with another key."""
    decryptor = _cipher(sign_key).decryptor()
    encrypted = b64decode(said.removeprefix(PREFIX), validate=True)
    unpadder = PKCS7(SM4.block_size).unpadder()
    padded = decryptor.update(encrypted) + decryptor.finalize()
    text = (unpadder.update(padded) + unpadder.finalize()).decode()
    if not text.endswith(sign_key):
        raise ValueError("another key")
    return text.removesuffix(sign_key)


def _cipher(sign_key: str) -> Cipher[modes.ECB]:
    return Cipher(SM4(b64decode(sign_key, validate=True)), modes.ECB())  # noqa: S305 - EMS's own mode
