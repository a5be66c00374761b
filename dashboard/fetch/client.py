"""Asks for one page, within limits of time, size, kind and redirects, at addresses that were checked.

The client is urllib3, used below its pools: a connection is made to a literal address, with the host's name in the Host header and
in the check of its certificate. It follows no redirect by itself and asks no proxy.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TimedOut

from dashboard.fetch.hosts import Permitted, Refused, Resolver, Target, resolved, target_of

REDIRECTS = 5
# For the whole of it, and for each wait for the other side.
SECONDS, WAIT = 20.0, 8.0
LARGEST = 4 * 2**20
BLOCK = 2**16
TRIED = 3
KINDS = {"text/html": ".html", "text/plain": ".txt"}
MOVED = frozenset((301, 302, 303, 307, 308))
HEADERS = {
    "User-Agent": "arms-transfers/0.1 (fetches one page when a person asks for it)",
    "Accept": "text/html, text/plain;q=0.9",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
SLOW = "The page took too long to arrive."
LARGE = f"The page is larger than {LARGEST >> 20} MB."
# A fetch that is given up ends in its own time; so many may be under way at once.
UNDER_WAY = threading.BoundedSemaphore(4)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came: its own address, after redirects; its bytes, in UTF-8 where the answer named another; `.html` or `.txt`."""

    url: str
    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may do: whom to ask beside public hosts, until when, and who may stop it."""

    permitted: Permitted
    end: float
    stopped: Callable[[], bool]
    resolver: Resolver

    def left(self) -> float:
        """Seconds left; raises `Refused` where there are none, or somebody has stopped it."""
        if self.stopped():
            raise Refused("Stopped.")
        left = self.end - time.monotonic()
        if left <= 0:
            raise Refused(SLOW)
        return left


def fetch(
    url: str,
    *,
    permitted: Permitted = (),
    stopped: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
    resolver: Resolver = socket.getaddrinfo,
) -> Page:
    """The page at an address. Raises `Refused` with the reason; `stopped` is asked now and then whether to give up.

    `permitted` are an address and port each that are asked although they are not public: tests have a server there. `resolver` is
    asked once for each host.
    """
    target_of(url, permitted)
    if not UNDER_WAY.acquire(timeout=seconds):
        raise Refused("Too many pages are being fetched at once. Try again in a minute.")
    found: list[Page | Exception] = []
    done = threading.Event()

    def run() -> None:
        try:
            found.append(followed(url, Limits(permitted, time.monotonic() + seconds, stopped, resolver)))
        except Exception as error:
            found.append(error)
        finally:
            UNDER_WAY.release()
            done.set()

    # A resolver, a handshake or headers that come byte by byte have no time limit of their own: their thread is left behind.
    threading.Thread(target=run, name="fetch", daemon=True).start()
    end = time.monotonic() + seconds
    while not done.wait(min(0.2, max(0.0, end - time.monotonic()))):
        if stopped():
            raise Refused("Stopped.")
        if time.monotonic() >= end:
            raise Refused(SLOW)
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def followed(url: str, limits: Limits) -> Page:
    """The page after at most `REDIRECTS` redirects, each of them checked as the first address was."""
    for _ in range(REDIRECTS + 1):
        target = target_of(url, limits.permitted)
        connection, answer = asked(target, resolved(target, limits.permitted, limits.resolver), limits)
        try:
            if answer.status not in MOVED:
                return received(target, answer, limits)
            place = answer.headers.get("Location", "")
        finally:
            connection.close()
        if not place:
            raise Refused(f"{target.host} answered with a redirect that leads nowhere.")
        url = urljoin(target.url, place)
    raise Refused(f"The page was not reached after {REDIRECTS} redirects.")


def asked(target: Target, addresses: list[str], limits: Limits) -> tuple[HTTPConnection, BaseHTTPResponse]:
    """The answer's head from the first of the addresses that takes the connection."""
    for address in addresses[:TRIED]:
        connection = connection_to(target, address, min(WAIT, limits.left()))
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
                raise Refused(f"No safe connection to {target.host} could be made: its certificate was not accepted.") from error
            continue
        try:
            connection.request("GET", target.path, headers={"Host": target.netloc, **HEADERS}, preload_content=False)
            return connection, connection.getresponse()
        except (HTTPException, HTTPError, OSError) as error:
            connection.close()
            raise Refused(SLOW if is_slow(error) else f"{target.host} did not answer as web servers do.") from error
    raise Refused(f"{target.host} did not take the connection.")


def is_slow(error: Exception) -> bool:
    return isinstance(error, (TimeoutError, TimedOut))


def connection_to(target: Target, address: str, wait: float) -> HTTPConnection:
    """A connection to a literal address, which a resolver is not asked about again."""
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=wait)
    return HTTPSConnection(
        address,
        target.port,
        timeout=wait,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
        assert_hostname=target.host,
        ssl_minimum_version=ssl.TLSVersion.TLSv1_2,
    )


def received(target: Target, answer: BaseHTTPResponse, limits: Limits) -> Page:
    """The answer's body, where it is one to read; unpacked no further than the limit."""
    if answer.status != 200:
        raise Refused(f"{target.host} answered {answer.status}{f' ({answer.reason})' if answer.reason else ''}.")
    kind, charset = content_type(answer.headers.get("Content-Type", ""))
    if kind not in KINDS:
        raise Refused(f"The address holds {kind or 'something of no stated kind'}; only web pages and plain text are read.")
    length = answer.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > LARGEST:
        raise Refused(LARGE)
    blocks, size = [], 0
    try:
        while block := answer.read1(BLOCK, decode_content=True):
            size += len(block)
            if size > LARGEST:
                raise Refused(LARGE)
            limits.left()
            blocks.append(block)
    except (HTTPException, HTTPError, OSError) as error:
        raise Refused(SLOW if is_slow(error) else f"The page of {target.host} did not arrive whole.") from error
    return Page(target.url, in_utf8(b"".join(blocks), charset), KINDS[kind])


def content_type(header: str) -> tuple[str, str]:
    """Kind and character set of a Content-Type header."""
    message = Message()
    message["Content-Type"] = header
    return (message.get_content_type() if header.strip() else ""), str(message.get_param("charset", "") or "")


def in_utf8(data: bytes, charset: str) -> bytes:
    """The bytes in UTF-8, where the character set that the server names fits them; else as they are, for the reader to find out."""
    try:
        return data.decode(charset).encode("utf-8") if charset else data
    except (LookupError, ValueError):
        return data
