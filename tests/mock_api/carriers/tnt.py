"""A client of TNT's, by hand: XML in forms, as TNT's guides have it."""

from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

SHENZHEN = {
    "COMPANYNAME": "Shenzhen Lights & Co",
    "STREETADDRESS1": "88 Keji Road",
    "CITY": "Shenzhen",
    "POSTCODE": "518057",
    "COUNTRY": "CN",
    "CONTACTNAME": "Li Wei",
    "CONTACTDIALCODE": "0755",
    "CONTACTTELEPHONE": "13800000166",
    "CONTACTEMAIL": "li@example.com",
}
NEW_YORK = {
    "COMPANYNAME": "Ann Example",
    "STREETADDRESS1": "350 Fifth Avenue",
    "CITY": "New York",
    "PROVINCE": "NY",
    "POSTCODE": "10118",
    "COUNTRY": "US",
    "CONTACTNAME": "Ann Example",
}
PACKAGE = {
    "ITEMS": "1",
    "DESCRIPTION": "lights",
    "LENGTH": "0.20",
    "HEIGHT": "0.10",
    "WIDTH": "0.15",
    "WEIGHT": "1.2",
}
PRICE, SHIP = "/expressconnect/pricing/getprice", "/expressconnect/shipping/ship"
LABEL, RENDER = (
    "/expresslabel/documentation/getlabel",
    "/expresswebservices-website/app/render.html",
)
TRACK, TRACK_AT_FEDEX = "/expressconnect/track.do", "/ectrack/track"
EVERYTHING = ("CREATE", "RATE", "BOOK", "SHIP", "PRINT")


def xml(said):
    """Nested dictionaries as elements; a list is several of a name; ``None`` leaves one out."""
    if not isinstance(said, dict):
        return escape(str(said))
    lines = []
    for name, value in said.items():
        each_of = value if isinstance(value, list) else [value]
        tag = name.split()[0]
        lines += [f"<{name}>{xml(each)}</{tag}>" for each in each_of if each is not None]
    return "".join(lines)


def plain(element):
    """What an element says, as a dictionary: of several children of a name, a list."""
    if not len(element):
        return (element.text or "").strip()
    found = {}
    for child in element:
        found.setdefault(child.tag, []).append(plain(child))
    return {name: each[0] if len(each) == 1 else each for name, each in found.items()}


