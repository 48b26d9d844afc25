"""Labels from carriers' own interfaces: EasyPost's and UPS's, called as their clients call them."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any, Final

from scenarios.swarm.dice import Dice
from scenarios.swarm.integration.calls import Line, plain
from scenarios.swarm.wire import Answer, Ask
from simulator.clock import DAY, HOUR

Row = dict[str, Any]
_PLACES: Final = {"Shenzhen": "518000", "Yiwu": "322000"}
_NAMES: Final = {
    "UPS": "UPS",
    "FedEx": "FedEx",
    "DHLExpress": "DHL Express",
    "YunExpress": "YunExpress",
    "4PX": "4PX",
    "ePacket": "ePacket",
}
"""EasyPost's carriers by the platform's names of them."""
_OZ: Final = 20
_UNAUTHORIZED: Final = 401


class Labels:
    """One integration's accounts with carriers."""

    def __init__(self, line: Line, carriers: dict[str, dict[str, str]], dice: Dice) -> None:
        self._line = line
        self._easypost = b64encode(f"{carriers['easypost']['api_key']}:".encode()).decode()
        self._ups = carriers["ups"]
        self._bearer = ""
        self._doors: dict[str, Row] = {}
        """Where a shipment stands, by its id."""
        self._dice = dice

    async def from_easypost(self, order: Row) -> tuple[str, str, str] | None:
        """Carrier's name at the platform, number, id of the shipment; none, if nobody takes it."""
        here = self._sender()
        body = {
            "shipment": {
                "from_address": here,
                "to_address": _recipient(order),
                "parcel": {"weight": _OZ},
                "reference": order["id"],
            }
        }
        draft = await self._post_easypost("/v2/shipments", body)
        self._doors[draft["id"]] = here
        rates = [each for each in draft["rates"] if each["carrier"] in _NAMES]
        if not rates:
            return None
        rate = self._dice.pick("rate", rates)
        path = f"/v2/shipments/{draft['id']}/buy"
        bought = await self._post_easypost(path, {"rate": {"id": rate["id"]}})
        return _NAMES[rate["carrier"]], bought["tracking_code"], bought["id"]

    async def fetch(self, shipment_id: str, now: int) -> None:
        """Call the courier for it, today or on the next day on which one comes; now and then think
        better of it, and call again."""
        window = await self._window(shipment_id, now)
        if window is None:
            return
        bought = await self._call(window)
        if self._dice.chance("calls_off", 0.1):
            await self._post_easypost(f"/v2/pickups/{bought}/cancel", {})
            await self.fetch(shipment_id, now)

    async def _window(self, shipment_id: str, now: int) -> Row | None:
        """The first pickup that is offered: within a day from now, or on one of the next days."""
        morning = now - now % DAY + HOUR
        opens = [now, *(morning + days * DAY for days in range(1, 5))]
        for at in opens:
            body = {
                "pickup": {
                    "address": self._doors[shipment_id],
                    "shipment": {"id": shipment_id},
                    "min_datetime": _text(at),
                    "max_datetime": _text(at + 10 * HOUR),
                }
            }
            asked = await self._post_easypost("/v2/pickups", body)
            if asked["pickup_rates"]:
                return asked
        return None

    async def _call(self, asked: Row) -> str:
        """The courier is called; the pickup's id."""
        rate = asked["pickup_rates"][0]
        wanted = {"carrier": rate["carrier"], "service": rate["service"]}
        await self._post_easypost(f"/v2/pickups/{asked['id']}/buy", wanted)
        return str(asked["id"])

    async def void(self, shipment_id: str) -> None:
        """The label is not wanted any more."""
        await self._post_easypost(f"/v2/shipments/{shipment_id}/refund", {})

    async def follow(self, number: str) -> None:
        """Let EasyPost follow a number."""
        await self._post_easypost("/v2/trackers", {"tracker": {"tracking_code": number}})

    async def from_ups(self, order: Row) -> str:
        """A number of UPS's own."""
        there = _recipient(order)
        body = {
            "ShipmentRequest": {
                "Request": {"RequestOption": "nonvalidate"},
                "Shipment": {
                    "Shipper": _ups_party(self._sender())
                    | {"ShipperNumber": self._ups["account_number"]},
                    "ShipTo": _ups_party(there),
                    "ShipFrom": _ups_party(self._sender()),
                    "Service": {"Code": "65"},
                    "Package": [_UPS_PACKAGE],
                },
                "LabelSpecification": {"LabelImageFormat": {"Code": "GIF"}},
            }
        }
        told = await self._post_ups("/api/shipments/v2409/ship", body)
        results = told["ShipmentResponse"]["ShipmentResults"]
        return str(results["ShipmentIdentificationNumber"])

    def _sender(self) -> Row:
        city = self._dice.pick("sender", tuple(_PLACES))
        return {
            "name": "Sea Trial Goods",
            "company": "Sea Trial",
            "street1": "1 Haiyun Rd",
            "city": city,
            "zip": _PLACES[city],
            "country": "CN",
            "phone": "+86 755 8888 0166",
        }

    async def _post_easypost(self, path: str, body: Row) -> Row:
        headers = (
            ("content-type", "application/json"),
            ("authorization", f"Basic {self._easypost}"),
        )
        ask = Ask("POST", path, (), headers, json.dumps(body).encode())
        return plain(await self._line.ask(ask), path)

    async def _post_ups(self, path: str, body: Row) -> Row:
        if not self._bearer:
            await self._enter()
        answer = await self._send_ups(path, body)
        if answer.status == _UNAUTHORIZED:  # its token has run out
            await self._enter()
            answer = await self._send_ups(path, body)
        return plain(answer, path)

    async def _send_ups(self, path: str, body: Row) -> Answer:
        headers = (
            ("content-type", "application/json"),
            ("authorization", f"Bearer {self._bearer}"),
        )
        return await self._line.ask(Ask("POST", path, (), headers, json.dumps(body).encode()))

    async def _enter(self) -> None:
        pair = f"{self._ups['client_id']}:{self._ups['client_secret']}"
        headers = (
            ("content-type", "application/x-www-form-urlencoded"),
            ("authorization", f"Basic {b64encode(pair.encode()).decode()}"),
        )
        path = "/security/v1/oauth/token"
        ask = Ask("POST", path, (), headers, b"grant_type=client_credentials")
        self._bearer = plain(await self._line.ask(ask), path)["access_token"]


def _recipient(order: Row) -> Row:
    there = order["recipient_address"]
    states = [each for each in there["district_info"] if each["address_level_name"] == "State"]
    return {
        "name": there["name"],
        "street1": there["address_line1"],
        "city": there["post_town"],
        "state": states[0]["address_name"] if states else "",
        "zip": there["postal_code"],
        "country": there["region_code"],
        "phone": there["phone_number"],
    }


def _ups_party(party: Row) -> Row:
    address = {
        "AddressLine": [party["street1"][:35]],
        "City": party["city"][:30],
        "PostalCode": party["zip"],
        "CountryCode": party["country"],
    }
    if party.get("state"):
        address["StateProvinceCode"] = party["state"][:5]
    digits = "".join(each for each in party["phone"] if each.isdigit())[:15]
    return {
        "Name": party["name"][:35],
        "AttentionName": party["name"][:35],
        "Phone": {"Number": digits},
        "Address": address,
    }


_UPS_PACKAGE: Final = {
    "Packaging": {"Code": "02"},
    "PackageWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "0.6"},
    "Dimensions": {
        "UnitOfMeasurement": {"Code": "CM"},
        "Length": "20",
        "Width": "15",
        "Height": "10",
    },
}


def _text(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
