"""A shipper with an account of FedEx's: what the tests of its APIs share."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

SENDER = {
    "contact": {"personName": "Li Wei", "companyName": "Sea Trial Goods", "phoneNumber": "8888016"},
    "address": {
        "streetLines": ["1 Haiyun Rd", "Building 3"],
        "city": "Shenzhen",
        "postalCode": "518000",
        "countryCode": "CN",
    },
}
BUYER = {
    "contact": {"personName": "Ada Byron", "phoneNumber": "2079460000"},
    "address": {
        "streetLines": ["1 Strand"],
        "city": "London",
        "postalCode": "WC2N 5HR",
        "countryCode": "GB",
    },
}
BOX = {
    "weight": {"units": "KG", "value": 1.2},
    "dimensions": {"length": 20, "width": 15, "height": 10, "units": "CM"},
}
PRIORITY, ECONOMY = "FEDEX_INTERNATIONAL_PRIORITY", "INTERNATIONAL_ECONOMY"
CHINA = timedelta(hours=8)


class Fedex:
    """Calls by hand, each with the right project's token."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.credentials = box.told["carriers"]["fedex"]
        self.tokens = {}

    @property
    def account(self):
        return {"value": self.credentials["account"]}

    # Tokens.

    def authorize(self, **edits):
        form = {
            "grant_type": "client_credentials",
            "client_id": self.credentials["client_id"],
            "client_secret": self.credentials["client_secret"],
        } | edits
        return self.http.post(f"{self.prefix}/oauth/token", data=form)

    def token(self, project):
        if project not in self.tokens:
            before = "track_" if project == "track" else ""
            answer = self.authorize(
                client_id=self.credentials[f"{before}client_id"],
                client_secret=self.credentials[f"{before}client_secret"],
            )
            assert answer.status_code == 200, answer.text
            self.tokens[project] = answer.json()["access_token"]
        return self.tokens[project]

    # Calls.

    def call(self, method, path, body, project="", **headers):
        wanted = project or ("track" if path.startswith("/track") else "ship")
        headers = {"Authorization": f"Bearer {self.token(wanted)}"} | headers
        return self.http.request(method, self.prefix + path, json=body, headers=headers)

    def output(self, method, path, body, **more):
        answer = self.call(method, path, body, **more)
        assert answer.status_code == 200, answer.text
        assert "null" not in answer.text
        return answer.json()["output"]

    def error(self, method, path, body, **more):
        """Status and code of a call that is refused."""
        answer = self.call(method, path, body, **more)
        (error,) = answer.json()["errors"]
        assert error["message"]
        return answer.status_code, error["code"]

    # Rates and shipments.

    def quote_body(self, **edits):
        shipment = {
            "shipper": {"address": SENDER["address"]},
            "recipient": {"address": BUYER["address"]},
            "pickupType": "USE_SCHEDULED_PICKUP",
            "rateRequestType": ["ACCOUNT", "LIST"],
            "requestedPackageLineItems": [BOX],
        } | edits
        return {
            "accountNumber": self.account,
            "rateRequestControlParameters": {"returnTransitTimes": True},
            "requestedShipment": shipment,
        }

    def quotes(self, **edits):
        return self.output("POST", "/rate/v1/rates/quotes", self.quote_body(**edits))

    def ship_body(self, response="LABEL", image_type="PDF", **edits):
        shipment = {
            "shipper": SENDER,
            "recipients": [BUYER],
            "pickupType": "USE_SCHEDULED_PICKUP",
            "serviceType": PRIORITY,
            "packagingType": "YOUR_PACKAGING",
            "labelSpecification": {"imageType": image_type, "labelStockType": "STOCK_4X6"},
            "requestedPackageLineItems": [BOX],
        } | edits
        return {
            "accountNumber": self.account,
            "labelResponseOptions": response,
            "requestedShipment": deepcopy(shipment),
        }

    def ship(self, *args, **edits):
        output = self.output("POST", "/ship/v1/shipments", self.ship_body(*args, **edits))
        (transaction,) = output["transactionShipments"]
        return transaction

    def shipped(self, **edits):
        """The number of a new label."""
        return self.ship(**edits)["masterTrackingNumber"]

    def cancel_body(self, number, **edits):
        body = {"accountNumber": self.account, "trackingNumber": number}
        return body | {"deletionControl": "DELETE_ALL_PACKAGES"} | edits

    # Pickups.

    def pickup_body(self, ready="2030-01-07T10:00:00Z", close="18:00:00", **edits):
        origin = {
            "pickupLocation": SENDER,
            "readyDateTimestamp": ready,
            "customerCloseTime": close,
        }
        body = {
            "associatedAccountNumber": self.account,
            "originDetail": origin,
            "carrierCode": "FDXE",
            "packageCount": 1,
            "totalWeight": {"units": "KG", "value": 1.2},
        }
        return body | edits

    def pickup(self, **edits):
        return self.output("POST", "/pickup/v1/pickups", self.pickup_body(**edits))

    def no_pickup(self, **edits):
        return self.error("POST", "/pickup/v1/pickups", self.pickup_body(**edits))

    def call_off_body(self, booked, day="2030-01-07", **edits):
        return {
            "associatedAccountNumber": self.account,
            "pickupConfirmationCode": booked["pickupConfirmationCode"],
            "scheduledDate": day,
            "location": booked["location"],
        } | edits

    # Tracking.

    def track(self, *numbers, detailed=True, **more):
        infos = [{"trackingNumberInfo": {"trackingNumber": number}} for number in numbers]
        body = {"includeDetailedScans": detailed, "trackingInfo": infos}
        return self.output("POST", "/track/v1/trackingnumbers", body, **more)

    def seen(self, number, **more):
        """The number's result."""
        (complete,) = self.track(number, **more)["completeTrackResults"]
        assert complete["trackingNumber"] == number
        (result,) = complete["trackResults"]
        return result

    def standing(self, number):
        """Its code, and those of its events, newest first."""
        result = self.seen(number)
        events = [event["eventType"] for event in result["scanEvents"]]
        return result["latestStatusDetail"]["code"], events

    def document_body(self, number, form="PNG"):
        return {
            "trackDocumentDetail": {
                "documentType": "SIGNATURE_PROOF_OF_DELIVERY",
                "documentFormat": form,
            },
            "trackDocumentSpecification": [{"trackingNumberInfo": {"trackingNumber": number}}],
        }

    # The world.

    def until_delivered(self, number):
        for _ in range(40):
            if self.standing(number)[0] == "DL":
                return
            self.box.advance(by="12h")
        raise AssertionError(self.seen(number))

    def carrier_does(self, event, number, **wish):
        return self.box.control(
            "POST", f"/carriers/fedex/{event}", {"tracking_number": number} | wish
        )


def china_time(at):
    return datetime.fromtimestamp(at, UTC) + CHINA
