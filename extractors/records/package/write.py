"""Writes a register as a folder of files: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from extractors.records.export import current_umask
from extractors.records.package.cells import write_csv
from extractors.records.package.contents import DESCRIPTOR, DICTIONARY, PARTS, Part
from extractors.records.package.describe import descriptor, dictionary
from extractors.records.register import Register
from extractors.records.store import meta
from extractors.records.store.arrow import schema_of
from extractors.records.store.place import RegisterError

ROWS = 2_000


def write_package(register: Register, folder: Path) -> dict[str, int]:
    """Writes the register's state into `folder`, in place of an earlier package there; gives the rows by part. Raises `RegisterError`."""
    folder = folder.resolve()
    refuse_other(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as work:
            made = Path(work) / "made"
            made.mkdir()
            with register.reading() as connection:
                counts = fill(made, connection)
            made.chmod(0o777 & ~current_umask())
            put_in_place(made, folder, Path(work) / "before")
    except OSError as error:
        raise RegisterError(f"{folder}: cannot be written ({error.strerror}); check the folder and its permissions") from error
    return counts


def refuse_other(folder: Path) -> None:
    """A folder with anything but an earlier package in it is somebody's: it is left alone."""
    if folder.exists() and not folder.is_dir():
        raise RegisterError(f"{folder}: is a file; name a folder")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    ours = {DESCRIPTOR, DICTIONARY, *(p.file for p in PARTS), *(f"{p.name}.parquet" for p in PARTS if p.parquet)}
    if not (folder / DESCRIPTOR).is_file() or {path.name for path in folder.iterdir()} - ours:
        raise RegisterError(f"{folder}: holds other files; name a folder that is empty or not there yet")


def fill(folder: Path, connection: sa.Connection) -> dict[str, int]:
    """Writes every file of the package; the description comes last."""
    counts = {}
    files = []
    for part in PARTS:
        files.append(folder / part.file)
        counts[part.name] = (write_lines if part.lines else write_table)(files[-1], part, connection)
        if part.parquet:
            files.append(folder / f"{part.name}.parquet")
            write_parquet(files[-1], part, connection)
    files.append(folder / DICTIONARY)
    files[-1].write_text(dictionary(), encoding="utf-8", newline="\n")
    described = descriptor(meta.get(connection, "label"), files)
    (folder / DESCRIPTOR).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n")
    for path in folder.iterdir():
        with path.open("r+b") as stream:
            os.fsync(stream.fileno())
    return counts


def write_table(path: Path, part: Part, connection: sa.Connection) -> int:
    count = 0

    def counted() -> Iterable[dict[str, Any]]:
        nonlocal count
        for row in part.rows(connection):
            count += 1
            yield row

    with path.open("w", encoding="utf-8", newline="") as stream:
        write_csv(stream, part.columns, counted())
    return count


def write_lines(path: Path, part: Part, connection: sa.Connection) -> int:
    """One JSON object per line; JSON columns nested."""
    nested = [c.name for c in part.columns if c.dtype == "JSON"]
    count = 0
    with path.open("wb") as stream:
        for row in part.rows(connection):
            stream.write(orjson.dumps({**row, **{name: orjson.loads(row[name]) for name in nested}}) + b"\n")
            count += 1
    return count


def write_parquet(path: Path, part: Part, connection: sa.Connection) -> None:
    schema = schema_of(part.columns)
    rows = part.rows(connection)
    with pq.ParquetWriter(path, schema) as writer:
        while block := list(islice(rows, ROWS)):
            writer.write_table(pa.Table.from_pylist(block, schema))


def put_in_place(made: Path, folder: Path, before: Path) -> None:
    """Moves the new folder to its place; what was there goes aside first, and comes back if that fails."""
    if folder.exists():
        os.rename(folder, before)
    try:
        os.rename(made, folder)
    except OSError:
        if before.exists():
            os.rename(before, folder)
        raise
    if before.exists():
        shutil.rmtree(before, ignore_errors=True)
