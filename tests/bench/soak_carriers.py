"""What one short-lived sandbox of ``make soak`` does with carriers: UPS's and EasyPost's labels,
numbers that 17TRACK and AfterShip follow, and EasyPost's webhooks to a real receiver."""

import aiohttp

STREET = {"AddressLine": ["88 Keji Road"], "City": "Shenzhen", "CountryCode": "CN"}
SENDER = {
    "Name": "Shenzhen Lights",
    "Phone": {"Number": "13800000166"},
    "Address": STREET | {"PostalCode": "518057"},
}
RECIPIENT = {
    "Name": "Ann Example",
    "Phone": {"Number": "2125550166"},
    "Address": {
        "AddressLine": ["350 Fifth Avenue"],
        "City": "New York",
        "StateProvinceCode": "NY",
        "PostalCode": "10118",
        "CountryCode": "US",
    },
}
PACKAGE = {
    "Packaging": {"Code": "02"},
    "PackageWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "1.2"},
    "Dimensions": {
        "UnitOfMeasurement": {"Code": "CM"},
        "Length": "20",
        "Width": "15",
        "Height": "10",
    },
}
FROM = {
    "name": "Sea Trial Goods",
    "street1": "1 Haiyun Rd",
    "city": "Shenzhen",
    "zip": "518000",
    "country": "CN",
    "phone": "+86 755 8888 0166",
}
TO = {
    "name": "Ada Byron",
    "street1": "1 Strand",
    "city": "London",
    "zip": "WC2N 5HR",
    "country": "GB",
}
BOX = {"length": 8, "width": 6, "height": 4, "weight": 40}
UPS_AT_17TRACK = 100002
ROUNDS = 3


class Carriers:
    """Those of one sandbox."""

    def __init__(self, load, box):
        self._load, self._box = load, box
        self._papers = box["carriers"]
        self.labels = 0

    async def work(self):
        ups = await self._ups_token()
        basic = aiohttp.BasicAuth(self._papers["easypost"]["api_key"], "")
        await self._call("hook", "POST", "/v2/webhooks", {"url": self._load.receiver}, auth=basic)
        for _ in range(ROUNDS):
            number = await self._ups_label(ups)
            await self._follow(number)
            await self._easypost_label(basic)
            await self._load.control(
                "advance", "POST", f"{self._box['id']}/clock/advance", {"by": "1d"}
            )
            path = f"/api/track/v1/details/{number}?locale=en_US"
            await self._call("ups track", "GET", path, headers=ups)
            await self._refused(number)

    async def _ups_token(self):
        mine = self._papers["ups"]
        told = await self._call(
            "ups token",
            "POST",
            "/security/v1/oauth/token",
            auth=aiohttp.BasicAuth(mine["client_id"], mine["client_secret"]),
            data={"grant_type": "client_credentials"},
        )
        token = f"Bearer {told['access_token']}"
        return {"Authorization": token, "transId": "1", "transactionSrc": "soak"}

    async def _ups_label(self, headers):
        shipper = SENDER | {"ShipperNumber": self._papers["ups"]["account_number"]}
        shipment = {
            "Description": "lights",
            "Shipper": shipper,
            "ShipTo": RECIPIENT,
            "Service": {"Code": "65"},
            "Package": [PACKAGE],
        }
        body = {
            "ShipmentRequest": {
                "Request": {"RequestOption": "validate"},
                "Shipment": shipment,
                "LabelSpecification": {"LabelImageFormat": {"Code": "ZPL"}},
            }
        }
        path = "/api/shipments/v2409/ship"
        told = await self._call("ups label", "POST", path, body, headers=headers)
        self.labels += 1
        return told["ShipmentResponse"]["ShipmentResults"]["ShipmentIdentificationNumber"]

    async def _easypost_label(self, auth):
        wish = {"shipment": {"from_address": FROM, "to_address": TO, "parcel": BOX}}
        draft = await self._call("easypost draft", "POST", "/v2/shipments", wish, auth=auth)
        rate = {"rate": {"id": draft["rates"][0]["id"]}}
        path = f"/v2/shipments/{draft['id']}/buy"
        bought = await self._call("easypost label", "POST", path, rate, auth=auth)
        self.labels += 1
        tracker = f"/v2/trackers/{bought['tracker']['id']}"
        await self._call("easypost track", "GET", tracker, auth=auth)
        await self._call("easypost events", "GET", "/v2/events?page_size=5", auth=auth)

    async def _follow(self, number):
        key = {"17token": self._papers["17track"]["key"]}
        wish = [{"number": number, "carrier": UPS_AT_17TRACK}]
        await self._call("17track register", "POST", "/track/v2.2/register", wish, headers=key)
        await self._call("17track look", "POST", "/track/v2.2/gettrackinfo", wish, headers=key)
        key = {"as-api-key": self._papers["aftership"]["api_key"]}
        wish = {"tracking_number": number, "slug": "ups"}
        path = "/tracking/2026-07/trackings"
        await self._call("aftership follow", "POST", path, wish, headers=key)

    async def _refused(self, number):
        wish = [{"number": number}]
        await self._call(
            "17track refused", "POST", "/track/v2.2/register", wish, (401, -18010002), headers={}
        )
        await self._call("ups refused", "GET", "/api/track/v1/details/1Z", expected=(401,))

    async def _call(self, kind, method, path, body=None, expected=(200, 201), **how):
        if body is not None:
            how["json"] = body
        return await self._load.call(kind, method, path, expected, **how)
