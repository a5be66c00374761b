"""One reader per format: a file's text -> the fields of its articles.

`.txt` as it is; `.md` with front matter, its body as plain text; `.html` by its main text; `.jsonl` and `.csv` with the
columns id, text, and optionally title, published, source, url.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import frontmatter
import orjson
import trafilatura
import yaml
from markdown_it import MarkdownIt
from trafilatura.settings import Document

from extractors.ingest.text import Unreadable


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's fields as read; `id` is empty where the file's own name is to serve, `place` names the line."""

    id: str
    text: str
    title: str = ""
    published: Any = None
    source: str = ""
    url: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line or row that could not be read."""

    place: str
    reason: str


def read_txt(text: str) -> Iterator[Draft | Fault]:
    yield Draft("", text)


def plain_markdown(source: str) -> str:
    """A Markdown body as plain text: one line per block, inline marks dropped."""
    lines = []
    for token in MarkdownIt("commonmark").parse(source):
        if token.type == "inline":
            parts = [
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak")
            ]
            lines.append("".join(parts).replace("\n", " "))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n\n".join(lines)


def read_markdown(text: str) -> Iterator[Draft | Fault]:
    try:
        post = frontmatter.loads(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 2}" if mark else ""
        yield Fault(place, "the front matter is not valid YAML; check the lines between the --- marks")
        return
    meta = post.metadata
    body = plain_markdown(post.content)
    if not body.strip():
        yield Fault("", "there is no text below the front matter")
        return
    identity, title, source, url = (words(meta.get(name)) for name in ("id", "title", "source", "url"))
    published = meta.get("published")
    yield Draft(identity, body, title, published if isinstance(published, date) else words(published), source, url)


def words(value: Any) -> str:
    """A value of the front matter as text; lists and mappings, which can be made to unfold without end, are none."""
    return str(value) if value and isinstance(value, (str, int, float, date)) else ""


# A page's date is what it marks as such: without that, a year in its text or footer would be taken for one.
MARKED_DATES = {"extensive_search": False, "original_date": True}


def read_html(text: str) -> Iterator[Draft | Fault]:
    document = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, date_extraction_params=MARKED_DATES)
    if not isinstance(document, Document) or not (document.text or "").strip():
        yield Fault("", "no main text was found in the page; save the article's own page, or its text")
        return
    yield Draft("", document.text or "", document.title or "", document.date or None, document.sitename or "", document.url or "")


def from_row(row: dict[str, Any], place: str) -> Draft | Fault:
    """An article's fields from a JSON object or a CSV row."""
    if not isinstance(row, dict):
        return Fault(place, "not an object with the keys id and text")
    identity, text = str(row.get("id") or "").strip(), row.get("text")
    if not identity:
        return Fault(place, "id is missing; give each article an id of its own")
    if not isinstance(text, str) or not text.strip():
        return Fault(place, f"text of {identity!r} is missing or empty")
    return Draft(
        identity,
        text,
        str(row.get("title") or ""),
        row.get("published"),
        str(row.get("source") or ""),
        str(row.get("url") or ""),
        place,
    )


def read_jsonl(text: str) -> Iterator[Draft | Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield Fault(f"line {number}", f"not valid JSON: {error.msg}")
            continue
        yield from_row(row, f"line {number}")


def read_csv(text: str) -> Iterator[Draft | Fault]:
    csv.field_size_limit(2**31 - 1)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in ("id", "text") if name not in (reader.fieldnames or ())]
    if missing:
        yield Fault("line 1", f"column {missing[0]} is missing; the first line must name id and text")
        return
    try:
        for row in reader:
            yield from_row(row, f"line {reader.line_num}")
    except csv.Error as error:
        yield Fault(f"line {reader.line_num}", f"not valid CSV: {error}")


READERS: dict[str, Callable[[str], Iterator[Draft | Fault]]] = {
    ".txt": read_txt,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}

__all__ = ["READERS", "Draft", "Fault", "Unreadable"]
