"""Which hosts may be asked for a page: only those of the public internet, however their address is written.

A page's address is chosen by a user and each redirect by a stranger. Either may name this machine, the network that it stands in,
or a cloud's metadata service, by a number in another notation or by a name that somebody has pointed there. So a name is resolved
once, every address that it has is checked, and the connection goes to an address that was checked, never to the name again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# The unicast addresses that the internet routes; and networks inside it and in IPv4 that lead elsewhere or that carry an IPv4 address.
GLOBAL_V6 = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ELSEWHERE = tuple(ipaddress.ip_network(net) for net in ("192.88.99.0/24", "2001::/23", "2002::/16", "3ffe::/16", "3fff::/20"))


class Refused(ValueError):
    """A page that is not fetched, or could not be: the message says why, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page's address taken apart: `host` is a name in ASCII or a literal address, `path` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def netloc(self) -> str:
        """The host as a Host header names it."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == PORTS[self.scheme] else f"{shown}:{self.port}"


# An address and port that a test's own server listens on.
Permitted = Collection[tuple[str, int]]
Resolver = Callable[..., list[Any]]


def target_of(url: str, permitted: Permitted = ()) -> Target:
    """An address that a user or a redirect names, taken apart; raises `Refused` where it is none that may be fetched."""
    url = url.strip()
    if len(url) > LONGEST:
        raise Refused("The address is too long.")
    if any(ord(c) < 33 or ord(c) == 127 for c in url):
        raise Refused("The address holds a space or a control character.")
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise Refused("This is not a web address. It must look like https://example.org/page.") from None
    scheme = parts.scheme or ""
    if scheme not in PORTS:
        raise Refused("Only addresses that begin with http:// or https:// are fetched.")
    if parts.auth is not None:
        raise Refused("Addresses with a user name or password in them are not fetched.")
    host = (parts.host or "").strip("[]").removesuffix(".")
    if not host or "%" in host:
        raise Refused("The address names no host. It must look like https://example.org/page.")
    if literal(host) is None and ends_in_number(host):
        raise Refused(f"{host} is not the name of a host.")
    port = parts.port if parts.port is not None else PORTS[scheme]
    if port not in PORTS.values() and (host, port) not in permitted:
        raise Refused("Only the web’s own ports, 80 and 443, are asked.")
    return Target(scheme, host, port, parts.request_uri or "/")


def literal(host: str) -> Address | None:
    """The IP address that a host is written as, in the one notation that is taken."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def ends_in_number(host: str) -> bool:
    """Whether resolvers may take a host for an IPv4 address in an older notation: `2130706433`, `0177.1`, `0x7f.0.0.1`."""
    last = host.rsplit(".", 1)[-1].lower()
    return last.isdigit() or (last.startswith("0x") and all(c in "0123456789abcdef" for c in last[2:]))


def is_public(address: Address) -> bool:
    """Whether an address is one host of the public internet; an address that carries an IPv4 address is what that is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in GLOBAL_V6 or address.scope_id is not None:
            return False
    if any(address in net for net in ELSEWHERE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolved(target: Target, permitted: Permitted = (), resolver: Resolver = socket.getaddrinfo) -> list[str]:
    """The target's addresses, all of them checked; raises `Refused` where one is not public, or there is none."""
    try:
        found = resolver(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"{target.host} was not found. Check the address, and that this machine is connected.") from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for one in addresses:
        address = literal(one)
        if (one, target.port) not in permitted and (address is None or not is_public(address)):
            raise Refused(f"{target.host} is not a host of the public internet, so it is not asked.")
    if not addresses:
        raise Refused(f"{target.host} was not found. Check the address.")
    return addresses
