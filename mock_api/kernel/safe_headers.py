"""Headers that keep a browser from making more of an answer than it is."""

from typing import Final

NOSNIFF: Final = (b"x-content-type-options", b"nosniff")
"""On every answer of a dialect: what is called a picture is never run as a page."""
OF_FILES: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Of what somebody uploaded: looked at, it loads nothing and runs nothing."""
OF_PAGES: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Of pages of the server's own, which may show a code."""
