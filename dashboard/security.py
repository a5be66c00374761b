"""What every answer of the server carries, and which requests it refuses.

A page on another site must not read this one through a name that it points at this machine (DNS rebinding), nor send requests
to it: so the Host must be an address or a name that this server was started under, and an Origin must be the server's own.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, abort, request

EMBED = "/embed/"
LOOPBACK_NAMES = frozenset({"localhost"})


def is_loopback(host: str) -> bool:
    """Whether an address or name to listen on is this machine's own."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_allowed(header: str, names: Collection[str]) -> bool:
    """Whether a Host header names this server: any literal address, `localhost`, or one of `names`."""
    try:
        name = (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return False
    if name in LOOPBACK_NAMES or name in names:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def origin_allowed(origin: str, host: str) -> bool:
    """Whether an Origin header (`null` is one) is the server's own."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def protect(server: Flask, app: Dash, names: Collection[str], *, framed: Collection[str] = ()) -> None:
    """Adds the checks and headers to every request and answer; the paths in `framed` may stand in frames of other sites' pages."""
    allowed = frozenset(name.lower() for name in names)
    policy: list[str] = []

    @server.before_request
    def check() -> None:
        host = request.headers.get("Host", "")
        if not host_allowed(host, allowed):
            abort(
                Response(
                    "This server is not known under that name. Start it with --host NAME to use one.\n",
                    403,
                    mimetype="text/plain",
                )
            )
        origin = request.headers.get("Origin")
        if origin is not None and not origin_allowed(origin, host):
            abort(Response("Requests from another site are refused.\n", 403, mimetype="text/plain"))

    @server.after_request
    def harden(answer: Response) -> Response:
        if not policy:
            scripts = " ".join(["'self'", *app.csp_hashes()])
            policy.append(
                f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
                "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors "
            )
        answer.headers["Content-Security-Policy"] = policy[0] + ("*" if request.path in framed else "'self'")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return answer
