"""Reference rows of the platform: delivery options, and shipping providers with their ids."""

from dataclasses import dataclass
from typing import Final

from simulator import Mode
from simulator.carriers.catalogue import CARRIERS
from simulator.carriers.fleet import OWN_FLEET

SHIPPING_TYPE: Final = {Mode.PLATFORM: "TIKTOK", Mode.SELLER: "SELLER"}
MODE: Final = {wire: mode for mode, wire in SHIPPING_TYPE.items()}


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """How a buyer may have it sent. Weights in grams, sides in centimetres."""

    id: str
    name: str
    type: str
    description: str


OPTION: Final = {
    Mode.PLATFORM: DeliveryOption(
        "6955034615128000261", "Standard Shipping", "STANDARD", "TikTok Shipping, standard"
    ),
    Mode.SELLER: DeliveryOption(
        "7091146663229654785", "Shipped by seller", "SEND_BY_SELLER", "Shipped via seller"
    ),
}

PROVIDER_ID: Final = {
    "jt": "6617675021119438849",
    "ups": "7117858858072016686",
    "fedex": "7129720299146184490",
    "dhl": "7132708421563483946",
    # Ours, in the platform's form: no source gives these.
    "tnt": "7132721393761781546",
    "ems": "7161206374109906734",
    "epacket": "7161206590275978542",
    "yunexpress": "6841743441349706241",
    "4px": "6966927451823146753",
    "cainiao": "7035166438241290542",
    OWN_FLEET: "7212606860263343878",
}
PROVIDER_CODE: Final = {provider_id: code for code, provider_id in PROVIDER_ID.items()}
PROVIDER_NAME: Final = {
    **{code: carrier.name for code, carrier in CARRIERS.items()},
    OWN_FLEET: "Seller Own Fleet",
}

assert PROVIDER_ID.keys() == {*CARRIERS, OWN_FLEET}, "every carrier is a provider with an id"
