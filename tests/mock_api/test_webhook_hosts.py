"""Webhooks go to this machine, and elsewhere only if whoever started the server said so."""

import socket
import threading
from contextlib import closing, suppress
from ipaddress import ip_address, ip_network

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_api.kernel.webhook_hosts import WebhookHosts
from mock_api.settings import Delivery, ServerSettings
from tests.thoroughness import examples


@pytest.fixture
def dns(monkeypatch):
    """Names, and what the system's resolver says of each: the next answer each time it is asked."""
    known = {}

    async def resolve(_self, host, port=0, _family=socket.AF_INET):
        answers = known[host]
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            {
                "hostname": host,
                "host": each,
                "port": port,
                "family": socket.AF_INET6 if ":" in each else socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
            for each in said.split()
        ]

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    return known


def sent_to(box, url):
    """One webhook to that address; what came of its first attempt."""
    box.subscribe(url)
    box.place_one(paid=False)
    box.advance(by=0)
    return box.webhooks()[0]["attempts"][0]


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/hook",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0:1/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00::1]:9000/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_nothing_is_sent_beyond_this_machine_and_the_outbox_says_what_allows_it(box, url):
    attempt = sent_to(box, url)

    assert attempt["status"] is None
    assert attempt["error"].startswith("not sent: "), attempt
    assert "--webhooks-to" in attempt["error"]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "localhost"])
def test_this_machine_is_always_reached(box, listener, host):
    url = listener.url.replace("127.0.0.1", host)
    assert sent_to(box, url)["status"] == 200


def test_a_name_goes_where_all_its_addresses_are_allowed(box, listener, dns):
    dns["here.test"] = ["127.0.0.1"]
    assert sent_to(box, listener.url.replace("127.0.0.1", "here.test"))["status"] == 200


def test_a_name_with_one_address_elsewhere_goes_nowhere(box, listener, dns):
    dns["both.test"] = ["127.0.0.1 10.0.0.1"]
    attempt = sent_to(box, listener.url.replace("127.0.0.1", "both.test"))

    assert attempt["error"].startswith("not sent: both.test (10.0.0.1)")
    assert not listener.heard


def test_a_name_that_moves_between_two_looks_is_never_followed_elsewhere(box, listener, dns):
    """Each look at a name is the one whose addresses are connected to: there is no second."""
    dns["moves.test"] = ["10.0.0.1", "127.0.0.1"]
    attempt = sent_to(box, listener.url.replace("127.0.0.1", "moves.test"))

    assert "(10.0.0.1)" in attempt["error"]
    assert dns["moves.test"] == ["127.0.0.1"], "asked once"


def test_a_host_that_is_allowed_by_name_may_be_anywhere(serve, open_box, listener, dns):
    port = int(listener.url.split(":")[2].split("/")[0])
    hosts = (f"Hooks.test:{port}",)
    box = open_box(serve(ServerSettings(delivery=Delivery(hosts=hosts))))
    # 127.0.0.1 stands for an address elsewhere; with another port the name counts for nothing.
    dns["hooks.test"] = ["127.0.0.1"]
    assert sent_to(box, f"http://hooks.test:{port}/")["status"] == 200
    assert WebhookHosts(hosts).takes_name("hooks.test.", port)
    assert not WebhookHosts(hosts).takes_name("hooks.test", port + 1)
    assert not WebhookHosts(hosts).takes_name("evil.hooks.test", port)


def test_a_network_that_is_allowed_is_tried(serve, open_box):
    """192.0.2.0/24 is nobody's: the attempt fails because nobody answers."""
    delivery = Delivery(timeout_s=0.2, hosts=("192.0.2.0/24",))
    box = open_box(serve(ServerSettings(delivery=delivery)))
    attempt = sent_to(box, "http://192.0.2.1:9/")

    assert attempt["status"] is None
    assert "not sent" not in attempt["error"]


def test_proxies_of_the_environment_are_not_asked(box, listener, monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as proxy:
        at = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, at)
        assert sent_to(box, listener.url)["status"] == 200


def test_an_answer_without_end_is_not_heard_to_its_end(box):
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def talk():
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
                while True:
                    connection.sendall(b"x" * 65_536)

        thread = threading.Thread(target=talk)
        thread.start()
        attempt = sent_to(box, f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()

    assert attempt["status"] == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://host:9000",
        "host:0",
        "host:99999",
        "host:",
        "10.0.0.0/33",
        "a b",
        "*",
        "1.2.3",
        ":",
    ],
)
def test_what_is_no_place_is_refused_by_name(text):
    with pytest.raises(ValueError, match="is no place for webhooks"):
        WebhookHosts([text])


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("192.168.1.7", "192.168.1.7", 1),
        ("192.168.1.7:9000", "192.168.1.7", 9000),
        ("[fd00::1]:9000", "fd00::1", 9000),
        ("fd00::/8", "fd12::3", 7),
        ("0.0.0.0/0", "8.8.8.8", 80),
    ],
)
def test_places_are_addresses_with_ports_and_networks(text, address, port):
    hosts = WebhookHosts([text])
    assert hosts.takes_address(address, port)
    assert hosts.takes_address(address, port + 1) == (":9000" not in text)


NETWORKS = st.ip_addresses(v=4).flatmap(
    lambda each: st.integers(0, 32).map(lambda bits: ip_network(f"{each}/{bits}", strict=False))
)


@settings(max_examples=examples(300))
@given(st.lists(NETWORKS, max_size=3), st.ip_addresses(), st.integers(1, 65_535))
def test_an_address_is_taken_exactly_if_some_network_has_it(networks, address, port):
    plain = getattr(address, "ipv4_mapped", None) or address
    wanted = plain.is_loopback or any(plain in each for each in networks)
    hosts = WebhookHosts(str(each) for each in networks)

    assert hosts.takes_address(str(address), port) == wanted
    if address.version == 4:
        assert hosts.takes_address(f"::ffff:{address}", port) == wanted


def test_no_network_is_taken_for_another_kind():
    assert not WebhookHosts(["0.0.0.0/0"]).takes_address("fd00::1", 1)
    assert ip_address("fd00::1") not in ip_network("::1/128")
