"""The content of messages on the wire: JSON in a string, another object for each type.

Read here is what sellers send; written is what anybody said. Keys that a type does not know are let
pass and not kept (inferred).
"""

import json
from collections.abc import Callable
from typing import Any, Final

from mock_api.kernel.text import require_utf8
from mock_api.seller_center.customer_service import refusals
from mock_api.seller_center.customer_service.refusals import bad_parameter
from mock_api.seller_center.errors import Refusal
from simulator.service.model import Kind, Said

TEXT_MAX: Final = 2000
_LARGEST: Final = 100_000
"""Pixels of one side."""

Object = dict[str, Any]

OLDER: Final = frozenset(
    {
        Kind.TEXT,
        Kind.IMAGE,
        Kind.PRODUCT_CARD,
        Kind.ORDER_CARD,
        Kind.RETURN_REFUND_CARD,
        Kind.COUPON_CARD,
    }
)
"""What version 202309 sends."""
NEWER: Final = OLDER | {Kind.VIDEO, Kind.LOGISTICS_CARD}
_RECEIVED_ONLY: Final = frozenset(
    {
        "EMOTICONS",
        "NOTIFICATION",
        "ALLOCATED_SERVICE",
        "BUYER_ENTER_FROM_PRODUCT",
        "BUYER_ENTER_FROM_ORDER",
        "BUYER_ENTER_FROM_TRANSFER",
        "OTHER",
    }
)


def read_said(kind: str, content: str, sendable: frozenset[Kind]) -> Said:
    """What the seller says. Types that only others send are *not supported* (inferred); types that
    nobody sends are bad parameters."""
    if kind not in sendable:
        known = kind in _RECEIVED_ONLY or kind in NEWER
        raise Refusal(refusals.NOT_SUPPORTED if known else bad_parameter("type", "is no type"))
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(bad_parameter("content", "is no JSON")) from None
    if not isinstance(told, dict):
        raise Refusal(bad_parameter("content", "is no JSON object"))
    return _READERS[Kind(kind)](told)


def _text_of(told: Object, key: str, longest: int = 500) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise Refusal(bad_parameter(f"content.{key}", f"takes 1 to {longest} characters"))
    try:
        return require_utf8(value)
    except ValueError:
        raise Refusal(bad_parameter(f"content.{key}", "is no text")) from None


def _side_of(told: Object, key: str) -> int:
    """Pixels, as a number or as its digits: the documents show both."""
    text = str(told.get(key))
    if not (text.isascii() and text.isdigit() and len(text) < len(str(_LARGEST)) and int(text)):
        raise Refusal(bad_parameter(f"content.{key}", "takes pixels"))
    return int(text)


def _image(told: Object) -> Said:
    url = _text_of(told, "url", 2000)
    return Said(Kind.IMAGE, url=url, width=_side_of(told, "width"), height=_side_of(told, "height"))


def _logistics(told: Object) -> Said:
    parcel_id = _text_of(told, "package_id") if "package_id" in told else ""
    return Said(Kind.LOGISTICS_CARD, order_id=_text_of(told, "order_id"), parcel_id=parcel_id)


def _return_card(told: Object) -> Said:
    order_id, sku_id = _text_of(told, "order_id"), _text_of(told, "sku_id")
    return Said(Kind.RETURN_REFUND_CARD, order_id=order_id, sku_id=sku_id)


def _coupon(told: Object) -> Said:
    _text_of(told, "coupon_id")
    return Said(Kind.COUPON_CARD)


_READERS: Final[dict[Kind, Callable[[Object], Said]]] = {
    Kind.TEXT: lambda told: Said(Kind.TEXT, _text_of(told, "content", TEXT_MAX)),
    Kind.IMAGE: _image,
    Kind.VIDEO: lambda told: Said(Kind.VIDEO, video_id=_text_of(told, "vid")),
    Kind.PRODUCT_CARD: lambda told: Said(
        Kind.PRODUCT_CARD, product_id=_text_of(told, "product_id")
    ),
    Kind.ORDER_CARD: lambda told: Said(Kind.ORDER_CARD, order_id=_text_of(told, "order_id")),
    Kind.LOGISTICS_CARD: _logistics,
    Kind.RETURN_REFUND_CARD: _return_card,
    Kind.COUPON_CARD: _coupon,
}


def content_of(said: Said, system_text: str) -> str:
    """As messages and webhooks have it; *system_text* is what the platform itself says."""
    return json.dumps(_object(said, system_text), ensure_ascii=False)


def plain_text_of(said: Said, system_text: str) -> str:
    """For people to read (known from the newer public client; its words are inferred)."""
    if said.kind is Kind.TEXT:
        return said.text
    return system_text or f"[{said.kind.replace('_', ' ').capitalize()}]"


def _object(said: Said, system_text: str) -> Object:
    match said.kind:
        case Kind.TEXT:
            return {"content": said.text}
        case Kind.IMAGE:
            # Digits in a string, as the documents show them.
            return {"height": str(said.height), "url": said.url, "width": str(said.width)}
        case Kind.VIDEO:
            return {"vid": said.video_id}
        case Kind.ALLOCATED_SERVICE | Kind.NOTIFICATION:
            return {"content": system_text}
        case _:
            named = {
                "product_id": said.product_id,
                "order_id": said.order_id,
                "package_id": said.parcel_id,
                "sku_id": said.sku_id,
            }
            return {key: value for key, value in named.items() if value}
