"""One batch that is being read, article by article, and what has come of it so far.

A job is moved on by one thread at a time; pages look at it from others. So everything that a page shows is appended to or replaced
as a whole, and `changes` counts up with it.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.reading.drafts import Said, rows_of
from dashboard.reading.inputs import Brought
from extractors import Article, Record, RegisterError, extract, is_english, to_row

# A reader of one text takes more than twice as long for twice the text.
LONGEST_TEXT = 200_000
MOST_ARTICLES, MOST_FAILURES = 5_000, 200
MOST_BYTES = 48 * 2**20
# About what an article and a record take in memory beside the article's text.
ARTICLE_BYTES, RECORD_BYTES, DRAFT_BYTES = 1_000, 6_000, 3_000
# One article is read at a time: threads share one interpreter, and pages must not wait for several of them.
READER = threading.Lock()
FAULT = "could not be read: this program failed on it"
log = logging.getLogger(__name__)

WAITING, OPENING, READING, ADDING, DONE = "waiting", "opening", "reading", "adding", "done"


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read: its records, and whether it is in a language that is read. `held` is what the register has of it:
    `new`, `same`, `other` where its id stands for something else, or empty while that is not known."""

    article: Article
    records: tuple[Record, ...]
    english: bool
    held: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """Its records as plain values by column."""
        return [to_row(record) for record in self.records]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the articles that were to be added: how many were `added`, `changed`, `unchanged`, `kept` or `failed`, and how
    many corrections and other words on their records were stored with them (`reviews`)."""

    counts: Mapping[str, int]
    problem: str = ""
    reviews: int = 0


def size_of(article: Article) -> int:
    """About the bytes that an article takes in memory."""
    return sys.getsizeof(article.text) + sys.getsizeof(article.title) + ARTICLE_BYTES


@dataclass(slots=True)
class Job:
    """A batch: `state` is where it stands, `total` the articles in it once they are all known."""

    key: str
    brought: Brought
    look: Callable[[list[Article]], list[str]]
    state: str = WAITING
    stopped: bool = False
    opened: list[Article] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    failed: int = 0
    total: int = 0
    records: int = 0
    size: int = 0
    changes: int = 0
    done: int = 0
    added: Added | None = None
    # By record id; replaced as a whole, so that whoever looks sees one state.
    said: Mapping[str, Said] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def busy(self) -> bool:
        return not self.ended.is_set()

    def __post_init__(self) -> None:
        self.size = self.brought.size

    def begin(self) -> None:
        """Waits for its turn, to be read or added."""
        self.ended.clear()
        self.stopping.clear()
        self.state = WAITING
        self.changes += 1

    def stop(self) -> None:
        """Asks the job to end after the article that it is at."""
        self.stopping.set()

    def row(self, record_id: str) -> dict[str, Any] | None:
        """A record as it was read, as plain values by column."""
        found = (record for read in self.reads for record in read.records if record.record_id == record_id)
        return next((to_row(record) for record in found), None)

    def rows(self, read: Read) -> list[dict[str, Any]]:
        """An article's records as a reader says they are: see `drafts.rows_of`."""
        return rows_of(read.rows(), self.said)

    def drafts(self) -> int:
        """How much was said of records and is in no register."""
        return sum(len(one.drafts) for one in self.said.values())

    def rejected(self) -> int:
        """How many records were rejected."""
        return sum(1 for read in self.reads for row in self.spoken(read) if row["review"] == "rejected")

    def spoken(self, read: Read) -> list[dict[str, Any]]:
        """Those of an article's records that something was said of."""
        if self.said.keys().isdisjoint(record.record_id for record in read.records):
            return []
        return [row for row in self.rows(read) if row["record_id"] in self.said]

    def say(self, record_id: str, said: Said) -> None:
        """Notes what is said of a record now."""
        before = self.said.get(record_id, Said())
        self.said = {
            **{one: held for one, held in self.said.items() if one != record_id},
            **({record_id: said} if said.reviews() else {}),
        }
        self.size += DRAFT_BYTES * (len(said.reviews()) - len(before.reviews()))
        self.changes += 1

    def fail(self, words: str) -> None:
        """Notes what could not be read; the first ones are kept in words."""
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(words)
        self.changes += 1

    def steps(self) -> Iterator[None]:
        """Reads the batch, an article (or an opening of one) at each step."""
        self.state = OPENING
        self.changes += 1
        yield
        for found in self.brought.found(self.stopping.is_set):
            if isinstance(found, str):
                self.fail(found)
            elif len(found.text) > LONGEST_TEXT:
                self.fail(f"{found.id}: has more than {LONGEST_TEXT:,} characters; cut it into articles")
            elif self.size - self.brought.size > MOST_BYTES or len(self.opened) == MOST_ARTICLES:
                self.fail(f"{found.id} and what follows: too much for one batch; use the command line, or several batches")
                break
            else:
                self.opened.append(found)
                self.size += size_of(found)
                self.total += 1
                self.changes += 1
            if self.stopping.is_set():
                break
            yield
        self.size -= self.brought.size
        self.state = READING
        self.opened.reverse()
        while self.opened and not self.stopping.is_set():
            self.read(self.opened.pop())
            yield
        self.opened.clear()
        self.size = sum(size_of(read.article) + len(read.records) * RECORD_BYTES for read in self.reads)
        # What is wrong with a register is said where something is to be added to it.
        with suppress(RegisterError):
            standings = self.look([read.article for read in self.reads])
            self.reads = [replace(read, held=held) for read, held in zip(self.reads, standings, strict=True)]

    def read(self, article: Article) -> None:
        """Reads one article; a failure in that is told and ends nothing."""
        try:
            with READER:
                records = tuple(extract(article))
        except Exception:
            log.exception("an article could not be read")
            self.fail(f"{article.id}: {FAULT}")
            return
        finally:
            self.done += 1
        self.reads.append(Read(article, records, is_english(article.text)))
        self.records += len(records)
        self.size += len(records) * RECORD_BYTES
        self.changes += 1

    def end(self) -> None:
        """Has ended, by itself or because it was asked to."""
        self.stopped = self.stopping.is_set()
        self.state = DONE
        self.changes += 1
        self.ended.set()
