"""XML from strangers: no document type's entities are expanded, and nothing is fetched from
anywhere, on every interface that reads XML."""

import base64
from urllib.parse import urlencode

import pytest

from mock_api.carriers.chinapost.papers import order_in
from mock_api.carriers.dhl import xml as dhl
from mock_api.carriers.tnt import xml as tnt
from mock_api.seller_center.fulfillment.papers import invoice_file
from mock_api.settings import ServerSettings

CANARY = "canary-0f3b"
BASIC = {"authorization": "Basic " + base64.b64encode(b"somebody:secret").decode()}
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
SUBSETS = {
    "an entity": f'<!DOCTYPE r [<!ENTITY e "{CANARY}">]>',
    "a billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY e "&l12;">]>',
    "a file": '<!DOCTYPE r [<!ENTITY e SYSTEM "file://{file}">]>',
    "a document type of elsewhere": '<!DOCTYPE r SYSTEM "file://{file}">',
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "file://{file}"> %p;]>',
}
NFE = (
    '<nfeProc><infNFe Id="NFe' + "1" * 44 + '"/><infProt><cStat>100</cStat></infProt>{e}</nfeProc>'
)


@pytest.fixture(scope="module")
def stranger(running_server):
    """A client of a server that takes whatever credentials it is shown."""
    with running_server(ServerSettings(any_credentials=True)) as served:
        yield served


@pytest.fixture
def hostile(tmp_path, request):
    """A document whose text is an entity, with *root* around it."""
    file = tmp_path / "canary"
    file.write_text(CANARY, encoding="utf-8")
    subset = SUBSETS[request.param].replace("{file}", str(file))

    def made(root):
        return f'<?xml version="1.0"?>{subset}' + root.replace("{e}", "&e;")

    return made


EVERY = pytest.mark.parametrize("hostile", SUBSETS, indirect=True)


@EVERY
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_invoice_with_a_document_type_is_none(hostile, encoding):
    right = NFE.replace("{e}", "")
    assert invoice_file.read(right.encode()).access_key == "1" * 44
    text = hostile(NFE).replace('"1.0"?', f'"1.0" encoding="{encoding}"?')
    assert invoice_file.read(text.encode(encoding)).access_key == ""


@EVERY
def test_dhls_reader_takes_no_document_type(hostile):
    with pytest.raises(dhl.NotXml, match="not allowed"):
        dhl.read(hostile("<r>{e}</r>").encode())


@EVERY
def test_tnts_reader_expands_and_fetches_nothing(hostile):
    """Its clients name document types of TNT's own; so a bare name is let pass, and not fetched."""
    with pytest.raises(tnt.NotXml):
        tnt.read(hostile("<r>{e}</r>"))


@EVERY
def test_china_posts_reader_takes_no_document_type(hostile):
    with pytest.raises(ValueError, match="Forbidden"):
        order_in(hostile("<order><a>{e}</a></order>"))


def calls(document):
    """Everybody who reads XML, asked with that."""
    as_form = {"content-type": "application/x-www-form-urlencoded"}
    for path in ("pricing/getprice", "shipping/ship", "track.do"):
        yield f"/expressconnect/{path}", urlencode({"xml_in": document}), as_form | BASIC
        yield f"/expressconnect/{path}", document, {"content-type": "text/xml"} | BASIC
    yield "/expresslabel/documentation/getlabel", document, {"content-type": "text/xml"} | BASIC
    yield "/XMLShippingServlet", document, {"content-type": "text/xml"}
    fields = {"logistics_interface": document, "data_type": "XML", "msg_type": "B2C_TRADE"}
    form = urlencode(fields | {"ecCompanyId": "any"})
    yield "/pcpErp-web/a/pcp/orderService/OrderReceiveBack", form, as_form


@EVERY
def test_on_the_wire_no_entity_is_ever_said(stranger, hostile):
    seen = 0
    for path, content, headers in calls(hostile("<r><order>{e}</order></r>")):
        answer = stranger.http.post(path, content=content, headers=headers)
        assert answer.status_code < 500, (path, answer.text)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert CANARY not in answer.text, path
        assert "lollol" not in answer.text, path
        seen += 1
    assert seen == 9
