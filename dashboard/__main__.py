"""Serves the dashboard: `python -m dashboard [--register PATH|URL] [--host 127.0.0.1] [--port 8050]`."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence

import waitress

from dashboard.app import create_app
from dashboard.security import is_loopback
from dashboard.uploads import MOST_BODY
from extractors import Place, RegisterError, default_register, place_of

THREADS = 8


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m dashboard", description="Serves charts, tables and downloads of a register in the browser."
    )
    top.add_argument(
        "--register",
        type=register_place,
        metavar="PATH|URL",
        help="the register to show: a file's path or postgresql://USER@HOST/DATABASE "
        "(default: $ARMS_REGISTER or the user's data folder)",
    )
    top.add_argument(
        "--host", default="127.0.0.1", help="the address or name to listen on; off loopback, the server is read-only"
    )
    top.add_argument("--port", type=port, default=8050, help="the port to listen on, 1 to 65535")
    return top


def register_place(text: str) -> Place:
    """A register's place; a wrong one is not repeated, for it may hold a password."""
    try:
        return place_of(text)
    except RegisterError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def port(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 1 to 65535")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        register = options.register or default_register()
    except RegisterError as error:
        print(error, file=sys.stderr)
        return 1
    app = create_app(register, host_names=(options.host,), read_only=not is_loopback(options.host))
    try:
        # a body larger than `inbuf_overflow` would be written to the disk on its way
        server = waitress.create_server(
            app.server,
            host=options.host,
            port=options.port,
            threads=THREADS,
            ident="",
            inbuf_overflow=MOST_BODY,
            max_request_body_size=MOST_BODY,
        )
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        advice = "choose another with --port" if taken else "choose another address with --host"
        print(f"{options.host}, port {options.port}: cannot be listened on ({error.strerror}); {advice}", file=sys.stderr)
        return 1
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Serving {register} on http://{shown}:{options.port} (stop with Ctrl-C)", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
