"""A client of DHL's three interfaces, by hand: what the wire says is what a test sees."""

from defusedxml.ElementTree import fromstring

SHENZHEN = {
    "postalAddress": {
        "postalCode": "518057",
        "cityName": "SHENZHEN",
        "countryCode": "CN",
        "addressLine1": "88 Keji Road",
    },
    "contactInformation": {
        "phone": "+86 13800000166",
        "companyName": "Shenzhen Lights",
        "fullName": "Li Wei",
    },
}
NEW_YORK = {
    "postalAddress": {
        "postalCode": "10118",
        "cityName": "New York",
        "countryCode": "US",
        "provinceCode": "NY",
        "addressLine1": "350 Fifth Avenue",
    },
    "contactInformation": {"phone": "2125550166", "companyName": "Ann", "fullName": "Ann Example"},
}
SECAUCUS = {
    "postalAddress": {
        "postalCode": "07094",
        "cityName": "Secaucus",
        "countryCode": "US",
        "addressLine1": "100 County Avenue",
    },
    "contactInformation": {"phone": "2015550166", "companyName": "Yard", "fullName": "Yard"},
}
SOON = "2030-01-07T09:00:00 GMT+08:00"
"""An hour after a world begins."""
UNKNOWN = "1234567890"


def package(kilograms=1.2, sides=(20, 15, 10), **more):
    length, width, height = sides
    dimensions = {"length": length, "width": width, "height": height}
    return {"weight": kilograms, "dimensions": dimensions} | more


class Dhl:
    """An integration of DHL's, with its sandbox."""

    def __init__(self, box, base="/mydhlapi"):
        self.box, self.base = box, base
        self.http = box.served.http
        self.credentials = box.told["carriers"]["dhl"]
        self.accounts = [
            {"typeCode": "shipper", "number": self.credentials["account_number"]},
        ]

    # MyDHL API.

    def call(self, method, path, body=None, **query):
        auth = self.credentials["username"], self.credentials["password"]
        return self.http.request(method, self.base + path, json=body, params=query, auth=auth)

    def told(self, method, path, body=None, status=200, **query):
        answer = self.call(method, path, body, **query)
        assert answer.status_code == status, answer.text
        assert "null" not in answer.text
        return answer.json()

    def refused(self, method, path, body=None, **query):
        """HTTP status and detail of the problem."""
        answer = self.call(method, path, body, **query)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["status"] == str(answer.status_code)
        assert problem["instance"].startswith("/expressapi/")
        assert problem["title"]
        assert problem["message"]
        return answer.status_code, problem["detail"]

    def rate_body(self, sender=SHENZHEN, recipient=NEW_YORK, **edits):
        return {
            "customerDetails": {
                "shipperDetails": sender["postalAddress"],
                "receiverDetails": recipient["postalAddress"],
            },
            "accounts": self.accounts,
            "plannedShippingDateAndTime": SOON,
            "unitOfMeasurement": "metric",
            "isCustomsDeclarable": True,
            "packages": [package()],
        } | edits

    def rates(self, **edits):
        return self.told("POST", "/rates", self.rate_body(**edits))["products"]

    def ship_body(self, sender=SHENZHEN, recipient=NEW_YORK, content=None, form="pdf", **edits):
        return {
            "plannedShippingDateAndTime": SOON,
            "pickup": {"isRequested": False},
            "productCode": "P",
            "accounts": self.accounts,
            "outputImageProperties": {"encodingFormat": form},
            "customerDetails": {"shipperDetails": sender, "receiverDetails": recipient},
            "content": {
                "packages": [package()],
                "isCustomsDeclarable": True,
                "declaredValue": 40,
                "declaredValueCurrency": "USD",
                "description": "lights",
                "incoterm": "DAP",
                "unitOfMeasurement": "metric",
            }
            | (content or {}),
        } | edits

    def ship(self, **edits):
        return self.told("POST", "/shipments", self.ship_body(**edits), status=201)

    def shipped(self, **edits):
        """Its waybill."""
        return self.ship(**edits)["shipmentTrackingNumber"]

    def pickup_body(self, when=SOON, close="18:00", where=SHENZHEN, **edits):
        return {
            "plannedPickupDateAndTime": when,
            "closeTime": close,
            "location": "reception",
            "locationType": "business",
            "accounts": self.accounts,
            "customerDetails": {"shipperDetails": where},
            "shipmentDetails": [
                {
                    "productCode": "P",
                    "isCustomsDeclarable": True,
                    "unitOfMeasurement": "metric",
                    "packages": [package()],
                }
            ],
        } | edits

    def book(self, *when, **edits):
        return self.told("POST", "/pickups", self.pickup_body(*when, **edits), status=201)

    def booked(self, *when, **edits):
        """The number that confirms it."""
        (number,) = self.book(*when, **edits)["dispatchConfirmationNumbers"]
        return number

    def track(self, *numbers, **query):
        told = self.told("GET", "/tracking", shipmentTrackingNumber=list(numbers), **query)
        return told["shipments"]

    def codes(self, number):
        """Of its checkpoints, as they are listed."""
        (shipment,) = self.track(number)
        return [event["typeCode"] for event in shipment["events"]]

    # The unified call.

    def ask(self, number, key=None, **query):
        headers = {"DHL-API-Key": self.credentials["api_key"] if key is None else key}
        query = {"trackingNumber": number} | query
        return self.http.get("/track/shipments", params=query, headers=headers)

    def unified(self, number):
        answer = self.ask(number)
        assert answer.status_code == 200, answer.text
        (shipment,) = answer.json()["shipments"]
        return shipment

    # XML-PI.

    def known_request(self, *numbers, level="ALL_CHECK_POINTS", more="", **edits):
        site = self.credentials | edits
        waybills = "".join(f"<AWBNumber>{number}</AWBNumber>" for number in numbers)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<req:KnownTrackingRequest xmlns:req="http://www.dhl.com" schemaVersion="1.0">'
            "<Request><ServiceHeader>"
            "<MessageReference>1234567890123456789012345678901</MessageReference>"
            f"<SiteID>{site['site_id']}</SiteID><Password>{site['site_password']}</Password>"
            "</ServiceHeader></Request><LanguageCode>en</LanguageCode>"
            f"{waybills}<LevelOfDetails>{level}</LevelOfDetails>{more}"
            "</req:KnownTrackingRequest>"
        )

    def xml(self, document):
        """The root of what is answered: HTTP 200, whatever is wrong."""
        headers = {"Content-Type": "application/xml"}
        answer = self.http.post("/XMLShippingServlet", content=document, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/xml")
        return fromstring(answer.content)

    def condition(self, document):
        """Name of the document, code and words of what is wrong."""
        root = self.xml(document)
        found = root.find(".//Condition")
        name = root.tag.rpartition("}")[2]
        return name, found.findtext("ConditionCode"), found.findtext("ConditionData")
