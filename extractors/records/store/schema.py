"""The form of a register's tables: makes it, checks it, and brings an older one to the present form.

Alembic's own table holds the number; `schema_version` in `meta` repeats it for programs of the time when it was the only one.
Migrations run in one transaction on both databases. Before a file is changed, a whole copy of it is kept beside it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from extractors.records.store import meta
from extractors.records.store.connect import reading, writing
from extractors.records.store.errors import said
from extractors.records.store.place import Place, RegisterError

SCHEMA_VERSION = 2
FIRST_TABLES = {"meta", "articles", "records"}
VERSION_TABLE = "alembic_version"
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
# Alembic keeps what it works on in module globals.
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds: nothing, something else (`version` is `None`), or a register of a version."""

    empty: bool
    version: int | None
    stamped: bool


def standing(connection: sa.Connection) -> Standing:
    tables = set(sa.inspect(connection).get_table_names())
    if not tables >= FIRST_TABLES:
        return Standing(not tables, None, False)
    stamped = VERSION_TABLE in tables
    if stamped:
        number = str(connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar())
    else:
        number = meta.get(connection, "schema_version")
    return Standing(False, int(number) if number.isdecimal() else None, stamped)


def ready(engine: sa.Engine, place: Place, create: bool, label: str, say: Callable[[str], None]) -> None:
    """Leaves a register of the present form at the place, or raises `RegisterError` and leaves what was there."""
    with reading(engine, place) as connection:
        found = standing(connection)
    if found.empty and create:
        make(engine, place)
    elif found.empty and place.path is None:
        raise RegisterError(
            f"{place}: there is no register yet; make one with: python -m extractors extract YOUR_ARTICLES --register {place}"
        )
    elif found.version is None:
        raise RegisterError(f"{place}: is not a register of this program; choose another with --register")
    elif found.version > SCHEMA_VERSION:
        raise RegisterError(f"{place}: was made by a newer version of this program (schema {found.version}); update the program")
    elif found.version < SCHEMA_VERSION:
        upgrade(engine, place, say)
    if label:
        with writing(engine, place) as connection:
            if meta.get(connection, "label") != label:
                meta.put(connection, "label", label)
                meta.count_change(connection)


def make(engine: sa.Engine, place: Place) -> None:
    """Makes the tables, unless another process has done so by now."""
    if place.path is not None:
        readers_do_not_wait(engine, place)
    with writing(engine, place) as connection:
        if not standing(connection).empty:
            return
        if place.path is None:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            if encoding != "UTF8":
                raise RegisterError(
                    f"{place}: the database's encoding is {encoding}; make one with: createdb -E UTF8 -T template0 NAME"
                )
        migrate(connection, None)


def readers_do_not_wait(engine: sa.Engine, place: Place) -> None:
    """Sets SQLite's write-ahead log, which the file keeps; that is possible outside of transactions only."""
    with said(place):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:
            raise sa.exc.OperationalError("", None, error) from error
        finally:
            raw.close()


def upgrade(engine: sa.Engine, place: Place, say: Callable[[str], None]) -> None:
    """Brings an older register to the present form; a file is copied first. All or nothing."""
    kept: Path | None = None
    try:
        with writing(engine, place) as connection:
            found = standing(connection)
            if found.version is None or found.version >= SCHEMA_VERSION:
                return
            if place.path is not None:
                kept = copy_beside(place.path)
            migrate(connection, None if found.stamped else str(found.version))
    except BaseException as error:
        if kept is not None:
            kept.unlink(missing_ok=True)
        if isinstance(error, Exception):
            raise RegisterError(
                f"{place}: could not be brought to schema {SCHEMA_VERSION} and was left as it was ({error})"
            ) from error
        raise
    was = f"{place}: brought from schema {found.version} to {SCHEMA_VERSION}"
    say(f"{was}; the register as it was is kept in {kept}" if kept else was)


def migrate(connection: sa.Connection, stamp: str | None, target: str = "head") -> None:
    """Runs the steps that are due up to `target`, in the connection's transaction; `stamp` is the version of a register without one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with ONE_AT_A_TIME:
        if stamp is not None:
            command.stamp(config, stamp)
        command.upgrade(config, target)


def copy_beside(path: Path) -> Path:
    """A whole copy of a SQLite file as `NAME.before-2.sqlite`, or under the next free number; made by SQLite itself."""
    stem = f"{path.stem}.before-{SCHEMA_VERSION}"
    names = (path.with_name(f"{stem}{number}.sqlite") for number in ("", *(f"-{n}" for n in range(2, 10_000))))
    target = next(name for name in names if not name.exists())
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{target.name}.")
        os.close(handle)
    except OSError as error:
        raise RegisterError(f"no copy can be kept in its folder ({error.strerror})") from error
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        os.chmod(temporary, path.stat().st_mode & 0o777)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target
