"""The register: articles with their text, the records read from them, deals, reviews and runs, in SQLite or PostgreSQL.

Reading an article again changes nothing while its text, its dates and its records stay the same; the same id with another
text replaces the article and its records. Every change is one transaction, so that a run that is cut off leaves whole
articles only, and another process may read while one writes. The statements are in `store`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from extractors.model import COLUMNS, DEAL_COLUMNS, Article, Record
from extractors.records.export import frame_of
from extractors.records.joined import Joined
from extractors.records.reviews import Review
from extractors.records.store import arrow, articles, connect, deals, meta, rejoin, reviews, runs, schema, standing
from extractors.records.store.errors import Unstorable
from extractors.records.store.place import Place, RegisterError, default_register, place_of
from extractors.records.store.tables import ARTICLES, RECORDS
from extractors.records.store.together import Together

RECORDS_FILE, DEALS_FILE = "records.arrow", "deals.arrow"


def tell(message: str) -> None:
    print(message, file=sys.stderr)


def open_register(
    register: Place | Path | str, *, create: bool = False, label: str = "", say: Callable[[str], None] = tell
) -> Register:
    """Opens the register at a path or URL; with `create`, makes one that is missing, under `label`. Raises `RegisterError`.

    A register that an older version of this program made is brought to the present form first; `say` is told.
    """
    place = place_of(register)
    path = place.path
    if path is not None and not path.exists():
        if not create:
            raise RegisterError(
                f"{path}: there is no register yet; make one with: python -m extractors extract YOUR_ARTICLES --register {path}"
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegisterError(
                f"{path}: its folder cannot be made ({error.strerror}); choose another place with --register"
            ) from error
    elif path is not None and path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file inside it")
    return Register(place, create=create, label=label, say=say)


@dataclass(frozen=True, slots=True)
class State:
    """What a register held at one moment: the machine's records and deals, and every review. `judge` lays these over those."""

    label: str
    records: pd.DataFrame
    joined: Joined
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register's label, the name of its stored content, and what stands over that."""

    label: str
    content: str
    standing: standing.Standing


