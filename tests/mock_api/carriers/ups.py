"""A client of UPS's, by hand: what the wire says is what a test sees."""

SHENZHEN = {
    "Name": "Shenzhen Lights",
    "AttentionName": "Li Wei",
    "Phone": {"Number": "13800000166"},
    "Address": {
        "AddressLine": ["88 Keji Road"],
        "City": "Shenzhen",
        "PostalCode": "518057",
        "CountryCode": "CN",
    },
}
NEW_YORK = {
    "Name": "Ann Example",
    "AttentionName": "Ann Example",
    "Phone": {"Number": "2125550166"},
    "Address": {
        "AddressLine": ["350 Fifth Avenue"],
        "City": "New York",
        "StateProvinceCode": "NY",
        "PostalCode": "10118",
        "CountryCode": "US",
    },
}
SECAUCUS = {
    "Name": "Yard",
    "Phone": {"Number": "2015550166"},
    "Address": {
        "AddressLine": ["100 County Avenue"],
        "City": "Secaucus",
        "StateProvinceCode": "NJ",
        "PostalCode": "07094",
        "CountryCode": "US",
    },
}


def package(kilograms="1.2", sides=("20", "15", "10"), weight="KGS", dimension="CM", **more):
    length, width, height = sides
    return {
        "Packaging": {"Code": "02"},
        "PackageWeight": {"UnitOfMeasurement": {"Code": weight}, "Weight": kilograms},
        "Dimensions": {
            "UnitOfMeasurement": {"Code": dimension},
            "Length": length,
            "Width": width,
            "Height": height,
        },
    } | more


class Ups:
    """An integration of UPS's, with its sandbox."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.credentials = box.told["carriers"]["ups"]
        self.account = self.credentials["account_number"]
        self.token = ""

    def authenticate(self, **edits):
        credentials = self.credentials | edits
        answer = self.http.post(
            f"{self.prefix}/security/v1/oauth/token",
            auth=(credentials["client_id"], credentials["client_secret"]),
            data={"grant_type": edits.get("grant_type", "client_credentials")},
        )
        if answer.is_success:
            self.token = answer.json()["access_token"]
        return answer

    def call(self, method, path, body=None, **headers):
        if not self.token:
            self.authenticate()
        sent = {"Authorization": f"Bearer {self.token}"} | headers
        return self.http.request(method, self.prefix + path, json=body, headers=sent)

    def told(self, method, path, body=None, **headers):
        answer = self.call(method, path, body, **headers)
        assert answer.status_code == 200, answer.text
        assert "null" not in answer.text
        return answer.json()

    def refused(self, method, path, body=None, **headers):
        """HTTP status and UPS's code."""
        answer = self.call(method, path, body, **headers)
        (error,) = answer.json()["response"]["errors"]
        assert error["message"]
        return answer.status_code, error["code"]

    # Rating.

    def rate_body(self, sender=SHENZHEN, recipient=NEW_YORK, packages=(), **shipment):
        return {
            "RateRequest": {
                "Request": {
                    "SubVersion": "2409",
                    "TransactionReference": {"CustomerContext": "mine"},
                },
                "Shipment": {
                    "Shipper": sender | {"ShipperNumber": self.account},
                    "ShipTo": recipient,
                    "Package": list(packages) or [package()],
                }
                | shipment,
            }
        }

    def rates(self, option="Shop", version="v2409", query="", **shipment):
        path = f"/api/rating/{version}/{option}{query}"
        return self.told("POST", path, self.rate_body(**shipment))["RateResponse"]["RatedShipment"]

    # Shipping.

    def ship_body(self, sender=SHENZHEN, recipient=NEW_YORK, packages=(), label="ZPL", **shipment):
        return {
            "ShipmentRequest": {
                "Request": {"RequestOption": "validate"},
                "Shipment": {
                    "Description": "lights",
                    "Shipper": sender | {"ShipperNumber": self.account},
                    "ShipTo": recipient,
                    "Service": {"Code": "65"},
                    "Package": list(packages) or [package()],
                }
                | shipment,
                "LabelSpecification": {"LabelImageFormat": {"Code": label}},
            }
        }

    def ship(self, version="v2409", **wishes):
        path = f"/api/shipments/{version}/ship"
        answered = self.told("POST", path, self.ship_body(**wishes))
        return answered["ShipmentResponse"]["ShipmentResults"]

    def shipped(self, **wishes):
        """Its number."""
        return self.ship(**wishes)["ShipmentIdentificationNumber"]

    # Pickups.

    def pickup_body(self, day, ready="0900", close="1800", address=SHENZHEN, **more):
        where = address["Address"]
        return {
            "PickupCreationRequest": {
                "RatePickupIndicator": "Y",
                "Shipper": {"Account": {"AccountNumber": self.account}},
                "PickupDateInfo": {"CloseTime": close, "ReadyTime": ready, "PickupDate": day},
                "PickupAddress": {
                    "CompanyName": address["Name"],
                    "ContactName": "Li Wei",
                    "AddressLine": where["AddressLine"][0],
                    "City": where["City"],
                    "CountryCode": where["CountryCode"],
                    "ResidentialIndicator": "N",
                    "Phone": {"Number": "13800000166"},
                },
                "AlternateAddressIndicator": "Y",
                "PickupPiece": [
                    {
                        "ServiceCode": "001",
                        "Quantity": "1",
                        "DestinationCountryCode": "US",
                        "ContainerCode": "01",
                    }
                ],
                "PaymentMethod": "01",
            }
            | more
        }

    def book(self, day, *hours, **more):
        body = self.pickup_body(day, *hours, **more)
        told = self.told("POST", "/api/pickupcreation/v2409/pickup", body)
        return told["PickupCreationResponse"]

    def call_off(self, prn, by="02"):
        path = f"/api/shipments/v2409/pickup/{by}"
        return self.told("DELETE", path, Prn=prn)["PickupCancelResponse"]

    def pending(self):
        path = "/api/shipments/v2409/pickup/oncall"
        told = self.told("GET", path, AccountNumber=self.account)
        return told["PickupPendingStatusResponse"]["PendingStatus"]

    # Tracking.

    def track(self, number):
        path = f"/api/track/v1/details/{number}?locale=en_US"
        told = self.told("GET", path, transId="1", transactionSrc="test")
        (shipment,) = told["trackResponse"]["shipment"]
        return shipment

    def package(self, number):
        (found,) = self.track(number)["package"]
        return found

    def codes(self, number):
        """Type and code of each activity, oldest first."""
        activities = reversed(self.package(number)["activity"])
        return [(each["status"]["type"], each["status"]["code"]) for each in activities]

    def alert_body(self, url, *numbers, **edits):
        return {
            "locale": "en_US",
            "countryCode": "US",
            "trackingNumberList": list(numbers),
            "destination": {"url": url, "credentialType": "Bearer", "credential": "open sesame"},
        } | edits

    def subscribe(self, url, *numbers, level="standard", **edits):
        body = self.alert_body(url, *numbers, **edits)
        path = f"/api/track/v1/subscription/{level}/package"
        return self.call("POST", path, body, transId="1", transactionSrc="test")
