"""A web server on loopback that answers with what a test gives it, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVED = "127.0.0.1"
Answer = tuple[int, Mapping[str, str], bytes]


@dataclass(slots=True)
class Served:
    """The server: its port, its answers by path, and the Host and path of each request."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    # Answers under /slow wait for this.
    go_on: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = SERVED) -> str:
        return f"http://{host}:{self.port}{path}"

    def permitted(self, host: str = SERVED) -> frozenset[tuple[str, int]]:
        return frozenset({(SERVED, self.port), (host, self.port)})

    def put(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serves a body under a path; gives the address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = 200, {"Content-Type": kind, **named}, body
        return self.url(path)

    def move(self, path: str, to: str, status: int = 302) -> str:
        self.answers[path] = status, {"Location": to}, b""
        return self.url(path)


@contextmanager
def pages_server() -> Iterator[Served]:
    """A server of its own for a test."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.headers["Host"], self.path))
            status, headers, body = served.answers.get(self.path, (404, {"Content-Type": "text/html"}, b"none"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.path.startswith("/slow"):
                self.wfile.write(body[:10])
                self.wfile.flush()
                served.go_on.wait(30)
                body = body[10:]
            try:
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer((SERVED, 0), Handler)
    server.daemon_threads = True
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()
