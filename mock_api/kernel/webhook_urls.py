"""Which addresses a webhook may go to: any web address, or only such as real platforms take."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

LONGEST: Final = 255


def flaw_of(address: str, *, strict: bool) -> str:
    """Why no webhook may go there; empty: it may. *strict*: https, a host's name, no port."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "is no http or https URL"
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return "is no http or https URL"
    return _strict_flaw(parts, port, address) if strict else ""


def _strict_flaw(parts: SplitResult, port: int | None, address: str) -> str:
    if parts.scheme != "https":
        return "must be https"
    if port is not None or parts.netloc.endswith(":"):
        return "must not have a port"
    if _is_ip(parts.hostname or ""):
        return "must name a host, not an IP address"
    return "" if len(address) <= LONGEST else f"must not be longer than {LONGEST} characters"


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit()
    return True
