"""Where webhooks may be sent: to this machine, and to what whoever started the server allowed.

Subscriptions take any address, as the real platforms' do; this is asked when a webhook is about to
leave. Otherwise whoever may subscribe could have this server call what only it can reach.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from mock_api.kernel.doors import Network

THIS_MACHINE: Final = ("127.0.0.0/8", "::1/128")
_NAME: Final = re.compile(r"[\w-]+(\.[\w-]+)*\.?", re.ASCII)
_PORTED: Final = re.compile(r"(?:\[([^\[\]]+)\]|([^:\[\]]+))(?::(\d{1,5}))?")
_HIGHEST_PORT: Final = 65_535


class NotAllowed(Exception):
    """No webhook goes there; the text says what allows it."""

    def __init__(self, host: str, address: str = "") -> None:
        super().__init__(host, address)
        self.host, self.address = host, address

    def __str__(self) -> str:
        which = f"{self.host} ({self.address})" if self.address else self.host
        return (
            f"not sent: {which} is none of the addresses that webhooks may go to; "
            f"start the server with --webhooks-to {self.host} to allow it"
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """One entry: a name or a network, and a port or any."""

    name: str
    network: Network | None
    port: int | None

    def has(self, port: int) -> bool:
        return self.port in (None, port)


class WebhookHosts:
    """This machine, and further *places*: ``HOST``, ``HOST:PORT``, an address, or a network such as
    ``10.0.0.0/8``. ValueError names an entry that is none of them."""

    def __init__(self, places: Iterable[str] = ()) -> None:
        self._places = tuple(_place(text) for text in (*THIS_MACHINE, *places))

    def takes_name(self, name: str, port: int) -> bool:
        """Whether the host is allowed by its name, wherever that leads."""
        plain = name.rstrip(".").lower()
        return any(place.name == plain and place.has(port) for place in self._places)

    def takes_address(self, text: str, port: int) -> bool:
        """Whether the address lies within what is allowed."""
        address = _address(text)
        if address is None:
            return False
        return any(
            place.network is not None and address in place.network and place.has(port)
            for place in self._places
        )


def is_numeric(host: str) -> bool:
    """Whether that is written as an address, so that no name server is asked."""
    return ":" in host or host.replace(".", "").isdigit()


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address in IPv6's clothes is what it is underneath."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _place(text: str) -> _Place:
    try:
        return _Place("", ip_network(text, strict=False), None)
    except ValueError:
        found = _PORTED.fullmatch(text)
    host, port = (found[1] or found[2], int(found[3] or 0)) if found else ("", 0)
    address = _address(host)
    if found and port <= _HIGHEST_PORT and (port or not found[3]):
        if address is not None:
            return _Place("", ip_network(str(address)), port or None)
        if _NAME.fullmatch(host) and not is_numeric(host):
            return _Place(host.rstrip(".").lower(), None, port or None)
    raise ValueError(
        f"{text!r} is no place for webhooks: write a host, host:port, an address or a network, "
        "such as hooks.test:9000, 192.168.1.7 or 10.0.0.0/8"
    )
