"""Couriers by their slugs, and which of them a number may be of.

Slugs: AfterShip's page "Supported couriers" and its public courier lists; ``jtexpress`` for J&T's
parcels from China is inferred. ePackets are China Post's. The last ones are known to AfterShip and
carry nothing in this world: what is registered with them stays pending.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from simulator.carriers.numbers import checks


@dataclass(frozen=True, slots=True)
class Courier:
    slug: str
    carrier: str
    """In this world's codes; empty: none of them."""
    name: str
    phone: str = ""
    other_name: str = ""
    web_url: str = ""
    country: str = ""
    """Where it collects; empty: in many."""


COURIERS: Final = (
    Courier("ups", "ups", "UPS", "+1 800 742 5877", "United Parcel Service", "https://www.ups.com"),
    Courier("fedex", "fedex", "FedEx", "+1 800 247 4747", "", "https://www.fedex.com"),
    Courier("dhl", "dhl", "DHL Express", "+1 800 225 5345", "DHL", "https://www.dhl.com"),
    Courier("tnt", "tnt", "TNT", "+1 800 558 5555", "TNT Express", "https://www.tnt.com"),
    Courier(
        "yunexpress",
        "yunexpress",
        "Yun Express",
        "+86 400-0262-126",
        "云途物流",
        "http://www.yunexpress.com/",
        "CHN",
    ),
    Courier("4px", "4px", "4PX", "+86 755-33936349", "递四方", "http://express.4px.com/", "CHN"),
    Courier("jtexpress", "jt", "J&T Express", "", "极兔速递", "https://www.jtexpress.com", "CHN"),
    Courier("cainiao", "cainiao", "Cainiao", "", "菜鸟", "https://global.cainiao.com", "CHN"),
    Courier(
        "china-ems",
        "ems",
        "China EMS",
        "+86 20 11183",
        "中国邮政速递物流",
        "http://www.11183.com.cn/english.html",
        "CHN",
    ),
    Courier(
        "china-post",
        "epacket",
        "China Post",
        "+86 20 11185",
        "中国邮政, ePacket, e-Packet",
        "http://www.chinapost.com.cn/",
        "CHN",
    ),
    Courier("usps", "", "USPS"),
    Courier("royal-mail", "", "Royal Mail"),
    Courier("canada-post", "", "Canada Post"),
    Courier("australia-post", "", "Australia Post"),
    Courier("singapore-post", "", "Singapore Post"),
    Courier("japan-post", "", "Japan Post"),
    Courier("thailand-post", "", "Thailand Post"),
    Courier("brazil-correios", "", "Brazil Correios"),
    Courier("correos-de-mexico", "", "Correos de Mexico"),
)
BY_SLUG: Final = {courier.slug: courier for courier in COURIERS}


def detected(number: str, among: Collection[str] = ()) -> list[Courier]:
    """Those whose numbers have that form, and check; *among*: of these slugs only."""
    return [
        courier
        for courier in COURIERS
        if courier.carrier
        and (not among or courier.slug in among)
        and checks(courier.carrier, number)
    ]


def shape(courier: Courier) -> dict[str, Any]:
    return {
        "slug": courier.slug,
        "name": courier.name,
        "phone": courier.phone or None,
        "other_name": courier.other_name,
        "web_url": courier.web_url or None,
        "required_fields": [],
        "optional_fields": [],
        "default_language": "en",
        "support_languages": ["en"],
        "service_from_country_regions": [courier.country] if courier.country else [],
        "credentials": None,
    }


def listed(couriers: Collection[Courier]) -> dict[str, Any]:
    """As lists of couriers are told."""
    return {"total": len(couriers), "couriers": [shape(each) for each in couriers]}
