"""China Post's digest: base64 of the raw MD5 of a text and the partner's key."""

from base64 import b64encode
from hashlib import md5


def digest(text: str, key: str) -> str:
    return b64encode(md5((text + key).encode(), usedforsecurity=False).digest()).decode()
