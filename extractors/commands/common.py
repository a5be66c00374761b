"""What commands share: dates and registers as arguments, and words on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tqdm import tqdm

from extractors.records.register import Place, Register, RegisterError, default_register, open_register, place_of

T = TypeVar("T")


def iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def register_place(text: str) -> Place:
    """A register's place; a wrong one is not repeated, for it may hold a password."""
    try:
        return place_of(text)
    except RegisterError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_register(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument(
        "--register",
        type=register_place,
        metavar="PATH|URL",
        help=f"the register {meaning}: a file's path or postgresql://USER@HOST/DATABASE "
        "(default: $ARMS_REGISTER or the user's data folder)",
    )


def opened(options: argparse.Namespace, *, create: bool = False, label: str = "") -> Register:
    """The register that the options name. Raises `RegisterError`."""
    return open_register(options.register or default_register(), create=create, label=label, say=complain)


def complain(message: object) -> None:
    print(message, file=sys.stderr)


def progress(items: Iterable[T], total: int | None = None) -> Iterable[T]:
    """The items, with a bar on a terminal when it takes long."""
    shown: Iterable[T] = tqdm(items, total=total, unit=" articles", delay=2, disable=not sys.stderr.isatty(), leave=False)
    return shown