class Register:
    """An open register. Use it as a context manager, or close it. Every method raises `RegisterError`."""

    def __init__(self, place: Place, *, create: bool, label: str, say: Callable[[str], None]) -> None:
        self.place = place
        self._engine = connect.engine_of(place)
        try:
            schema.ready(self._engine, place, create, label, say)
        except BaseException:
            self._engine.dispose()
            raise

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that sees one state throughout."""
        return connect.reading(self._engine, self.place)

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction of the only writer, kept as a whole or not at all."""
        return connect.writing(self._engine, self.place)

    @property
    def label(self) -> str:
        """The word that every page and file made from this register shows ("sample"); mostly empty."""
        with self.reading() as connection:
            return meta.get(connection, "label")

    def version(self) -> str:
        """Changes whenever the content does, and from register to register; cheap."""
        with self.reading() as connection:
            version = f"{meta.get(connection, 'changes')}-{meta.get(connection, 'register_id')}"
        if self.place.path is None:
            return version
        try:
            # a copy that was put back may count on from where it stood
            return f"{version}-{self.place.path.stat().st_ino}"
        except OSError as error:
            raise RegisterError(f"{self.place}: is gone ({error.strerror})") from error

    def count(self) -> int:
        """The number of records."""
        with self.reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(RECORDS)).scalar_one()

    def frame(self) -> pd.DataFrame:
        """All records, by article and place in it, with exactly the columns and dtypes of `COLUMNS`."""
        with self.reading() as connection:
            return frame_of(list(articles.rows(connection)), COLUMNS)

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        with self.reading() as connection:
            return articles.get(connection, article_id)

    def articles(self) -> list[dict[str, Any]]:
        """Id, published, source, title and number of records of every article, in the order of their ids."""
        with self.reading() as connection:
            return articles.listed(connection)

    def count_articles(self) -> int:
        """The number of articles, with and without records."""
        with self.reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(ARTICLES)).scalar_one()

    def each_article(self) -> Iterator[Article]:
        """Every article with its text, in the order of their ids; what changes meanwhile is seen or not."""
        last = None
        while True:
            with self.reading() as connection:
                page = articles.page(connection, last)
            if not page:
                return
            yield from page
            last = page[-1].id

    def records_of(self, article_id: str) -> list[dict[str, Any]]:
        """An article's records as plain values by column, in text order."""
        with self.reading() as connection:
            return list(articles.rows(connection, article_id))

    def replace(self, article: Article, records: Sequence[Record]) -> str:
        """Stores an article with its records; says whether it was `added`, `changed` or `unchanged`."""
        with self.together() as changes:
            return changes.replace(article, records)

    @contextmanager
    def together(self) -> Iterator[Together]:
        """Changes that stand all together at the end, or, where something leaves it as an exception, not at all."""
        with self.writing() as connection:
            yield Together(connection, self.place)

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Takes articles out with their records; gives the ids that are not held, and then takes out none. Reviews stay."""
        with self.writing() as connection:
            return articles.remove(connection, article_ids)

    def deals(self) -> pd.DataFrame:
        """All stored deals, by id, with exactly the columns and dtypes of `DEAL_COLUMNS`."""
        with self.reading() as connection:
            return frame_of(list(deals.rows(connection)), DEAL_COLUMNS)

    def deal_links(self) -> dict[str, str]:
        """Record id -> deal id."""
        with self.reading() as connection:
            return deals.links(connection)

    def deal_redirects(self) -> dict[str, str]:
        """Id of a deal that is no more -> the deal that has its records now."""
        with self.reading() as connection:
            return deals.redirects(connection)

    def joined(self) -> Joined:
        """Every deal with its records and earlier ids, those of changed records joined in memory; see `rejoin`."""
        with self.reading() as connection:
            return rejoin.standing(connection)

    def state(self) -> State:
        """Records, deals and reviews as they stand, all of one moment."""
        with self.reading() as connection:
            frame = frame_of(list(articles.rows(connection)), COLUMNS)
            said = tuple(reviews.review_of(row) for row in reviews.rows(connection))
            return State(meta.get(connection, "label"), frame, rejoin.standing(connection), said)

    def snapshot(self, folder: Path, held: str = "") -> Snapshot:
        """The register at one moment: what is stored as two Arrow files in the folder, and what stands over it.

        Where the content is still the one called `held`, the files are not written again.
        """
        with self.reading() as connection:
            content = f"{meta.get(connection, 'content')}-{meta.get(connection, 'register_id')}"
            if content != held:
                write_arrow(folder / RECORDS_FILE, arrow.RECORD_SCHEMA, arrow.record_batches(connection))
                write_arrow(folder / DEALS_FILE, arrow.DEAL_SCHEMA, arrow.deal_batches(connection))
            return Snapshot(meta.get(connection, "label"), content, standing.standing(connection))

    def rejoin(self, rules_version: str) -> bool:
        """Joins changed records anew into deals and stores these; says whether there was anything to do. Runs end with it."""
        with self.writing() as connection:
            return rejoin.rejoin(connection, rules_version)

    def put_deals(
        self,
        rows: Sequence[Mapping[str, Any]],
        home: Mapping[str, str],
        moved: Mapping[str, str],
        gone: Collection[str] | None = None,
    ) -> None:
        """Stores deals in place of the deals `gone` (of all, without it); see `store.deals.put`."""
        with self.writing() as connection:
            deals.put(connection, rows, home, moved, gone)

    def reviews(self) -> list[Review]:
        """Every review, earliest first, those taken back among them."""
        with self.reading() as connection:
            return [reviews.review_of(row) for row in reviews.rows(connection)]

    def add_review(self, review: Review) -> Review:
        """Stores a review with the machine's reading of its target; raises `ReviewError` where it makes no sense."""
        with self.together() as changes:
            return changes.add_review(review)

    def undo_review(self, number: int, who: str) -> None:
        """Takes a review back; it stays, and says who did. Raises `ReviewError`."""
        with self.writing() as connection:
            reviews.undo(connection, number, who)

    def runs(self) -> list[dict[str, Any]]:
        """What was run on this register, earliest first."""
        with self.reading() as connection:
            return list(runs.rows(connection))

    @contextmanager
    def run(self, command: str, rules_version: str) -> Iterator[dict[str, int]]:
        """Notes a run: fill the counts of articles `added`, `changed`, `unchanged` and `removed` that it gives."""
        counts = dict.fromkeys(runs.COUNTED, 0)
        started = runs.now()
        with self.writing() as connection:
            number = runs.begin(connection, command, rules_version, started)
        yield counts
        with self.writing() as connection:
            rejoin.rejoin(connection, rules_version)
            runs.end(connection, number, counts, started, runs.now())

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def write_arrow(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """An Arrow file that can be mapped into memory, in place of one that others may still have open."""
    path.unlink(missing_ok=True)
    with pa.OSFile(str(path), "wb") as stream, pa.ipc.new_file(stream, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


__all__ = ["Place", "Register", "RegisterError", "Unstorable", "default_register", "open_register", "place_of"]
