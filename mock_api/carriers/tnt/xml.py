"""XML as strangers write it, and as TNT answers.

Entities are off, and so is whatever lies outside the document: bombs and thieves are refused in the
words of whoever was asked. A document type may be named, as TNT's older guides do; nobody reads it.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

_UNSAYABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to say."""
_HEAD: Final = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'


class NotXml(Exception):
    """The text cannot be read: why, and at which line and column, if it is known."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


def read(text: str | bytes) -> Element:
    """The root of a document."""
    try:
        root = fromstring(text)
    except DefusedXmlException:
        raise NotXml("Entity declarations and external entities are not allowed.") from None
    except ParseError as error:
        raise NotXml(str(error), *error.position) from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise NotXml(str(error)) from None
    assert isinstance(root, Element)
    return root


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of the path."""
    for name in path:
        element = element.find(name) if element is not None else None
    return element


def text_at(element: Element | None, *path: str) -> str:
    """What is said there; nothing, if the path ends before."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def texts(element: Element | None, name: str) -> list[str]:
    """Of all children of that name, those that say something."""
    found = element.findall(name) if element is not None else ()
    return [each.text.strip() for each in found if each.text and each.text.strip()]


def texts_within(element: Element, names: frozenset[str]) -> Iterator[str]:
    """Of all elements of those names, however deep."""
    for each in element.iter():
        if each.tag in names and each.text and each.text.strip():
            yield each.text.strip()


def says_something(element: Element | None) -> bool:
    """It is there, and not empty: clients leave elements that they do not need so."""
    return element is not None and any((each.text or "").strip() for each in element.iter())


# Writing.


def root(name: str) -> Element:
    return Element(name)


def add(to: Element, name: str, text: object = "", **attributes: str) -> Element:
    """One element more."""
    added = SubElement(to, name, attributes)
    said = _UNSAYABLE.sub("", str(text))
    if said:
        added.text = said
    return added


def add_said(to: Element, **lines: object) -> Element:
    """Those of them that say something, in that order."""
    for name, text in lines.items():
        if text != "":
            add(to, name, text)
    return to


def written(element: Element) -> bytes:
    """As it goes out."""
    return _HEAD + undeclared(element)


def undeclared(element: Element) -> bytes:
    """Without the declaration at its head."""
    text: bytes = tostring(element, encoding="utf-8", xml_declaration=False)
    return text
