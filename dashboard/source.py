"""The register behind the pages: loaded when it is asked for, and again when it has changed."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.data import Data, prepare, prepare_deals
from dashboard.mapped import Mapped
from dashboard.search import Texts
from extractors import Article, Patch, Place, Register, RegisterError, Review, Snapshot, open_register, place_of

# After so many questions the few rows that each of them read have filled tens of megabytes with the pages around them.
ASKED = 16
RECORDS_FILE, DEALS_FILE = "records.arrow", "deals.arrow"


@dataclass(frozen=True, slots=True)
class Held:
    """One state of a register: its deals as people say they are and as the machine read them, and every review.

    `said` are the reviews that stand by the id that their record or deal has now, `redirects` old deal ids -> the deal that has
    their records; `unattached` are reviews whose record or deal is gone.
    """

    version: str
    reviewed: Data
    machine: Data
    reviews: tuple[Review, ...]
    said: Mapping[str, tuple[Review, ...]]
    redirects: Mapping[str, str]
    unattached: tuple[Review, ...]

    def current(self, deal_id: str) -> str:
        """The id under which a deal stands: itself, or that of the deal that took up its records."""
        return self.redirects.get(deal_id, deal_id)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a register, as tables that are mapped from files."""

    content: str
    folder: Path
    records: Mapped
    deals: Mapped
    texts: Texts

    def release(self) -> None:
        """Lets go of the pages of both files that were read."""
        self.records.release()
        self.deals.release()


