"""The package's description of itself: `datapackage.json` (Frictionless Data Package) and the data dictionary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractors.model import Column
from extractors.records.package.contents import PARTS, Part
from extractors.records.store.schema import SCHEMA_VERSION

TYPES = {
    "string": "string", "category": "string", "JSON": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean", "date": "date",
}  # fmt: skip
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "jsonl": "application/jsonl", "md": "text/markdown"}
HEAD = """# Data dictionary

One table per file. Text cells hold what was read, unchanged: empty text and no text are the same, and an empty cell of another type
means that nothing is known. Columns of type JSON hold compact JSON text. The CSV files are UTF-8 and hold cells as they are: a
spreadsheet may take one that begins with `=` for a formula.
"""


def dictionary(parts: Sequence[Part] = PARTS) -> str:
    """Every column of every table, in words."""
    return HEAD + "".join(f"\n## {part.file}\n\n{part.title}.\n\n{table(part.columns)}" for part in parts)


def table(columns: Sequence[Column]) -> str:
    lines = [f"| `{c.name}` | {c.dtype} | {c.description.replace('|', '/')} |\n" for c in columns]
    return "| column | type | meaning |\n|---|---|---|\n" + "".join(lines)


def descriptor(label: str, files: Iterable[Path], parts: Sequence[Part] = PARTS) -> dict[str, Any]:
    """The package over files that are written; `register` is what reading it back needs to know."""
    by_name = {part.file: part for part in parts}
    return {
        "name": "arms-transfers-register",
        "title": "Arms transfers read from news articles by rules" + (f" ({label})" if label else ""),
        "register": {"schema": SCHEMA_VERSION, "label": label},
        "resources": [resource(path, by_name.get(path.name)) for path in files],
    }


def resource(path: Path, part: Part | None) -> dict[str, Any]:
    kind = path.suffix.removeprefix(".")
    tabular = part is not None and kind == "csv"
    return {
        "name": path.stem if tabular else f"{path.stem}-{kind}",
        "type": "table" if tabular else "file",
        "path": path.name,
        "scheme": "file",
        "format": kind,
        "mediatype": MEDIA[kind],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest(path)}",
        **({"title": part.title, "profile": "tabular-data-resource", "schema": schema(part)} if part and tabular else {}),
    }


def schema(part: Part) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for column in part.columns:
        field: dict[str, Any] = {"name": column.name, "type": TYPES[column.dtype], "description": column.description}
        if column.name == part.key:
            field["constraints"] = {"required": True, "unique": True}
        fields.append(field)
    ties = [{"fields": [own], "reference": {"resource": other, "fields": [its]}} for own, other, its in part.ties]
    return {"fields": fields, "missingValues": [""], "primaryKey": [part.key], **({"foreignKeys": ties} if ties else {})}


def digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
