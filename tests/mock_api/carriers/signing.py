"""The digest that several Chinese carriers have their customers sign with."""

from base64 import b64encode
from hashlib import md5


def digest(text, key):
    """Base64 of the raw MD5 of the text and the key."""
    return b64encode(md5((text + key).encode(), usedforsecurity=False).digest()).decode()
