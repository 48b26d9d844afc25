"""Any request of any carrier's API, made with a sandbox's own credentials: what the tests share
that are about whose is what."""

import base64
import json
from urllib.parse import urlencode

from tests.mock_api.carriers import ems, fourpx, yunexpress
from tests.mock_api.carriers.signing import digest

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
DATE = "1893974400000"
GATEWAY = "/router/api/service"
_SPELT = {"17track": "seventeentrack", "4px": "fourpx"}


class OwnCalls:
    """One sandbox's."""

    def __init__(self, box):
        self.box = box
        self.told = box.told["carriers"]
        self._bearers = {}

    def request(self, name, method, path, pairs=(), content=b""):
        """The answer to it, signed as the vendor *name* wants it."""
        if name == "4px" and path.startswith(f"{GATEWAY}/"):
            # One path on the wire; the method is in the query.
            pairs, path = [("method", path.rpartition("/")[2]), *pairs], GATEWAY
        make = getattr(self, f"_of_{_SPELT.get(name, name)}")
        pairs, headers, content = make(self.told[name], method, path, list(pairs), content)
        return self.box.served.http.request(
            method, path, params=pairs, content=content, headers=headers
        )

    def _bearer(self, name, path, form, headers=None):
        key = (name, form.get("client_id", ""))
        if key not in self._bearers:
            answer = self.box.served.http.post(path, data=form, headers=headers)
            self._bearers[key] = answer.json()["access_token"]
        return {"authorization": f"Bearer {self._bearers[key]}"} | JSON

    @property
    def tokens(self):
        """Those that were given so far."""
        return list(self._bearers.values())

    @staticmethod
    def _basic(user, password=""):
        said = base64.b64encode(f"{user}:{password}".encode()).decode()
        return {"authorization": f"Basic {said}"}

    def _of_seventeentrack(self, own, _method, _path, pairs, content):
        return pairs, {"17token": own["key"]} | JSON, content

    def _of_aftership(self, own, _method, _path, pairs, content):
        return pairs, {"as-api-key": own["api_key"]} | JSON, content

    def _of_easypost(self, own, _method, _path, pairs, content):
        return pairs, self._basic(own["api_key"]) | JSON, content

    def _of_shippo(self, own, _method, _path, pairs, content):
        return pairs, {"authorization": f"ShippoToken {own['token']}"} | JSON, content

    def _of_dhl(self, own, _method, path, pairs, content):
        if path.startswith("/XMLShippingServlet"):
            text = (
                '<req:KnownTrackingRequest xmlns:req="http://www.dhl.com"><Request><ServiceHeader>'
                f"<SiteID>{own['site_id']}</SiteID><Password>{own['site_password']}</Password>"
                f"</ServiceHeader></Request>{content.decode('latin-1')}</req:KnownTrackingRequest>"
            )
            return pairs, {"content-type": "text/xml"}, text.encode()
        headers = self._basic(own["username"], own["password"]) | {"dhl-api-key": own["api_key"]}
        return pairs, headers | JSON, content

    def _of_tnt(self, own, _method, _path, pairs, content):
        headers = self._basic(own["username"], own["password"])
        text = content.decode("latin-1").replace("{PASSWORD}", own["password"])
        text = text.replace("{COMPANY}", own["username"])
        return pairs, headers | FORM, urlencode({"xml_in": text}).encode()

    def _of_fedex(self, own, _method, path, pairs, content):
        which = "track_" if path.startswith("/track") else ""
        form = {
            "grant_type": "client_credentials",
            "client_id": own[f"{which}client_id"],
            "client_secret": own[f"{which}client_secret"],
        }
        if path == "/oauth/token":
            return pairs, FORM, urlencode(form).encode()
        return pairs, self._bearer("fedex", "/oauth/token", form), content

    def _of_ups(self, own, _method, path, pairs, content):
        basic = self._basic(own["client_id"], own["client_secret"])
        form = {"grant_type": "client_credentials"}
        if path == "/security/v1/oauth/token":
            return pairs, basic | FORM, urlencode(form).encode()
        more = {"transId": "1", "transactionSrc": "test"}
        return pairs, self._bearer("ups", "/security/v1/oauth/token", form, basic) | more, content

    def _of_yunexpress(self, own, method, path, pairs, content):
        wish = {
            "grantType": "client_credentials",
            "appId": own["app_id"],
            "appSecret": own["app_secret"],
            "sourceKey": own["source_key"],
        }
        if path == "/openapi/oauth2/token":
            return pairs, JSON, json.dumps(wish).encode()
        if "yunexpress" not in self._bearers:
            answer = self.box.served.http.post("/openapi/oauth2/token", json=wish)
            self._bearers["yunexpress"] = answer.json()["accessToken"]
        signed = yunexpress.sign(own["app_secret"], DATE, method, path, content)
        headers = {"token": self._bearers["yunexpress"], "date": DATE, "sign": signed}
        return pairs, headers | JSON, content

    def _of_fourpx(self, own, _method, path, pairs, content):
        if path != GATEWAY:
            return pairs, JSON, content  # a link bears its own signature
        said = dict(pairs) | {
            "app_key": own["app_key"],
            "v": "1.0.0",
            "timestamp": DATE,
            "format": "json",
        }
        text = content.decode("utf-8", "replace")
        said["sign"] = fourpx.sign(said, text, own["app_secret"])
        return list(said.items()), JSON, text.encode()

    def _of_jt(self, own, _method, _path, pairs, content):
        text = content.decode("utf-8", "replace").replace("{PASSWORD}", own["password"])
        headers = {
            "apiAccount": own["api_account"],
            "digest": digest(text, own["private_key"]),
            "timestamp": DATE,
        }
        return pairs, headers | FORM, urlencode({"bizContent": text}).encode()

    def _of_chinapost(self, own, _method, _path, pairs, content):
        text = content.decode("utf-8", "replace")
        fields = dict.fromkeys(("logistics_interface", "barCode", "waybillNo", "waybillNos"), text)
        fields |= dict.fromkeys(("data_digest", "dataDigest", "digest"), digest(text, own["key"]))
        fields |= dict.fromkeys(("ecCompanyId", "senderNo"), own["ec_company_id"])
        fields |= {"msg_type": "B2C_TRADE", "data_type": "JSON"}
        headers = {"authenticate": own["authenticate"]} | FORM
        return pairs, headers, urlencode(fields).encode()

    def _of_ems(self, own, _method, _path, pairs, content):
        code, _, text = content.decode("utf-8", "replace").partition(" ")
        fields = {
            "apiCode": code,
            "senderNo": own["sender_no"],
            "authorization": own["authorization"],
            "logitcsInterface": ems.wrapped(text, own["sign_key"]),
        }
        return pairs, FORM, urlencode(fields).encode()
