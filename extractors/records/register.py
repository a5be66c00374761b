"""The register: articles with their text, and the records that were read from them, in one SQLite file.

Reading an article again changes nothing while its text, its dates and its records stay the same; the same id with another
text replaces the article and its records. Every change is one transaction, so that a run that is cut off leaves whole
articles only, and another process may read while one writes.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import platformdirs
import sqlalchemy as sa

from extractors.model import COLUMNS, Article, Record
from extractors.records.export import frame_of, to_row

SCHEMA_VERSION = 1
BUSY_SECONDS = 60
SQL_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "string": sa.Text, "category": sa.Text, "JSON": sa.Text, "Int64": sa.BigInteger, "Float64": sa.Double, "boolean": sa.Boolean, "date": sa.Date,
}  # fmt: skip

METADATA = sa.MetaData()
META = sa.Table("meta", METADATA, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
)
RECORDS = sa.Table(
    "records",
    METADATA,
    *(sa.Column(c.name, SQL_TYPES[c.dtype], primary_key=c.name == "record_id") for c in COLUMNS),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Index("records_by_article", "article_id", "position"),
)


class RegisterError(Exception):
    """A register that cannot be used: the message names the file, what is wrong and what to do."""


def default_register_path() -> Path:
    """`$ARMS_REGISTER`, else `register.sqlite` in the user's data folder."""
    chosen = os.environ.get("ARMS_REGISTER")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("arms-transfers", appauthor=False)) / "register.sqlite"


def open_register(path: Path | str, *, create: bool = False, label: str = "") -> Register:
    """Opens a register; with `create`, makes one that is missing, under `label`. Raises `RegisterError`."""
    path = Path(path)
    if not path.exists():
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
    elif path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file inside it")
    return Register(path, create=create, label=label)


class Register:
    """An open register. Use it as a context manager, or close it."""

    def __init__(self, path: Path, *, create: bool, label: str) -> None:
        self.path = path
        self._engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
        sa.event.listen(self._engine, "connect", prepare)
        try:
            self._check(create, label)
        except BaseException:
            self._engine.dispose()
            raise

    def _check(self, create: bool, label: str) -> None:
        try:
            with self._engine.begin() as connection:
                tables = set(sa.inspect(connection).get_table_names())
                if not tables and create:
                    METADATA.create_all(connection)
                    connection.execute(
                        META.insert(),
                        [
                            {"name": "schema_version", "value": str(SCHEMA_VERSION)},
                            {"name": "label", "value": label},
                            {"name": "changes", "value": "0"},
                        ],
                    )
                    return
                if not {"meta", "articles", "records"} <= tables:
                    raise RegisterError(f"{self.path}: is not a register of this program; choose another file with --register")
                version = int(self._meta(connection, "schema_version") or 0)
                if version > SCHEMA_VERSION:
                    raise RegisterError(
                        f"{self.path}: was made by a newer version of this program (schema {version}); update the program"
                    )
                if label:
                    connection.execute(META.update().where(META.c.name == "label").values(value=label))
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> RegisterError:
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, sqlite3.OperationalError) and ("unable to open" in str(cause) or "readonly" in str(cause)):
            return RegisterError(f"{self.path}: cannot be opened ({cause}); check its permissions")
        return RegisterError(
            f"{self.path}: is not a readable SQLite file ({cause}); restore a copy, or move it away and extract again"
        )

    def _meta(self, connection: sa.Connection, name: str) -> str | None:
        return connection.execute(sa.select(META.c.value).where(META.c.name == name)).scalar()

    @property
    def label(self) -> str:
        """The word that every page and file made from this register shows ("sample"); mostly empty."""
        try:
            with self._engine.connect() as connection:
                return self._meta(connection, "label") or ""
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error

    def version(self) -> str:
        """Changes whenever the content does; cheap."""
        try:
            with self._engine.connect() as connection:
                return f"{self._meta(connection, 'changes')}-{self.path.stat().st_ino}"
        except (sa.exc.DatabaseError, OSError) as error:
            raise self._broken(error) from error

    def count(self) -> int:
        """The number of records."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(sa.select(sa.func.count()).select_from(RECORDS)).scalar_one()
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error

    def frame(self) -> pd.DataFrame:
        """All records, by article and place in it, with exactly the columns and dtypes of `COLUMNS`."""
        query = sa.select(*(RECORDS.c[c.name] for c in COLUMNS)).order_by(RECORDS.c.article_id, RECORDS.c.position)
        try:
            with self._engine.connect() as connection:
                return frame_of([dict(row) for row in connection.execute(query).mappings()])
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        try:
            with self._engine.connect() as connection:
                row = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).mappings().first()
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error
        return Article(row["id"], row["text"], row["title"], row["published"], row["source"], row["url"]) if row else None

    def replace(self, article: Article, records: Sequence[Record]) -> str:
        """Stores an article with its records; says whether it was `added`, `changed` or `unchanged`."""
        values = article_values(article)
        rows = [{**to_row(r), "position": i} for i, r in enumerate(records)]
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                before = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article.id)).mappings().first()
                held = (
                    connection.execute(sa.select(RECORDS).where(RECORDS.c.article_id == article.id).order_by(RECORDS.c.position))
                    .mappings()
                    .all()
                )
                if before is not None and dict(before) == values and [dict(h) for h in held] == rows:
                    connection.rollback()
                    return "unchanged"
                connection.execute(RECORDS.delete().where(RECORDS.c.article_id == article.id))
                connection.execute(ARTICLES.delete().where(ARTICLES.c.id == article.id))
                connection.execute(ARTICLES.insert(), values)
                if rows:
                    connection.execute(RECORDS.insert(), rows)
                changes = int(self._meta(connection, "changes") or 0) + 1
                connection.execute(META.update().where(META.c.name == "changes").values(value=str(changes)))
                connection.commit()
                return "added" if before is None else "changed"
        except sa.exc.DatabaseError as error:
            raise self._broken(error) from error

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def prepare(connection: sqlite3.Connection, _: Any) -> None:
    """Transactions are begun by hand, and readers do not wait for a writer."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")


def article_values(article: Article) -> dict[str, str | date | None]:
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "id": article.id, "text": article.text, "title": article.title, "published": article.published,
        "source": article.source, "url": article.url, "sha256": digest,
    }  # fmt: skip
