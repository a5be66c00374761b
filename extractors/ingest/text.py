"""Bytes of a file as text, exactly: no newline translation, byte-order mark dropped, encodings other than UTF-8 detected."""

from __future__ import annotations

from pathlib import Path

from charset_normalizer import from_bytes


class Unreadable(ValueError):
    """A file or a line that cannot be read: the message says why and what to do."""


def decoded(data: bytes) -> str:
    """The text of `data`; raises `Unreadable` for empty or binary content."""
    if not data.strip():
        raise Unreadable("the file is empty")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file holds binary data; save it as text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise Unreadable("the encoding is not known; save the file as UTF-8") from None
        return str(best).removeprefix("\ufeff")


def read_text(path: Path) -> str:
    """A file's text; raises `Unreadable` with the reason."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{error.strerror}; check the name and the permissions") from error
    return decoded(data)
