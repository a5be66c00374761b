"""Where a register is: a SQLite file by its path, or a PostgreSQL database by its URL.

A `Place` can be printed anywhere: its text never holds the password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import sqlalchemy as sa

SECRET_OPTIONS = ("password", "sslpassword", "passfile")
ADVICE = "write a file's path, or postgresql://USER@HOST/DATABASE"


class RegisterError(Exception):
    """A register that cannot be used: the message names it, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """`path` is the file of a SQLite register; `None` for a database on a server, which `url` names."""

    url: sa.URL
    path: Path | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        bare = self.url.set(drivername="postgresql", query={})
        return sa.URL.create(bare.drivername, bare.username, None, bare.host, bare.port, bare.database).render_as_string()

    def __repr__(self) -> str:
        return f"Place({self})"

    def secrets(self) -> list[str]:
        """What no message may hold."""
        found = [self.url.password, *(self.url.query.get(name) for name in SECRET_OPTIONS)]
        return [text for text in found if isinstance(text, str) and text]


def place_of(given: Place | Path | str) -> Place:
    """A path, a `sqlite:///` or a `postgresql://` URL. Raises `RegisterError`, which does not repeat what may be a password."""
    if isinstance(given, Place):
        return given
    if isinstance(given, Path) or "://" not in given:
        return of_file(Path(given))
    scheme = given.partition("://")[0]
    dialect = scheme.partition("+")[0]
    try:
        url = sa.make_url(given)
    except (sa.exc.ArgumentError, ValueError):
        raise RegisterError(f"the address of the register cannot be read; {ADVICE}") from None
    if dialect == "sqlite" and url.database:
        return of_file(Path(url.database))
    if dialect not in ("postgresql", "postgres"):
        raise RegisterError(f"a register cannot be kept at {scheme}://; {ADVICE}")
    if url.host and "@" in url.host:
        raise RegisterError("the password in the address of the register holds an @; write it as %40, or give it in $PGPASSWORD")
    if not url.database:
        raise RegisterError(f"the address of the register names no database; {ADVICE}")
    return Place(url.set(drivername="postgresql+psycopg"))


def of_file(path: Path) -> Place:
    return Place(sa.URL.create("sqlite", database=str(path)), path)


def default_register() -> Place:
    """`$ARMS_REGISTER` (a path or a URL), else `register.sqlite` in the user's data folder."""
    chosen = os.environ.get("ARMS_REGISTER")
    return place_of(chosen or Path(platformdirs.user_data_dir("arms-transfers", appauthor=False)) / "register.sqlite")
