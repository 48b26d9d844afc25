"""What has broken parsers before, here or elsewhere: small to write down, and large or deep, or
false, once it is read."""

import zlib

DEEP_JSON = b"[" * 100_000
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
THIEF = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
XML = [
    BOMB + b"]><a>&j;</a>",
    THIEF,
    b"<a>" * 50_000 + b"</a>" * 50_000,
    b"<order>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</order>",
    b"<a" + b" b='1'" * 50_000 + b"/>",
    b"".join([b"<a", *(b" b%d='1'" % n for n in range(50_000)), b"/>"]),
    b'<?xml version="1.0" encoding="no-such"?><a/>',
    b'<?xml version="1.0" encoding="utf-16"?><a/>',
    b"\xff\xfe<\0a\0/\0>\0",
    b"\xef\xbb\xbf<a/>",
    b"<a>&#xD800;&#0;</a>",
    b"<a>\xed\xa0\x80</a>",
    b"",
]
LAUGHS = b"title: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)
)
YAML = [
    LAUGHS,
    b"title: &a [*a]",
    b"title: x\na0: &a0 {k: 1}\n"
    + b"".join(b"a%d: &a%d {<<: [*a%d, *a%d]}\n" % (n, n, n - 1, n - 1) for n in range(1, 60)),
    b"title: !!python/object/apply:os.system [ls]",
    b"[" * 100_000,
    b"{a: " * 20_000,
    b"? " * 20_000,
    b"- " * 20_000 + b"x",
    b"title: x\n" + b"".join(b"k%d: 1\n" % n for n in range(60_000)),
    b"title: x\norders:\n" + b"- 1\n" * 100_000,
    b"title: x\ntimeline:\n  - {at: " + b"1" * 5_000 + b"}",
    b"title: " + b"9" * 100_000,
    b"title: x\norders:\n  - name: a\n    story:\n      - " + b"T" * 100_000,
    b"title: x\norders:\n  - name: a\n    story:\n      - 00:00" + b" " * 90_000 + b'"',
    b"title: x\nworld:\n  suppliers:\n    - {code: a, lead: [20h, 30h], late: 1.0, late_by: [60h]}",
    b"title: \0",
    b"\xff\xfet\0",
    b'title: "\\ud800"',
]
CSV = [
    b"at,items\n1893974400,a*00000000199999999999\n",
    b"at,items\n1893974400,a*000000001" + b"9" * 5_000 + b"\n",
    b"at,items\n" + (b"1893974400," + b"a*20 " * 26_000 + b"\n") * 15,
    b",".join(b"c%d" % n for n in range(100_000)),
    b"," * 1_000_000,
    b"at\n" + b",\n" * 300_000,
    b"at\n" + b"x" * 10_000_000,
    b'at\n"' + b"x" * 1_000_000,
    b'at\n"x"y"z\n',
    b"at\n\0\n",
    b"\xef\xbb\xbfat\n1893974400\n",
    b"at\n" + b"9" * 6_000,
    b"at\n0001-01-01T00:00:00+23:59\n9999-12-31T23:59:59-23:59\n",
]
FORM = b"multipart/form-data; boundary=b\n"
NAMED = b'--b\r\nContent-Disposition: form-data; name="a"'
MULTIPART = [
    FORM + b"--b\r\n\r\n" * 200_000 + b"--b--",
    FORM + (NAMED + b"\r\n\r\nx\r\n") * 50_000,
    FORM + NAMED + b";a=" + b"a;" * 100_000 + b"\r\n\r\nx\r\n--b--",
    FORM + b"--b\r\nX: " + b"a" * 10_000_000 + b"\r\n\r\nx\r\n--b--",
    FORM + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" * 2_000,
    FORM
    + b"".join(
        b"--b\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(2_000)
    ),
    FORM + NAMED + b"\r\n\r\n" + b"\r" * 5_000_000,
    FORM + NAMED + b"\r\n\r\n" + b"\r\n-" * 1_000_000,
    b"multipart/form-data; boundary=\n--\r\n",
    b"multipart/form-data\n--b\r\n",
    b"multipart/form-data; boundary=" + b"b" * 100_000 + b"\n--b\r\n",
    b"multipart/form-data; boundary=" + b"a;" * 50_000 + b"\n--b\r\n",
    b'multipart/form-data; boundary="' + b"\\" * 4_000 + b"\n--b\r\n",
    b"",
]
PICTURES = [
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0\0\0\0\0",
    b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"\0" * 768,
    b"BM" + b"\xff" * 60,
    b"II*\0\x08\0\0\0\xff\xff" + b"\0\1\4\0\xff\xff\xff\xff\0\0\0\0" * 5_000,
    b"P6 99999999999999999999 99999999999999999999 255\n",
    b"P6 " + b"9" * 100_000,
    b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff",
    b"%!PS-Adobe-3.0 EPSF-3.0\n" + b"%" * 100_000,
    b"8BPS\0\1" + b"\xff" * 100,
    b"\0\0\1\0\xff\xff" + b"\xff" * 100_000,
]
TEXTS = [
    *(b"9" * 5_000, b"1" * 100_000 + b"h", b"1h" * 50_000, b"1d" * 50_000 + b"x"),
    *(b"T" * 100_000, b"+" + b"a" * 100_000, b"day " + b"1" * 100_000, b"a" * 100_000),
    *(b"00:00" + b" " * 100_000 + b"\n.", b"2030-01-07T" + b"0" * 100_000),
    *(b"1/99999999999999999999/2030", b"99999999999999999999:0", "²".encode(), "٣h".encode()),
    *(b"1e999999999", b"1e-999999999", b"sNaN", b"-0", b"Infinity", b"1" + b"0" * 100_000),
    *(b"\xed\xa0\x80", b"\0", b"", b" ", b"A" * 400, b"W10=", b"bnVsbA==", b"eyJhIjpbXX0="),
    *(
        b"shp_" + b"0" * 32,
        b"shp_" + "٣".encode() * 32,
        b"Basic " + b"=" * 1_000,
        b"|$4|" + b"A" * 99,
    ),
]
ZEROS = zlib.compressobj(wbits=31)
LOGGED = [
    b"a" * 64_000 + b"\n" + b"a" * 64_000,
    b"secret" * 10_000 + b"\n" + b"secret" * 10_000,
    b"\n" + b'"secret"' * 8_000,
    b"\n" + b'"secret":"' * 6_000,
    b"\n" + b'"secret"' + b" " * 64_000,
    b"\n" + b'"secret":"' + b"\\" * 64_000,
    b"\n" + b"<secret>" * 8_000,
    b"\n" + b"a_secret" * 8_000,
    b"\n" + ZEROS.compress(b"\0" * 30_000_000) + ZEROS.flush(),
    b"\n\x1f\x8b" + b"\xff" * 100,
]
SIGNED = [
    b"/\n" + b"a=1&" * 20_000 + b"\n{}",
    b"/\nsign=\xff&%ff=%00\n\xff",
    *(b"/\n\n" + b"[" * depth + b"1" + b"]" * depth for depth in (100, 900, 950, 970, 980, 990)),
    b"/\n\n" + DEEP_JSON,
    b'/\n\n"\\ud800"',
    b"/\n\n" + b"9" * 5_000,
    b'/\n\n{"a":1,"a":NaN}',
]
BODIES = [
    *(DEEP_JSON, b'{"a":' * 30_000, b"", b"null", b"NaN", b"[]", b'"x"', b"{", b"\xff\xfe{}"),
    *(b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b'{"\\ud800":"\\ud800"}', b"9" * 6_000, b"\0" * 1_000),
    *(b"<" * 1_000, BOMB + b"]><a>&j;</a>", THIEF, b"x" * 1_000_000),
]

KNOWN_BAD = {
    "xml-tnt": XML,
    "xml-dhl": XML,
    "xml-chinapost": XML,
    "invoices": XML,
    "yaml": YAML,
    "csv": CSV,
    "multipart": MULTIPART,
    "pictures": PICTURES,
    "exchange-log": LOGGED,
    "signatures": SIGNED,
}
"""By parser; those that are not named take ``TEXTS``, whole applications ``BODIES``."""


def known_bad(name):
    return KNOWN_BAD.get(name, BODIES if name.startswith("json-") or name == "snapshot" else TEXTS)
