"""What was brought to be read: pasted text, files, or a web page's address; each gives articles, or says why not."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote, urlsplit

from dashboard.fetch import Page, Refused
from extractors import Article, Failure, parse_published, read_bytes

# One request of the browser carries all of a batch.
MOST_BYTES = 16 * 2**20
MOST_FILES = 500
# A page's main text is found in a tree that takes many times its size.
MOST_HTML = 4 * 2**20
LONGEST_NAME, LONGEST_ID = 120, 200
Found = Iterator["Article | str"]
Fetch = Callable[[str, Callable[[], bool]], Page]
log = logging.getLogger(__name__)


class NotReadable(ValueError):
    """Nothing was brought that could be read: the message says what to do."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Something to read: its name in words, and its articles one by one; a text instead of one says what could not be read.

    `size` are the bytes that it takes until it has been opened.
    """

    name: str
    found: Callable[[Callable[[], bool]], Found]
    size: int = 0


def pasted(text: str, title: str = "", published: str = "", source: str = "", url: str = "") -> Brought:
    """An article that was typed or pasted. Raises `NotReadable`."""
    if not text.strip():
        raise NotReadable("Paste the article’s text first.")
    title, source, url = (" ".join(one.split()) for one in (title, source, url))
    if url and urlsplit_or_none(url) is None:
        raise NotReadable("The article’s address must begin with http:// or https://, or be left empty.")
    day = day_of(published)
    digest = hashlib.sha256(f"{title}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    article = Article(identity_of(url) or f"pasted/{digest}", text, title, day, source, url)
    return Brought(title or "pasted text", lambda _: iter([article]))


def files(contents: Sequence[str], names: Sequence[str], published: str = "") -> Brought:
    """Files as a browser sends them: data URLs and names. Raises `NotReadable`."""
    day = day_of(published)
    if not contents:
        raise NotReadable("Choose a file first.")
    if len(contents) > MOST_FILES:
        raise NotReadable(f"These are {len(contents):,} files; bring at most {MOST_FILES} at a time.")
    held = [(clean(name), decoded(one, clean(name))) for one, name in zip(contents, names, strict=True)]
    size = sum(len(data) for _, data in held)
    if size > MOST_BYTES:
        raise NotReadable(f"These files are larger than {MOST_BYTES >> 20} MB together; bring some at a time.")
    name = held[0][0] if len(held) == 1 else f"{len(held)} files"
    return Brought(name, lambda stopped: of_files(held, day, stopped), size)


def page(url: str, published: str, fetch: Fetch) -> Brought:
    """A web page, fetched when its turn comes. Raises `NotReadable`."""
    day, url = day_of(published), url.strip()
    if not url:
        raise NotReadable("Give the address of the page first.")

    def found(stopped: Callable[[], bool]) -> Found:
        try:
            got = fetch(url, stopped)
        except Refused as refusal:
            yield str(refusal)
            return
        host = urlsplit(got.url).hostname or ""
        for one in of_files([(f"page{got.suffix}", got.data)], day, stopped):
            if isinstance(one, Article):
                yield replace(one, id=identity_of(got.url), url=got.url, source=one.source or host.removeprefix("www."))
            else:
                yield one.removeprefix(f"page{got.suffix}: ")

    return Brought(url, found)


def of_files(held: list[tuple[str, bytes]], day: date | None, stopped: Callable[[], bool]) -> Found:
    """The articles of files; each file is let go once it has been read."""
    seen: dict[str, tuple[str, object]] = {}
    while held and not stopped():
        name, data = held.pop(0)
        if name.lower().endswith((".html", ".htm")) and len(data) > MOST_HTML:
            yield f"{name}: is larger than {MOST_HTML >> 20} MB; save the article’s text instead"
            continue
        try:
            for found in read_bytes(data, name, day, seen):
                yield str(found) if isinstance(found, Failure) else found
        except Exception:
            # Somebody's file must not end the reading of the others.
            log.exception("a file could not be read")
            yield f"{name}: cannot be read; save it anew as plain text"


def decoded(contents: str, name: str) -> bytes:
    """The bytes of a data URL."""
    encoded = contents.partition("base64,")[2]
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise NotReadable(f"{name}: did not arrive whole; choose it again.") from None


def clean(name: str) -> str:
    """A file's name without a path, on one line, its suffix kept."""
    name = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split()) or "file"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 8]}…{name[-7:]}"


def day_of(published: str) -> date | None:
    try:
        return parse_published(published.strip())
    except ValueError:
        raise NotReadable(f"“{published.strip()[:40]}” is not a date. Write YYYY-MM-DD, or leave it empty.") from None


def urlsplit_or_none(url: str) -> tuple[str, str] | None:
    """Host, and path with query, of a web address; `None` for any other text."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return host.removeprefix("www."), parts.path + (f"?{parts.query}" if parts.query else "")


def identity_of(url: str) -> str:
    """The id of the article at an address: its host and path, so that the same page read again replaces itself."""
    parts = urlsplit_or_none(url) if url else None
    if parts is None:
        return ""
    host, path = parts
    identity = re.sub(r"[\s\x00-\x1f\x7f]+", "-", host + unquote(path, errors="replace")).rstrip("/")
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return identity if len(identity) <= LONGEST_ID else f"{identity[:LONGEST_ID]}-{digest}"
