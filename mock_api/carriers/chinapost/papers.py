"""XML as China Post reads and writes it. Entities and external documents are refused, not read."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_LISTS: Final = {"items": "item"}
"""What is a list in JSON, by the name of each of its elements."""
DEPTH_MOST: Final = 20

Fields = Mapping[str, Any]
"""Texts, mappings of the same, and lists of those."""


def order_in(text: str) -> dict[str, Any]:
    """The ``order`` within, as JSON has it; ValueError if it is none."""
    try:
        root = fromstring(text.strip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as bad:
        raise ValueError(str(bad)) from None
    order = root if root.tag == "order" else root.find(".//order")
    if order is None:
        raise ValueError("no order")
    found = _plain(order, DEPTH_MOST)
    assert isinstance(found, dict)
    return found


def _plain(element: Element, depth: int) -> Any:
    if not depth:
        raise ValueError("too deep")
    if element.tag in _LISTS:
        return [_plain(each, depth - 1) for each in element.findall(_LISTS[element.tag])]
    if len(element):
        return {child.tag: _plain(child, depth - 1) for child in element}
    return {} if element.tag == "order" else (element.text or "").strip()


def written(root: str, fields: Fields) -> bytes:
    """A document: mappings are elements with elements in them, lists several of one name."""
    top = Element(root)
    _fill(top, fields)
    document: bytes = tostring(top, "utf-8", xml_declaration=True)
    return document


def _fill(element: Element, fields: Fields) -> None:
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(element, name)
            if isinstance(each, Mapping):
                _fill(child, each)
            else:
                child.text = each
