"""An invoice's file (NF-e) as it is uploaded: base64 of XML, of which little is read.

A document type is refused, however it is encoded: no entity of it is ever expanded.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from simulator.papers.model import InvoiceFile

FILE_MOST: Final = 1024 * 1024
_ID: Final = re.compile(r"NFe(\d{44})")
_AUTHORIZED: Final = "100"
"""The tax office's status of an invoice that may be used."""


def decoded(file: str) -> bytes | None:
    """The bytes; ``None`` if it is no base64, or too long."""
    try:
        content = b64decode(file, validate=True)
    except (NotBase64, ValueError):
        return None
    return content if content and len(content) <= FILE_MOST else None


def read(content: bytes) -> InvoiceFile:
    """What is in it. Of what is no XML, or no invoice, the key is empty."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return InvoiceFile()
    key, status = "", ""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "infNFe":
            found = _ID.fullmatch(element.get("Id", ""))
            key = found.group(1) if found else ""
        elif name == "cStat":
            status = (element.text or "").strip()
    return InvoiceFile(key, is_authorized=status == _AUTHORIZED)
