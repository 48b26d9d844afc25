"""XML as strangers write it, and as DHL answers. Documents that declare a type of their own, and
entities with it, are refused: nobody who asks where a parcel is needs them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

_UNSAYABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to say."""


class NotXml(Exception):
    """The text cannot be read; the message says why."""


def read(text: bytes) -> Element:
    """The root of a document."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        raise NotXml("document type declarations and entities are not allowed") from None
    except (ParseError, ValueError, LookupError) as error:
        raise NotXml(str(error)) from None
    assert isinstance(root, Element)
    return root


def name_of(element: Element) -> str:
    """Without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first of that name, in whatever namespace."""
    found = element if element is not None else ()
    return next((each for each in found if name_of(each) == name), None)


def texts(element: Element, name: str) -> list[str]:
    """Of all children of that name."""
    found = (each.text for each in element if name_of(each) == name)
    return [text.strip() for text in found if text and text.strip()]


def text_at(element: Element, *path: str) -> str:
    """At the end of the path; nothing, if it ends before."""
    found: Element | None = element
    for name in path:
        found = child(found, name)
    return (found.text or "").strip() if found is not None else ""


def add(to: Element, name: str, text: object = "") -> Element:
    """One element more."""
    added = SubElement(to, name)
    said = _UNSAYABLE.sub("", str(text))
    if said:
        added.text = said
    return added


def add_all(to: Element, lines: Mapping[str, object] | Iterable[tuple[str, object]]) -> Element:
    """Several, in that order."""
    for name, text in lines.items() if isinstance(lines, Mapping) else lines:
        add(to, name, text)
    return to


def root(name: str, schema: str) -> Element:
    """The root of an answer, as XML-PI's are."""
    return Element(
        f"req:{name}",
        {
            "xmlns:req": "http://www.dhl.com",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"http://www.dhl.com {schema}",
        },
    )


def written(element: Element) -> bytes:
    """As it goes out."""
    text: bytes = tostring(element, encoding="UTF-8", xml_declaration=True)
    return text
