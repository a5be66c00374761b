"""Brings a package back into an empty register: every table as it was, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from extractors.records.deal_claims import block_of
from extractors.records.package.cells import BadCell, read_csv
from extractors.records.package.contents import DESCRIPTOR, PARTS, Part
from extractors.records.package.describe import digest
from extractors.records.register import Register
from extractors.records.store import meta, stale
from extractors.records.store.articles import article_of, values_of
from extractors.records.store.batches import batches
from extractors.records.store.place import RegisterError
from extractors.records.store.schema import SCHEMA_VERSION
from extractors.records.store.tables import ARTICLES
from extractors.records.store.together import storable


def read_package(register: Register, folder: Path) -> dict[str, int]:
    """Fills an empty register; gives the rows by part. Raises `RegisterError` and then leaves the register empty."""
    described = checked(folder)
    counts: dict[str, int] = {}
    try:
        with register.writing() as connection:
            if held := filled(connection):
                raise RegisterError(
                    f"{register.place}: holds {held} already; import into a register that is empty or not there yet"
                )
            for part in PARTS:
                counts[part.name] = 0
                for block in batches(placed(register, part, folder)):
                    try:
                        connection.execute(part.table.insert(), block)
                    except sa.exc.IntegrityError as error:
                        raise BadCell(f"{part.file}: a row has no id, or one that another has") from error
                    counts[part.name] += len(block)
            stale.mark_unlinked(connection)
            if label := str(described["label"]):
                meta.put(connection, "label", label)
            meta.count_change(connection)
    except BadCell as error:
        raise RegisterError(f"{folder}: cannot be read: {error}") from error
    except OSError as error:
        raise RegisterError(f"{folder}: cannot be read ({error.strerror}); check the folder and its permissions") from error
    return counts


def filled(connection: sa.Connection) -> str:
    """What an import would mix with: a part that has rows, in words."""
    for part in PARTS:
        count = connection.execute(sa.select(sa.func.count()).select_from(part.table)).scalar_one()
        if count:
            return f"{count} {part.name.replace('_', ' ')}"
    return ""


def checked(folder: Path) -> dict[str, Any]:
    """What the package says of its register, when its files are as they were written. Raises `RegisterError`."""
    path = folder / DESCRIPTOR
    try:
        described = orjson.loads(path.read_bytes())
        about: dict[str, Any] = {"schema": int(described["register"]["schema"]), "label": described["register"]["label"]}
        hashes = {resource["path"]: resource["hash"] for resource in described["resources"]}
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read ({error.strerror}); name a folder that `export` wrote") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RegisterError(f"{path}: is no description of an exported register") from error
    if about["schema"] > SCHEMA_VERSION:
        raise RegisterError(
            f"{folder}: was made by a newer version of this program (schema {about['schema']}); update the program"
        )
    for part in PARTS:
        file = folder / part.file
        if part.file not in hashes or not file.is_file():
            raise RegisterError(f"{file}: is missing; export the register again")
        if hashes[part.file] != f"sha256:{digest(file)}":
            raise RegisterError(f"{file}: is not as it was exported; copy or export it again")
    return about


def placed(register: Register, part: Part, folder: Path) -> Iterator[dict[str, Any]]:
    """A part's rows as the tables want them: records with their place in the article, articles that the database can hold."""
    places: Counter[str] = Counter()
    for row in read_lines(folder / part.file, part) if part.lines else read_csv(folder / part.file, part.columns):
        if part.table is ARTICLES:
            storable(register.place, article_of(row))
            if values_of(article_of(row))["sha256"] != row["sha256"]:
                raise BadCell(f"{part.file}: the text of {row['id']} is not the one that its sha256 was made of")
        if part.name == "records":
            row["position"] = places[row["article_id"]]
            row["block"] = block_of(row)
            places[row["article_id"]] += 1
        yield row


def read_lines(path: Path, part: Part) -> Iterator[dict[str, Any]]:
    """JSON Lines; JSON columns become compact text again."""
    nested = [c.name for c in part.columns if c.dtype == "JSON"]
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                row = orjson.loads(line)
                yield {c.name: orjson.dumps(row[c.name]).decode() if c.name in nested else row[c.name] for c in part.columns}
            except (ValueError, KeyError, TypeError) as error:
                raise BadCell(f"{path.name}, line {number}: is not a {part.name.removesuffix('s')}") from error
