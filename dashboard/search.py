"""Free text: which rows of a table say some words, in any case, without a copy of the texts in memory.

Names (parties, systems and an article's own words for them) repeat, so each different one is looked at once. Sentences and titles hardly do:
they are put in lower case once, into a file without a name that is mapped into memory, and each search reads that through. Of a column's
neighbouring rows that are alike only the first is written: records of one article stand together, and share its title.
"""

from __future__ import annotations

import functools
import mmap
import re
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.mapped import let_go

NAMES = ("buyer", "seller", "system", "system_text", "buyer_entity", "seller_entity")
SENTENCES = ("evidence", "title")
# Stands between texts; no address can ask for it.
BETWEEN = b"\x00"
# So many texts are read before their pages are let go of.
TOGETHER = 1 << 17
# So many of the latest searches are kept, a bit per row each.
KEPT = 32


@dataclass(frozen=True, slots=True)
class Names:
    """A column as its different values and, per row, the number of one."""

    values: pa.Array
    codes: np.ndarray


@dataclass(frozen=True, slots=True)
class Sentences:
    """A column in lower case in a file: from byte `start` to `end` the texts, each with `BETWEEN` behind it.

    Text `i` begins `starts[i]` bytes after `start` and stands for the rows from `first[i]` up to `first[i + 1]`.
    """

    start: int
    end: int
    starts: np.ndarray
    first: np.ndarray


class Texts:
    """The texts of a table, made ready when they are first searched. What is kept in memory are numbers: about thirty bytes a row.

    `release` is for after a column of the table was read: it need not stay in memory."""

    def __init__(self, table: pa.Table, release: Callable[[], None] = lambda: None) -> None:
        self.rows = len(table)
        self._release = release
        self._table = table
        self._lock = threading.Lock()
        self._file: mmap.mmap | None = None
        self._names: list[Names] = []
        self._sentences: list[Sentences] = []
        self._found = functools.lru_cache(maxsize=KEPT)(self._find)

    def say(self, words: str) -> np.ndarray:
        """A mask of the table's rows that say these words in any of their texts."""
        return np.unpackbits(self._found(words), count=self.rows).view(bool)

    def _find(self, words: str) -> np.ndarray:
        found = np.zeros(self.rows, dtype=bool)
        with self._lock:
            file = self._file = self._file or self._made_ready()
        for texts in self._sentences:
            found |= saying(file, texts, words)
        for column in self._names:
            chosen = matching(column.values, words)
            if chosen.any():
                found |= chosen[column.codes]
        return np.packbits(found)

    def _made_ready(self) -> mmap.mmap:
        with tempfile.TemporaryFile(prefix="arms-transfers-") as file:
            # No file is mapped that is empty.
            file.write(BETWEEN)
            self._names, self._sentences = [], []
            for column in NAMES:
                self._names.append(names(self._table[column]))
                self._release()
            for column in SENTENCES:
                self._sentences.append(written(self._table[column], file, self._release))
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def saying(file: mmap.mmap, texts: Sentences, words: str) -> np.ndarray:
    """A mask of the rows whose sentence says these words."""
    found = np.zeros(len(texts.starts), dtype=bool)
    # One place in each text is enough: what is behind it is passed over.
    wanted = re.compile(re.escape(lowered(words)) + b"[^" + BETWEEN + b"]*")
    for at in range(0, len(texts.starts), TOGETHER):
        starts = texts.starts[at : at + TOGETHER + 1]
        end = texts.start + int(starts[-1]) if len(starts) > TOGETHER else texts.end
        held = (one.start() for one in wanted.finditer(file, texts.start + int(starts[0]), end))
        places = np.fromiter(held, dtype=np.int64) - texts.start
        found[np.searchsorted(texts.starts, places, side="right") - 1] = True
        let_go(file)
    return np.repeat(found, np.diff(texts.first))


def said_by(table: pa.Table, words: str) -> np.ndarray:
    """The same for a table of a few rows, at once."""
    found = np.zeros(len(table), dtype=bool)
    for column in (*NAMES, *SENTENCES):
        found |= matching(table[column], words)
    return found


def matching(values: pa.Array | pa.ChunkedArray, words: str) -> np.ndarray:
    found: np.ndarray = pc.match_substring(values, words, ignore_case=True).to_numpy(zero_copy_only=False)
    return found.astype(bool)


def lowered(words: str) -> bytes:
    return bytes(pc.utf8_lower(pa.scalar(words)).as_py(), "utf-8")


def names(column: pa.ChunkedArray) -> Names:
    """A column of few different values, coded."""
    held = pc.dictionary_encode(column).combine_chunks()
    narrow = np.uint16 if len(held.dictionary) < 1 << 16 else np.int32
    return Names(held.dictionary, held.indices.to_numpy().astype(narrow))


def written(column: pa.ChunkedArray, file: BinaryIO, release: Callable[[], None]) -> Sentences:
    """Writes a column behind what the file holds."""
    start = file.seek(0, 2)
    lengths, first, row, last = [], [], 0, None
    for chunk in column.chunks:
        if not len(chunk):
            continue
        new = np.ones(len(chunk), dtype=bool)
        new[0] = chunk[0].as_py() != last
        new[1:] = pc.not_equal(chunk[1:], chunk[:-1]).to_numpy(zero_copy_only=False)
        texts = pc.utf8_lower(chunk.filter(pa.array(new)))
        file.write(BETWEEN.join([*texts.cast(pa.binary()).to_pylist(), b""]))
        lengths.append(pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64) + 1)
        first.append(np.flatnonzero(new) + row)
        row, last = row + len(chunk), chunk[-1].as_py()
        release()
    ends = np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]))
    firsts = np.concatenate([*first, [row]]).astype(np.int32)
    file.flush()
    return Sentences(start, start + int(ends[-1]), ends[:-1], firsts)
