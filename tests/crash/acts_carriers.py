"""What clients of carriers' APIs do, each with its witness."""

from base64 import b64encode

from tests.bench.soak_carriers import BOX, FROM, PACKAGE, RECIPIENT, SENDER, TO
from tests.crash.boxes import Refused


def basic(name, password=""):
    """The header of a caller with a name and a password."""
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


async def easypost(caller, box, kind, method, path, body=None):
    headers = basic(box.told["carriers"]["easypost"]["api_key"])
    return await caller.call(kind, method, f"/v2{path}", box, json=body, headers=headers)


async def easypost_label(load, box):
    async with box.about(f"label {load.next_number()}") as said:
        wish = {"shipment": {"from_address": FROM, "to_address": TO, "parcel": BOX}}
        draft = await easypost(load.caller, box, "draft", "POST", "/shipments", wish)
        await _witness_of_shipment(box, said, draft["id"], "")
        rate = {"rate": {"id": draft["rates"][0]["id"]}}
        path = f"/shipments/{draft['id']}/buy"
        bought = await easypost(load.caller, box, "buy", "POST", path, rate)
        await _witness_of_shipment(box, said, draft["id"], bought["tracking_code"])
        said.tracker = bought["tracker"]["id"]


async def _witness_of_shipment(box, said, number, code):
    async def check(caller):
        try:
            found = await easypost(caller, box, "shipment", "GET", f"/shipments/{number}")
        except Refused as refused:
            return f"a shipment is gone ({refused})"
        return (
            f"its code is {found['tracking_code']}" if (found["tracking_code"] or "") < code else ""
        )

    said.witness("easypost shipment", check)


async def easypost_tracker(load, box):
    async with box.about(f"tracker {load.next_number()}") as said:
        wish = {"tracker": {"tracking_code": "EZ1000000001"}}
        number = (await easypost(load.caller, box, "tracker", "POST", "/trackers", wish))["id"]

        async def check(caller):
            try:
                await easypost(caller, box, "tracker", "GET", f"/trackers/{number}")
            except Refused as refused:
                return f"a tracker is gone ({refused})"
            return ""

        said.witness("easypost tracker", check)


async def easypost_hook(load, box):
    async with box.about(f"hook {load.next_number()}") as said:
        wish = {"url": f"{load.receiver.url}/easypost-{box.mark}"}
        number = (await easypost(load.caller, box, "hook", "POST", "/webhooks", wish))["id"]

        async def check(caller):
            try:
                await easypost(caller, box, "hook", "GET", f"/webhooks/{number}")
            except Refused as refused:
                return f"a hook is gone ({refused})"
            return ""

        said.witness("hook", check)


async def ups_token(load, box):
    mine = box.told["carriers"]["ups"]
    headers = basic(mine["client_id"], mine["client_secret"])
    grant = {"grant_type": "client_credentials"}
    async with box.about(f"bearer {load.next_number()}") as said:
        path = "/security/v1/oauth/token"
        told = await load.caller.call("ups token", "POST", path, box, headers=headers, data=grant)
        bearer = box.bearer = told["access_token"]

        async def check(caller):
            # Nobody has that number; who is let in is told so.
            try:
                await _ups(caller, box, bearer, "GET", "/api/track/v1/details/1Z0000000000000000")
            except Refused as refused:
                return f"a bearer lets nobody in ({refused})" if ": 401" in str(refused) else ""
            return ""

        said.witness("bearer", check)


async def ups_label(load, box):
    if not box.bearer:
        await ups_token(load, box)
    shipper = SENDER | {"ShipperNumber": box.told["carriers"]["ups"]["account_number"]}
    shipment = {"Description": "lights", "Shipper": shipper, "ShipTo": RECIPIENT}
    shipment |= {"Service": {"Code": "65"}, "Package": [PACKAGE]}
    body = {
        "ShipmentRequest": {
            "Request": {"RequestOption": "validate"},
            "Shipment": shipment,
            "LabelSpecification": {"LabelImageFormat": {"Code": "ZPL"}},
        }
    }
    async with box.about(f"label {load.next_number()}") as said:
        path = "/api/shipments/v2409/ship"
        try:
            told = await _ups(load.caller, box, box.bearer, "POST", path, body)
        except Refused:
            box.bearer = ""
            raise
        number = told["ShipmentResponse"]["ShipmentResults"]["ShipmentIdentificationNumber"]

        async def check(caller):
            # By a token of the new server: whether the old one lives on is another witness's.
            mine = box.told["carriers"]["ups"]
            headers = basic(mine["client_id"], mine["client_secret"])
            grant = {"grant_type": "client_credentials"}
            token = await caller.call(
                "ups token", "POST", "/security/v1/oauth/token", box, headers=headers, data=grant
            )
            path = f"/api/track/v1/details/{number}?locale=en_US"
            try:
                await _ups(caller, box, token["access_token"], "GET", path)
            except Refused as refused:
                return f"a label is gone ({refused})"
            return ""

        said.witness("ups label", check)


async def _ups(caller, box, bearer, method, path, body=None):
    headers = {"Authorization": f"Bearer {bearer}", "transId": "1", "transactionSrc": "crash"}
    return await caller.call("ups", method, path, box, json=body, headers=headers)
