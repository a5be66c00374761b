"""What a database complains about, said as what is wrong and what to do. Passwords are never part of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from extractors.records.store.place import Place, RegisterError

# SQLSTATE -> what is wrong. Failed connections carry none: these are told by the server's words.
SAID_BY_STATE = {
    "42501": "the user may not do this there; let the database's owner grant it",
    "55P03": "is in use by another process; try again when that has ended",
    "57014": "the server stopped the statement; try again",
    "53100": "the server's disk is full",
}


class Unstorable(RegisterError):
    """One article that a database cannot hold; others can be stored."""


@contextmanager
def said(place: Place) -> Iterator[None]:
    """Database errors inside leave as `RegisterError`."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise register_error(place, error) from error


def register_error(place: Place, error: sa.exc.DBAPIError) -> RegisterError:
    cause = error.orig or error
    words = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    if place.path is None:
        return RegisterError(f"{place}: {server_says(place, getattr(cause, 'sqlstate', None), words)}")
    return RegisterError(f"{place}: {file_says(cause, words)}")


def file_says(cause: BaseException, words: str) -> str:
    operational = isinstance(cause, sqlite3.OperationalError)
    if operational and ("unable to open" in words or "readonly" in words):
        return f"cannot be opened ({words}); check its permissions"
    if operational and "locked" in words:
        return "is in use by another process; try again when that has ended"
    if operational and "full" in words:
        return f"cannot be written ({words}); make room on the disk"
    if not operational and type(cause) is sqlite3.DatabaseError:
        return f"is not a readable SQLite file ({words}); restore a copy, or move it away and extract again"
    return f"cannot be read or written ({words})"


def server_says(place: Place, state: str | None, words: str) -> str:
    shown = words
    for secret in place.secrets():
        shown = shown.replace(secret, "***")
    user = place.url.username or "this user"
    if state in SAID_BY_STATE:
        return f"{SAID_BY_STATE[state]} ({shown})"
    if state is not None and not state.startswith(("08", "28", "3D", "57P")):
        return f"the database refused this ({shown})"
    if "password" in words or state == "28P01":
        return f"the password of {user} is wrong or missing; give it in $PGPASSWORD or in ~/.pgpass"
    if state == "3D000" or ("database" in words and "does not exist" in words):
        return f"the server has no such database; make it with: createdb {place.url.database or ''}".rstrip()
    if "role" in words and "does not exist" in words:
        return f"the server knows no user {user}; check the name, or make it with: createuser {user}"
    return f"the server cannot be reached ({shown}); check that it runs, and its host and port"
