"""Where batches wait, are read, and are held until they are looked at: bounded in number, in memory and in threads.

Batches take turns, an article each, so that a pasted text does not wait for somebody's archive. A batch is known by a key that
cannot be guessed, which its page has in its address; nothing of it is written to a disk.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dashboard.fetch import Page, Refused, fetch
from dashboard.fetch.hosts import Permitted
from dashboard.reading import adding
from dashboard.reading.drafts import Said, drafted
from dashboard.reading.inputs import Brought
from dashboard.reading.job import FAULT, Job
from dashboard.reviewing import signed
from dashboard.source import Source
from extractors import Article

WORKERS = 2
# Batches under way, and batches held in all, with what these may take together.
MOST_WAITING, MOST_HELD = 6, 24
HELD_BYTES = 96 * 2**20
log = logging.getLogger(__name__)
Steps = Iterator[None]


class Declined(RuntimeError):
    """The server does not do it, or not now: the message says why."""


READ_ONLY = "This server is read-only."
FULL = "The server is busy with other batches. Try again in a minute."
BUSY = "The batch is under way. Wait until it has ended, or stop it."
LET_GO = "The server does not hold this record any more. Bring the article again."


class Desk:
    """The batches of one server. One that is read-only reads what is brought, but fetches nothing and adds nothing."""

    def __init__(self, source: Source, permitted: Permitted = (), *, read_only: bool = False) -> None:
        self.read_only = read_only
        self._source, self._permitted = source, permitted
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._turns: deque[tuple[Job, Steps]] = deque()
        self._under_way: set[str] = set()
        self._workers = 0

    def page(self, url: str, stopped: Callable[[], bool]) -> Page:
        """Fetches a page. Raises `Refused`."""
        if self.read_only:
            raise Refused(READ_ONLY)
        return fetch(url, permitted=self._permitted, stopped=stopped)

    def look(self, articles: list[Article]) -> list[str]:
        """What the register holds of each article: see `adding.standings`. Raises `RegisterError`."""
        return adding.standings(self._source.path, articles)

    def read(self, brought: Brought) -> str:
        """Has a batch read; gives its key. Raises `Declined`."""
        job = Job(secrets.token_urlsafe(12), brought, self.look)
        with self._lock:
            self._start(job, job.steps())
        return job.key

    def say(self, key: str, record_id: str, action: str, typed: Mapping[str, str]) -> Job:
        """Notes a correction of a record, or another word on it, until the batch is added. Raises `Declined` and `ReviewError`."""
        with self._lock:
            job, row = self._settled(key, record_id)
            review = drafted(action, row, typed, reason=not self.read_only)
            job.say(record_id, job.said.get(record_id, Said()).saying(review))
        return job

    def take_back(self, key: str, record_id: str, what: str) -> Job:
        """Lets go of what was said about `what` of a record and is not stored. Raises `Declined`."""
        with self._lock:
            job, _ = self._settled(key, record_id)
            job.say(record_id, job.said.get(record_id, Said()).without(what))
        return job

    def _settled(self, key: str, record_id: str) -> tuple[Job, dict[str, Any]]:
        """A batch that is not under way, and a record of it."""
        job = self._held.get(key)
        row = job.row(record_id) if job is not None and not job.busy else None
        if job is None or job.busy or row is None:
            raise Declined(BUSY if job is not None and job.busy else LET_GO)
        return job, row

    def add(self, key: str, *, replacing: bool, typed: Mapping[str, str] | None = None) -> Job | None:
        """Has the articles of a batch added to the register, those under a known id too where `replacing`, with what was said of their
        records, which carries the name `typed` as who. Raises `Declined` and, where the name is missing, `ReviewError`."""
        if self.read_only:
            raise Declined(READ_ONLY)
        # Nothing is said of its records between the look at what was said, which asks for a name, and the start.
        with self._lock:
            job = self._held.get(key)
            if job is None or job.busy:
                return job
            who = signed(typed or {}) if job.drafts() else ""
            self._start(job, adding.steps(job, self._source.path, replacing=replacing, who=who))
        return job

    def get(self, key: str) -> Job | None:
        """A batch that is held, or `None`."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _start(self, job: Job, steps: Steps) -> None:
        """Gives a batch a turn; the lock is held by whoever asks. Raises `Declined`."""
        taken = sum(self._held[key].size for key in self._under_way)
        if len(self._under_way) >= MOST_WAITING or taken + job.size > HELD_BYTES:
            raise Declined(FULL)
        job.begin()
        self._under_way.add(job.key)
        self._held[job.key] = job
        self._held.move_to_end(job.key)
        self._turns.append((job, steps))
        self._trim()
        if self._workers < WORKERS:
            self._workers += 1
            threading.Thread(target=self._work, name="reading", daemon=True).start()

    def _work(self) -> None:
        """Gives each batch its turn until there is none left."""
        while True:
            with self._lock:
                if not self._turns:
                    self._workers -= 1
                    return
                job, steps = self._turns.popleft()
            more = moved_on(job, steps)
            with self._lock:
                if more:
                    self._turns.append((job, steps))
                else:
                    self._under_way.discard(job.key)
                    job.end()
                    self._trim()

    def _trim(self) -> None:
        """Lets go of the batches that nobody has looked at for longest; one under way is never let go."""
        idle = [key for key in self._held if key not in self._under_way]
        size = sum(job.size for job in self._held.values())
        for key in idle:
            if len(self._held) <= MOST_HELD and size <= HELD_BYTES:
                return
            if len(self._held) == 1:
                return
            size -= self._held.pop(key).size


def moved_on(job: Job, steps: Steps) -> bool:
    """Takes one step; says whether there are more. A failure of this program ends the batch, and is told."""
    try:
        next(steps)
        return True
    except StopIteration:
        return False
    except Exception:
        log.exception("a batch could not be read")
        job.fail(f"{job.brought.name}: {FAULT}")
        return False


__all__ = ["Desk", "Declined"]