class Tnt:
    """An integration of TNT's, with its sandbox."""

    def __init__(self, box, prefix=""):
        self.box, self.prefix = box, prefix
        self.http = box.served.http
        self.credentials = box.told["carriers"]["tnt"]
        self.login = (self.credentials["username"], self.credentials["password"])
        self.account = self.credentials["account_number"]

    def post(self, path, text, auth=(), **form):
        """One call; ``auth=None`` sends none."""
        content = form or {"xml_in": text}
        login = self.login if auth == () else auth
        return self.http.post(self.prefix + path, data=content, auth=login)

    def told(self, path, said, **how):
        answer = self.post(path, xml(said) if isinstance(said, dict) else said, **how)
        assert answer.status_code == 200, answer.text
        assert "None" not in answer.text
        return fromstring(answer.text)

    # Pricing.

    def check(self, sold=None, **edits):
        usual = {
            "rateId": "rate1",
            "sender": {"country": "CN", "town": "Shenzhen", "postcode": "518057"},
            "delivery": {"country": "US", "town": "New York", "postcode": "10118"},
            "collectionDateTime": "2030-01-07T09:00:00",
            "product": {"id": sold, "type": "N"},
            "account": {"accountNumber": self.account, "accountCountry": "CN"},
            "currency": "CNY",
            "priceBreakDown": "true",
            "consignmentDetails": {
                "totalWeight": "1.2",
                "totalVolume": "0.003",
                "totalNumberOfPieces": "1",
            },
            "pieceLine": {
                "numberOfPieces": "1",
                "pieceMeasurements": {
                    "length": "0.2",
                    "width": "0.15",
                    "height": "0.1",
                    "weight": "1.2",
                },
                "pallet": "false",
            },
        }
        return usual | edits

    def priced(self, *checks):
        body = {"appId": "PC", "appVersion": "3.2", "priceCheck": list(checks) or [self.check()]}
        return plain(self.told(PRICE, {"priceRequest": body}))

    def rules(self, *checks):
        """Type, code and words of what is broken."""
        rules = self.priced(*checks)["errors"]["brokenRule"]
        found = rules if isinstance(rules, list) else [rules]
        return [(each["messageType"], each["code"], each["description"]) for each in found]

    # Shipping.

    def details(self, **edits):
        return {
            "RECEIVER": NEW_YORK,
            "CUSTOMERREF": "PO-7",
            "CONTYPE": "N",
            "PAYMENTIND": "S",
            "ITEMS": "1",
            "TOTALWEIGHT": "1.2",
            "TOTALVOLUME": "0.003",
            "CURRENCY": "USD",
            "GOODSVALUE": "19.90",
            "SERVICE": "15N",
            "DELIVERYINST": "reception",
            "PACKAGE": [PACKAGE],
        } | edits

    def collection(self, day="08/01/2030", hours=("09:00", "18:00"), **edits):
        opens, closes = hours
        return {
            "SHIPDATE": day,
            "PREFCOLLECTTIME": {"FROM": opens, "TO": closes},
            "COLLINSTRUCTIONS": "rear gate",
        } | edits

    def batch(self, activities=EVERYTHING, refs=("ref1",), **edits):
        """An ESHIPPER document. *edits*: of ``sender``, ``collection``, ``details``, ``login``,
        ``activity``."""
        named = {"CONREF": list(refs)}
        prints = dict.fromkeys(("CONNOTE", "LABEL", "MANIFEST", "INVOICE"), named)
        usual = {each: prints if each == "PRINT" else named for each in activities}
        user, password = edits.get("login", self.login)
        return {
            "ESHIPPER": {
                "LOGIN": {
                    "COMPANY": user,
                    "PASSWORD": password,
                    "APPID": "EC",
                    "APPVERSION": "3.1",
                },
                "CONSIGNMENTBATCH": {
                    "SENDER": SHENZHEN
                    | {"ACCOUNT": self.account}
                    | edits.get("sender", {})
                    | {"COLLECTION": edits.get("collection", self.collection())},
                    "CONSIGNMENT": [
                        {"CONREF": ref, "DETAILS": self.details(**edits.get("details", {}))}
                        for ref in edits.get("consignments", refs)
                    ],
                },
                "ACTIVITY": edits.get("activity", usual),
            }
        }

    def key(self, said, **how):
        """The access key of a document."""
        answer = self.post(SHIP, xml(said) if isinstance(said, dict) else said, **how)
        complete, colon, key = answer.text.partition(":")
        assert (complete, colon) == ("COMPLETE", ":"), answer.text
        return key

    def result(self, key, what="GET_RESULT", **how):
        return self.told(SHIP, f"{what}:{key}", **how)

    def did(self, *activities, **edits):
        """What became of a document."""
        return plain(self.result(self.key(self.batch(activities or EVERYTHING, **edits))))

    def shipped(self, *activities, **edits):
        """The number of one consignment."""
        result = self.did(*(activities or ("CREATE", "SHIP")), **edits)
        assert "ERROR" not in result, result
        return result["CREATE"]["CONNUMBER"]

    def error(self, *activities, **edits):
        """Code, words and source."""
        error = self.did(*activities, **edits)["ERROR"]
        assert isinstance(error, dict), error
        return error["CODE"], error["DESCRIPTION"], error["SOURCE"]

    # Tracking.

    def search(self, detail="<Complete/>", path=TRACK, **criteria):
        said = xml({"SearchCriteria": criteria})
        text = f'<TrackRequest locale="en_US" version="3.1">{said}'
        return self.told(path, f"{text}<LevelOfDetail>{detail}</LevelOfDetail></TrackRequest>")

    def track(self, number, detail="<Complete/>", **how):
        (consignment,) = self.search(detail, ConsignmentNumber=number, **how)
        return consignment

    def codes(self, number):
        """Summary, and status codes, oldest first."""
        found = self.track(number)
        codes = [each.findtext("StatusCode") or "" for each in found.iter("StatusData")]
        return found.findtext("SummaryCode"), codes[::-1]

    def texts(self, number):
        found = self.track(number).iter("StatusData")
        return [each.findtext("StatusDescription") for each in found][::-1]
