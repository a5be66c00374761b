"""The bytes of a file as a header and its rows, with the line that each begins on; or a message that says what the file is instead.

Knows files, encodings and CSV; of registers only that one of their headers stands somewhere near the top.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.reference.layouts import Columns, recognised
from extractors.reference.model import ReferenceFileError

SEARCHED_LINES = 80
DELIMITERS = (",", ";", "\t", "|")
# Registers that are not in UTF-8 are in Latin-1 or its superset. With the few accents of such a file detection guesses wrong
# ("T³rkiye"), so none is tried.
ENCODINGS = ("utf-8-sig", "cp1252")
WANTED = "the trade register of the SIPRI Arms Transfers Database, or transfers of the UN Register of Conventional Arms, as CSV"
AGAIN = "the file was cut off on its way: download it again"
FOOTER = re.compile(
    r"\s*(?:source|note|notes|figures|data generated|generated|\(c\)|©|sipri|copyright|total|end of|for the method|http)",
    re.IGNORECASE,
)
TIV_TABLE = re.compile(r"(?:19|20)\d\d(?:\.0)?\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: the line of the file on which it begins, and as many cells as the header has."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as found in a file."""

    header: tuple[str, ...]
    columns: Columns
    lines: tuple[Line, ...]
    delimiter: str


def sheet(data: bytes, name: str) -> Sheet:
    """The table in a file's bytes; raises `ReferenceFileError`, whose message begins with `name`."""
    text = text_of(data, name)
    lines = list(io.StringIO(text, newline=""))
    found = header_of(lines)
    if found is None:
        raise ReferenceFileError(f"{name}, lines 1 to {min(len(lines), SEARCHED_LINES)}: {no_header(lines)}")
    top, delimiter, header, columns = found
    rows = list(rows_of("".join(lines[top:]), delimiter, name, top))
    trailing = delimiter != ";" and header[-1].endswith(";")
    if trailing:
        rows = [Line(r.number, (*r.cells[:-1], r.cells[-1].removesuffix(";"))) for r in rows if r.cells]
    kept = table(rows, len(header), name)
    if not kept:
        raise ReferenceFileError(
            f"{name}, line {top + 1}: the header is there, but no row follows it; choose more states or years and download again"
        )
    return Sheet(header, columns, tuple(kept), delimiter)


def text_of(data: bytes, name: str) -> str:
    """The text of a file; raises for files of other kinds."""
    if not data.strip():
        raise ReferenceFileError(f"{name}: the file is empty; download it again")
    other = other_kind(data)
    if other:
        raise ReferenceFileError(f"{name}: {other}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def other_kind(data: bytes) -> str:
    """What a file is that is no CSV, and what to do; empty for text that may be one."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    start = head[:400].lower()
    if head.startswith(b"PK"):
        if b"xl/" in data or b"[Content_Types].xml" in data[:200]:
            return "is an Excel workbook; open it and save the sheet as CSV (UTF-8)"
        return "is a ZIP archive; unpack it and choose the CSV file inside"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "is an old Excel workbook; open it and save the sheet as CSV (UTF-8)"
    if head.startswith(b"\x1f\x8b"):
        return "is compressed with gzip; unpack it first"
    if head.startswith(b"%PDF"):
        return "is a PDF; download the register as CSV instead"
    if start.startswith(b"{\\rtf"):
        return "is an RTF document, as the register was once handed out; download it as CSV instead"
    if re.match(rb"<(?:!doctype|html|head|body|\?xml|table|!--)", start):
        return "is a web page, not the table itself; use the page's download or CSV button"
    if re.match(rb'[\[{]\s*["{\[]', start):
        return "is JSON; download the register as CSV instead"
    if b"\0" in head and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"holds binary data; the file should be {WANTED}"
    return ""


def header_of(lines: list[str]) -> tuple[int, str, tuple[str, ...], Columns] | None:
    """Place, delimiter, cells and columns of the first line that is a header of a known layout."""
    for top, line in enumerate(lines[:SEARCHED_LINES]):
        for delimiter in DELIMITERS:
            if line.count(delimiter) < 2:
                continue
            header = tuple(next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter)))
            columns = recognised(header)
            if columns is not None:
                return top, delimiter, header, columns
    return None


def no_header(lines: list[str]) -> str:
    """Why no header was recognised, as well as can be told."""
    for line in lines[:SEARCHED_LINES]:
        cells = re.split(r"[,;\t]", line.strip())
        if sum(bool(TIV_TABLE.match(cell)) for cell in cells) >= 2:
            return "this looks like a table of yearly sums, which names no weapons; download the trade register instead"
    return f"no header of a known register was found; the file should be {WANTED}, with its header line kept"


def rows_of(text: str, delimiter: str, name: str, top: int) -> Iterator[Line]:
    """The rows below the header, blank ones too; raises where a quote is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 0
    try:
        next(reader)
        while True:
            begins = reader.line_num
            cells = next(reader, None)
            if cells is None:
                return
            yield Line(top + begins + 1, tuple(cells))
    except csv.Error as error:
        place = f"{name}, line {top + begins + 1}"
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise ReferenceFileError(f"{place}: a quote opens in this row and is never closed; {AGAIN}") from error
        raise ReferenceFileError(
            f"{place}: this row cannot be split into cells ({error}); mend its quotes, or download the file again"
        ) from error


def table(rows: list[Line], width: int, name: str) -> list[Line]:
    """The rows of the table itself, each as wide as the header; blank lines and the notes below the table are dropped."""
    kept: list[Line] = []
    gap = False
    for place, line in enumerate(rows):
        filled = [cell for cell in line.cells if cell.strip()]
        if not filled:
            gap = True
            continue
        if len(filled) == 1 and line.cells[0].strip() and (gap or FOOTER.match(line.cells[0])):
            continue
        if len(line.cells) < width:
            if FOOTER.match(line.cells[0]) or (gap and len(line.cells[0].split()) > 4):
                continue
            if any(any(cell.strip() for cell in later.cells) for later in rows[place + 1 :]):
                raise ReferenceFileError(
                    f"{name}, line {line.number}: {len(line.cells)} cells where the header has {width}; mend the row, or download the file again"
                )
            raise ReferenceFileError(
                f"{name}, line {line.number}: the last row has {len(line.cells)} cells where the header has {width}; {AGAIN}"
            )
        if any(cell.strip() for cell in line.cells[width:]):
            raise ReferenceFileError(
                f"{name}, line {line.number}: {len(line.cells)} cells where the header has {width}; put cells that hold a separator into quotes"
            )
        kept.append(Line(line.number, line.cells[:width]))
    return kept
