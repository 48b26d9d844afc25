"""What a browser gets from this server runs nothing, and what strangers write stays text: pages,
redirects, uploads, evidence."""

from base64 import b64encode

import pytest

from mock_api.kernel.wall_clock import wall_seconds
from mock_api.seller_center.signing import sign
from mock_api.seller_center.uploads import Uploads
from tests.mock_api.drawing import image

SCRIPT = "<script>alert(1)</script>"
EVIL = "a\r\nSet-Cookie: x=1\r\n\r\n" + SCRIPT


def uploaded(box, kind, content, filename="../../evil.html"):
    """What the platform's answer to such a file is."""
    head = f'--b\r\nContent-Disposition: form-data; name="data"; filename="{filename}"\r\n'
    body = head.encode() + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n--b--\r\n"
    path = f"/fulfillment/202309/{kind}/upload"
    own = {"app_key": box.app_key, "shop_cipher": box.cipher, "timestamp": str(wall_seconds())}
    signed = sign(path, list(own.items()), b"", box.secret)
    headers = {"content-type": "multipart/form-data; boundary=b"}
    return box.call("POST", path, body, headers=headers, sign=signed).json()


def test_the_landing_page_shows_what_it_is_told_as_text_and_loads_nothing(box):
    page = box.served.http.get("/_seatrial/authorized", params={"code": EVIL, SCRIPT: "1"})

    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("redirect_url", ["", f"http://127.0.0.1:1/{EVIL}", EVIL])
def test_no_line_break_of_a_strangers_reaches_a_header(open_box, redirect_url):
    box = open_box(redirect_url=redirect_url)
    asked = {"service_id": box.told["service_id"], "state": EVIL}
    answer = box.served.http.get("/open/authorize", params=asked)

    assert answer.status_code == 302
    assert "set-cookie" not in answer.headers
    assert not {"\r", "\n", "<"} & set(answer.headers["location"])


@pytest.mark.parametrize("path", ["/order/202309/orders", "/desk/v1/penalties", "/v2/trackers"])
def test_no_answer_is_taken_for_something_else(box, path):
    assert box.served.http.get(path).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", ""])
def test_evidence_is_a_picture_or_a_paper_never_a_page(box, kind):
    parcel = box.package_of(box.shipped())
    answer = attached(box, parcel, kind, "<svg/>")
    assert answer.status_code == 422
    assert "body.media_type" in answer.text


def attached(box, parcel, kind, text, name="photo"):
    wish = {"name": name, "media_type": kind, "content": b64encode(text.encode()).decode()}
    headers = {"authorization": f"Bearer {box.token}"}
    return box.served.http.post(f"/desk/v1/parcels/{parcel}/evidence", json=wish, headers=headers)


def test_evidence_that_is_no_picture_is_not_run(box):
    parcel = box.package_of(box.shipped())
    document = attached(box, parcel, "image/png", SCRIPT, name="../../etc/passwd").json()
    at = f"/desk/v1/parcels/{parcel}/evidence/{document['id']}"
    answer = box.served.http.get(at, headers={"authorization": f"Bearer {box.token}"})

    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("images", SCRIPT.encode()),
        ("images", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("files", SCRIPT.encode()),
        ("files", b"<!-- %PDF-1.4 -->"),
    ],
)
def test_an_upload_is_what_its_bytes_say_not_its_name_or_header(box, kind, content):
    assert uploaded(box, kind, content)["code"] != 0


def test_an_upload_is_served_as_what_it_is_and_runs_nothing(box):
    told = uploaded(box, "files", b"%PDF-1.4\n" + SCRIPT.encode())["data"]
    got = box.served.http.get(told["url"])

    assert ".html" not in told["url"]
    assert ".." not in told["url"]
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"].startswith("default-src 'none'")


def test_an_upload_is_found_by_its_digest_and_by_nothing_less(box, open_box):
    """Who has the digest knows the file. The sandbox in the address may be gone, or be a branch's
    origin: it is where one looks first."""
    told = uploaded(box, "images", image(size=(200, 200)))["data"]
    other = open_box()
    assert box.served.http.get(told["url"]).status_code == 200
    moved = told["url"].replace(f"/{box.id}/", f"/{other.id}/")
    assert box.served.http.get(moved).content == box.served.http.get(told["url"]).content
    for wrong in (told["url"][:-1], told["url"][:-1] + "!", told["url"].rpartition("/")[0] + "/"):
        assert box.served.http.get(wrong).status_code == 404
    assert not other.inside.attached(Uploads).knows(told["url"].rpartition("/")[2])
