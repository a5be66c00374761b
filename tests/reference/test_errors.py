"""A file that cannot be used gets a message with its name, the line and the remedy."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from extractors.reference import ReferenceFileError, parse_reference, read_reference
from tests.reference import made_up as m

WHOLE = m.made_up(m.REGISTER, m.REGISTER_ROWS)


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "made up")
    return buffer.getvalue()


def message(data: bytes) -> str:
    with pytest.raises(ReferenceFileError) as caught:
        parse_reference(data, "mine.csv")
    text = str(caught.value)
    assert text.startswith("mine.csv")
    return text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty; download it again"),
        (b" \r\n\r\n", "is empty; download it again"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook; open it and save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Excel workbook"),
        (packed("trade-register.csv"), "is a ZIP archive; unpack it"),
        (gzip.compress(WHOLE), "is compressed with gzip; unpack it"),
        (b"<!DOCTYPE html><html><body><table></table></body></html>", "is a web page"),
        (b"\xef\xbb\xbf\r\n<html><head></head></html>", "is a web page"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"{\\rtf1\\ansi made up}", "is an RTF document"),
        (b'[{"buyer": "made up"}]', "is JSON"),
        (b"SQLite format 3\0" + b"\0" * 200, "holds binary data"),
        (b"name,age\nmade up,1\n", "lines 1 to 2: no header of a known register was found"),
        (b"Made-up sums\n\nRecipient,2090,2091,2092,Total\nEgypt,1,2,3,6\n", "download the trade register instead"),
        (m.made_up(m.REGISTER, []), "line 12: the header is there, but no row follows"),
        (m.made_up(m.REGISTER, [[""] * 4 + ["3"] + [""] * 11]), "no row names a party and a weapon"),
    ],
)  # fmt: skip
def test_other_files_are_named_for_what_they_are(data: bytes, said: str) -> None:
    assert said in message(data)


def test_a_cut_last_row() -> None:
    text = message(WHOLE[:-40])
    assert "line 16: the last row has" in text
    assert "download it again" in text


def test_a_row_cut_to_its_first_cell() -> None:
    assert "line 17: the last row has 1 cells where the header has 16" in message(WHOLE + b"Pola")


def test_a_short_row_in_the_middle() -> None:
    lines = WHOLE.split(b"\r\n")
    lines[13] = b"Chad,France,2091"
    assert "line 14: 3 cells where the header has 16; mend the row" in message(b"\r\n".join(lines))


def test_a_row_with_an_unquoted_separator() -> None:
    assert "line 13: 17 cells where the header has 16; put cells" in message(WHOLE.replace(b"Invented; for", b"Invented, for"))


def test_a_quote_that_is_never_closed() -> None:
    text = message(WHOLE.replace(b"Invented; for tests", b'"Invented; for tests'))
    assert "line 13: a quote opens in this row and is never closed" in text


def test_a_quote_that_closes_in_the_wrong_place() -> None:
    assert "line 14: this row cannot be split" in message(WHOLE.replace(b"Chad,unknown", b'"Chad" x,unknown'))


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match=r"none\.csv: no such file; check the name"):
        read_reference(tmp_path / "none.csv")
    with pytest.raises(ReferenceFileError, match="is a folder; name the file inside it"):
        read_reference(tmp_path)


@pytest.mark.parametrize("size", range(0, len(WHOLE), 97))
def test_a_file_cut_anywhere_is_read_or_refused_with_a_message(size: int) -> None:
    refused = None
    try:
        assert 1 <= len(parse_reference(WHOLE[:size], "mine.csv").rows) <= 4
    except ReferenceFileError as error:
        refused = str(error)
    assert refused is None or refused.startswith("mine.csv")
