"""Fetching a page: which hosts are never asked, however they are written, and the limits, against a real server on loopback."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.fetch import LARGEST, Refused, fetch
from dashboard.fetch.hosts import is_public, resolved, target_of
from tests.dashboard.pages_server import SERVED, Served, pages_server

PAGE = b"<html><body><p>Peru ordered 15 K2 tanks.</p></body></html>"


@pytest.fixture
def server() -> Iterator[Served]:
    with pages_server() as made:
        yield made


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.8.9.1 10.0.0.1 10.255.1.2 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 192.0.0.1 192.0.2.1 "
    "192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 233.252.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 "
    "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 fd00::8 fc00::1 fe80::1 fe80::1%1 fec0::1 ff02::1 2001::1 2001:db8::1 "
    "2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 100::1 3fff::1 5f00::1".split(),
)
def test_addresses_that_are_never_asked(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 127.0.0.1. localhost 10.1.2.3 169.254.169.254 [::1] [fd00::8] [fe80::1%25lo] [::ffff:127.0.0.1] [::ffff:7f00:1] [::] "
    "0.0.0.0 2130706433 017700000001 0x7f000001 0x7f.0.0.1 0177.0.0.1 127.1 0".split(),
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hosts_that_are_never_asked(scheme: str, host: str) -> None:
    with pytest.raises(Refused):
        fetch(f"{scheme}://{host}/")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "Only addresses that begin with http"),
        ("ftp://example.org/", "Only addresses that begin with http"),
        ("javascript:alert(1)", "Only addresses that begin with http"),
        ("example.org/page", "Only addresses that begin with http"),
        ("//example.org/", "Only addresses that begin with http"),
        ("", "Only addresses that begin with http"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://user:word@example.org/", "user name or password"),
        ("http://example.org@127.0.0.1/", "user name or password"),
        ("http://example.org:22/", "ports, 80 and 443"),
        ("http://example.org:99999/", "not a web address"),
        ("http://exa mple.org/", "space"),
        ("http://example.org/\r\nX: y", "space or a control"),
        ("https://example.org/" + "a" * 2000, "too long"),
    ],
)
def test_what_is_no_address_to_fetch(url: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        fetch(url)


def test_one_private_address_among_several_is_enough() -> None:
    def both(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]

    with pytest.raises(Refused, match="not a host of the public internet"):
        resolved(target_of("http://news.example/"), resolver=both)


def test_a_page_arrives_with_its_own_address(server: Served) -> None:
    url = server.put("/a?b=c", PAGE)
    page = fetch(f"{url}#part", permitted=server.permitted())
    assert (page.url, page.data, page.suffix) == (url, PAGE, ".html")
    assert server.asked == [(f"{SERVED}:{server.port}", "/a?b=c")]


def test_without_permission_the_same_server_is_not_asked(server: Served) -> None:
    url = server.put("/", PAGE)
    with pytest.raises(Refused):
        fetch(url)
    with pytest.raises(Refused):
        fetch(url, permitted={(SERVED, server.port + 1)})
    assert server.asked == []


def test_a_name_is_resolved_once_and_its_checked_address_is_asked(server: Served) -> None:
    """A name that leads elsewhere when it is asked for a second time gains nothing by that."""
    server.put("/", PAGE)
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (SERVED if len(asked) == 1 else "10.0.0.1", port))]

    url = server.url("/", "rebinding.invalid")
    assert fetch(url, permitted=server.permitted("rebinding.invalid"), resolver=rebinding).data == PAGE
    assert asked == ["rebinding.invalid"]
    assert server.asked == [(f"rebinding.invalid:{server.port}", "/")]
    with pytest.raises(Refused, match="not a host of the public internet"):
        fetch(url, permitted=server.permitted("rebinding.invalid"), resolver=rebinding)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Served, status: int) -> None:
    server.put("/there", PAGE)
    url = server.move("/here", "there", status)
    assert fetch(url, permitted=server.permitted()).url == server.url("/there")


@pytest.mark.parametrize(
    "to",
    "http://127.0.0.1/ http://10.0.0.1/ http://169.254.169.254/latest/meta-data/ http://[::1]/ http://[fd00::8]/ http://2130706433/ "
    "http://[::ffff:10.0.0.1]/ http://0177.0.0.1/ //localhost/ file:///etc/passwd ftp://127.0.0.1/ http://127.0.0.1:22/ "
    "http://a:b@example.org/".split(),
)
def test_redirects_to_hosts_that_are_never_asked(server: Served, to: str) -> None:
    url = server.move("/here", to)
    with pytest.raises(Refused):
        fetch(url, permitted=server.permitted())
    assert [path for _, path in server.asked] == ["/here"]


def test_five_redirects_and_no_more(server: Served) -> None:
    server.put("/6", PAGE)
    for number in range(6):
        server.move(f"/{number}", f"/{number + 1}")
    assert fetch(server.url("/1"), permitted=server.permitted()).data == PAGE
    with pytest.raises(Refused, match="after 5 redirects"):
        fetch(server.url("/0"), permitted=server.permitted())


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "text/css", ""])
def test_other_kinds_are_refused(server: Served, kind: str) -> None:
    with pytest.raises(Refused, match="only web pages and plain text"):
        fetch(server.put("/", PAGE, kind), permitted=server.permitted())


def test_text_is_brought_to_utf_8(server: Served) -> None:
    url = server.put("/", "Türkiye ordered 4 ships".encode("iso-8859-9"), "text/plain; charset=iso-8859-9")
    page = fetch(url, permitted=server.permitted())
    assert (page.data.decode("utf-8"), page.suffix) == ("Türkiye ordered 4 ships", ".txt")


def test_a_page_too_large_is_refused_also_when_packed_or_of_no_stated_length(server: Served) -> None:
    large = b"a" * (LARGEST + 1)
    for url in (
        server.put("/stated", b"", Content_Length=str(LARGEST + 1)),
        server.put("/unstated", large),
        server.put("/packed", gzip.compress(large * 20), Content_Encoding="gzip"),
    ):
        with pytest.raises(Refused, match="larger than 4 MB"):
            fetch(url, permitted=server.permitted())
    packed = server.put("/small", gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetch(packed, permitted=server.permitted()).data == PAGE


def test_a_slow_page_is_given_up(server: Served) -> None:
    with pytest.raises(Refused, match="took too long"):
        fetch(server.put("/slow", PAGE), permitted=server.permitted(), seconds=0.3)


def test_a_fetch_can_be_stopped(server: Served) -> None:
    stop = threading.Event()
    url = server.put("/slow", PAGE)
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Refused, match="Stopped"):
        fetch(url, permitted=server.permitted(), stopped=stop.is_set)


def test_errors_are_said(server: Served) -> None:
    with pytest.raises(Refused, match="answered 404"):
        fetch(server.url("/none"), permitted=server.permitted())
    with pytest.raises(Refused, match="did not arrive whole"):
        fetch(server.put("/cut", PAGE, Content_Length="5000"), permitted=server.permitted())
    with socket.create_server((SERVED, 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Refused, match="did not take the connection"):
        fetch(f"http://{SERVED}:{port}/", permitted={(SERVED, port)})
    with pytest.raises(Refused, match="leads nowhere"):
        fetch(server.move("/nowhere", ""), permitted=server.permitted())


def test_a_server_without_tls_is_no_https_server(server: Served) -> None:
    with pytest.raises(Refused, match="No safe connection"):
        fetch(server.url().replace("http:", "https:"), permitted=server.permitted())


def test_no_proxy_is_asked(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with pages_server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        assert fetch(server.put("/", PAGE), permitted=server.permitted()).data == PAGE
        assert proxy.asked == []