class Source:
    """The register behind the pages. Every method raises `RegisterError`, whose message says what is wrong and what to do."""

    def __init__(self, register: Place | Path | str) -> None:
        self.path = place_of(register)
        self._lock = threading.Lock()
        self._files = tempfile.TemporaryDirectory(prefix="arms-transfers-", ignore_cleanup_errors=True)
        self._stored: Stored | None = None
        self._held: Held | None = None
        self._asked = 0
        self._register: Register | None = None
        self._inode = 0

    def _opened(self) -> Register:
        """The register, left open from one question to the next, as long as the same file stands at its place."""
        inode = inode_of(self.path)
        if self._register is None or inode != self._inode:
            self._close()
            self._register, self._inode = open_register(self.path), inode
        return self._register

    def _close(self) -> None:
        if self._register is not None:
            self._register.close()
        self._register = None

    def held(self) -> Held:
        """The register as it stands."""
        with self._lock:
            try:
                register = self._opened()
                version = register.version()
            except RegisterError:
                self._close()
                raise
            if self._held is None or self._held.version != version:
                snapshot, stored = self._taken(register)
                self._held = made_ready(snapshot, stored, version)
            self._asked += 1
            if self._stored is not None and self._asked % ASKED == 0:
                self._stored.release()
            return self._held

    def _taken(self, register: Register) -> tuple[Snapshot, Stored]:
        """A snapshot with its tables; where there is none, nothing of it stays on the disk."""
        try:
            # Whoever cleans temporary files may have taken it away since.
            Path(self._files.name).mkdir(mode=0o700, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._files.name))
            try:
                snapshot = register.snapshot(folder, self._stored.content if self._stored else "")
                return snapshot, self._mapped(snapshot, folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except OSError as error:
            reason = error.strerror or error
            raise RegisterError(f"{self.path}: cannot be put into temporary files ({reason}); make room there") from error

    def _mapped(self, snapshot: Snapshot, folder: Path) -> Stored:
        """The tables of a snapshot: those that are held already, where its content is the same."""
        if self._stored is not None and self._stored.content == snapshot.content:
            folder.rmdir()
            return self._stored
        records = Mapped(folder / RECORDS_FILE)
        before, self._stored = (
            self._stored,
            Stored(snapshot.content, folder, records, Mapped(folder / DEALS_FILE), Texts(records.table, records.release)),
        )
        if before is not None:
            shutil.rmtree(before.folder, ignore_errors=True)
        return self._stored

    def deals(self, *, machine: bool = False) -> Data:
        """The register's deals beside their claims, as people say they are, or as the machine read them."""
        held = self.held()
        return held.machine if machine else held.reviewed

    def data(self, *, machine: bool = False) -> Data:
        """The register's claims, likewise."""
        claims = self.deals(machine=machine).claims
        assert claims is not None
        return claims

    def review(self, review: Review) -> Review:
        """Stores a review. Raises `ReviewError` too, where it makes no sense."""
        with open_register(self.path) as register:
            return register.add_review(review)

    def undo(self, number: int, who: str) -> None:
        """Takes a review back. Raises `ReviewError` too."""
        with open_register(self.path) as register:
            register.undo_review(number, who)

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or `None`."""
        with open_register(self.path) as register:
            return register.article(article_id)

    def count(self) -> int:
        """The number of records, read from the register itself."""
        with open_register(self.path) as register:
            return register.count()


def inode_of(place: Place) -> int:
    """Which file stands at a place: 0 for none, and for a database server."""
    try:
        return place.path.stat().st_ino if place.path is not None else 0
    except OSError:
        return 0


def made_ready(snapshot: Snapshot, stored: Stored, version: str) -> Held:
    """Both readings of a register; without a review they are one."""
    standing = snapshot.standing
    machine = view_of(stored, standing.machine, snapshot.label, version)
    if standing.reviewed is standing.machine:
        return Held(version, machine, machine, standing.reviews, standing.said, standing.redirects, standing.unattached)
    reviewed = view_of(stored, standing.reviewed, snapshot.label, version)
    return Held(
        version,
        with_two_readings(reviewed, "reviewed"),
        with_two_readings(machine, "machine"),
        standing.reviews,
        standing.said,
        standing.redirects,
        standing.unattached,
    )


def with_two_readings(deals: Data, reading: str) -> Data:
    """The same deals and claims, marked as one reading of two."""
    assert deals.claims is not None
    marks: dict[str, Any] = {"judged": True, "version": f"{deals.version}/{reading}"}
    return replace(deals, **marks, claims=replace(deals.claims, **marks))


def view_of(stored: Stored, patch: Patch, label: str, version: str) -> Data:
    """The deals, and their claims, of what is stored with a patch over it."""
    records, at = patched(stored.records.table, patch.records, "record_id", patch.record_ids)
    claims = prepare(records, label, version, at, stored.records.release)
    # What is stored is searched alike by both readings, and after a review: only the patch is looked at anew.
    claims.made("texts", lambda: stored.texts)
    deals, at = patched(stored.deals.table, patch.deals, "deal_id", patch.deal_ids)
    return prepare_deals(deals, claims, at, stored.deals.release)


def patched(table: pa.Table, patch: pa.Table, key: str, replaced: Collection[str]) -> tuple[pa.Table, np.ndarray]:
    """A table with the patch's rows behind its own, and the rows that count: a patched row in the place of the one that it stands for,
    those that stand for none by their key."""
    if not replaced and not len(patch):
        return table, np.arange(len(table))
    together = pa.concat_tables([table, patch])
    old = np.flatnonzero(~pc.is_in(table[key], value_set=pa.array(sorted(replaced), pa.string())).to_numpy())
    rows = np.concatenate([old, len(table) + np.arange(len(patch))])
    if key == "deal_id":
        return together, rows[pc.sort_indices(together[key].take(pa.array(rows))).to_numpy()]
    stands = dict(zip(patch[key].to_pylist(), range(len(table), len(together)), strict=True))
    inside = pc.index_in(table[key], value_set=pa.array(list(stands), pa.string()))
    place = pc.fill_null(inside, -1).to_numpy()
    kept = np.where(place >= 0, len(table) + place, np.arange(len(table)))
    gone = np.ones(len(table), dtype=bool)
    gone[old] = False
    return together, kept[~gone | (place >= 0)]


__all__ = ["Held", "RegisterError", "Source", "patched"]
