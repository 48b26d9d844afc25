"""What signs every call of the fuzzer, when its URL and body are final."""

import json
import os
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import schemathesis
from requests.auth import AuthBase

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign

BOX = json.loads(os.environ["SEATRIAL_BOX"])
NO_CIPHER = ("/authorization/", "/seller/")


class Signed(AuthBase):
    """As a client of the platform does it."""

    def __call__(self, request):
        parts = urlsplit(request.url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        pairs += [("app_key", BOX["app_key"]), ("timestamp", str(wall_seconds()))]
        if not parts.path.startswith(NO_CIPHER):
            pairs.append(("shop_cipher", BOX["shops"][0]["cipher"]))
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            body = b""
        pairs.append(("sign", sign(parts.path, pairs, body, BOX["app_secret"])))
        request.url = urlunsplit(parts._replace(query=urlencode(pairs)))
        request.headers["x-tts-access-token"] = BOX["access_token"]
        return request


schemathesis.auth.set_from_requests(Signed())
