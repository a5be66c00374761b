"""Free text: which rows of a table say some words, in any case, without a copy of the texts in memory.

Names (parties, systems and an article's own words for them) repeat, so each different one is looked at once. Sentences and titles hardly do:
they are put in lower case once, into a file without a name, and each search reads that file through, a block at a time. Of a column's
neighbouring rows that are alike only the first is written: records of one article stand together, and share its title.
"""

from __future__ import annotations

import functools
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NAMES = ("buyer", "seller", "system", "system_text", "buyer_entity", "seller_entity")
SENTENCES = ("evidence", "title")
# Stands between texts; no address can ask for it.
BETWEEN = b"\x00"
# So much of the file is looked at together: it stays in a processor's second cache.
BLOCK = 1 << 18
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

    Text `i` begins `starts[i]` bytes after `start` and stands for the rows from `first[i]` up to `first[i + 1]`. `common` counts the bytes by value.
    """

    start: int
    end: int
    starts: np.ndarray
    first: np.ndarray
    common: np.ndarray


class Texts:
    """The texts of a table, made ready when they are first searched. What is kept in memory are numbers: about thirty bytes a row."""

    def __init__(self, table: pa.Table) -> None:
        self.rows = len(table)
        self._table = table
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
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

    def _made_ready(self) -> BinaryIO:
        file = tempfile.TemporaryFile(prefix="arms-transfers-")  # noqa: SIM115 - open for as long as the texts are searched
        self._names = [names(self._table[column]) for column in NAMES]
        self._sentences = [written(self._table[column], file) for column in SENTENCES]
        return file


def saying(file: BinaryIO, texts: Sentences, words: str) -> np.ndarray:
    """A mask of the rows whose sentence says these words."""
    found = np.zeros(len(texts.starts), dtype=bool)
    wanted = np.frombuffer(lowered(words), dtype=np.uint8)
    order = np.argsort(texts.common[wanted], kind="stable")
    for at, block in blocks(file, texts.start, texts.end, len(wanted) - 1):
        places = occurrences(block, wanted, order)
        if len(places):
            found[np.searchsorted(texts.starts, places + at, side="right") - 1] = True
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
    encoded = pc.dictionary_encode(column.combine_chunks())
    held = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    narrow = np.uint16 if len(held.dictionary) < 1 << 16 else np.int32
    return Names(held.dictionary, held.indices.to_numpy().astype(narrow))


def written(column: pa.ChunkedArray, file: BinaryIO) -> Sentences:
    """Writes a column behind what the file holds."""
    start = file.seek(0, 2)
    lengths, first, common, row, last = [], [], np.zeros(256, dtype=np.int64), 0, None
    for chunk in column.chunks:
        if not len(chunk):
            continue
        new = np.ones(len(chunk), dtype=bool)
        new[0] = chunk[0].as_py() != last
        new[1:] = pc.not_equal(chunk[1:], chunk[:-1]).to_numpy(zero_copy_only=False)
        texts = pc.utf8_lower(chunk.filter(pa.array(new)))
        data = BETWEEN.join([*texts.cast(pa.binary()).to_pylist(), b""])
        file.write(data)
        lengths.append(pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64) + 1)
        first.append(np.flatnonzero(new) + row)
        common += np.bincount(np.frombuffer(data, dtype=np.uint8), minlength=256)
        row, last = row + len(chunk), chunk[-1].as_py()
    ends = np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]))
    firsts = np.concatenate([*first, [row]]).astype(np.int32)
    file.flush()
    return Sentences(start, start + int(ends[-1]), ends[:-1], firsts, common)


def blocks(file: BinaryIO, start: int, end: int, overlap: int) -> Iterator[tuple[int, np.ndarray]]:
    """A part of a file, block by block: where each begins in the part, and its bytes with the first ones of the next."""
    held = np.empty(BLOCK + overlap, dtype=np.uint8)
    for at in range(start, end, BLOCK):
        file.seek(at)
        size = file.readinto(held[: min(BLOCK + overlap, end - at)].data)  # type: ignore[attr-defined]
        yield at - start, held[:size]


def occurrences(block: np.ndarray, wanted: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Where the wanted bytes stand in a block; `order` are their places, the one with the rarest byte first."""
    size = len(block) - len(wanted) + 1
    if size <= 0:
        return np.zeros(0, dtype=np.int64)
    first, *others = order
    here = block[first : first + size] == wanted[first]
    if others:
        here &= block[others[0] : others[0] + size] == wanted[others[0]]
    places = np.flatnonzero(here)
    for one in others[1:]:
        places = places[block[places + one] == wanted[one]]
    return places
