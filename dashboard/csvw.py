"""What a download is, beside it: CSV on the Web metadata (W3C Recommendation of 2015) for `deals.csv`, `records.csv`
and the files of charts.

A reader that knows CSVW finds it under the file's name and `-metadata.json`, or by the Link header of the CSV's own answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow.compute as pc

from dashboard.batches import blocks_of, columns_of
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse, reads_machine
from extractors import COLUMNS, DEAL_TYPES, STATUSES, WEAPON_TYPES, Column

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
RIGHTS = (
    "The rows are facts that rules extracted from articles which the owner of this register supplied; they may be wrong, and the sentence "
    "behind each shows what was read. Titles, sentences and other words of the articles stay their publishers': quote them only as "
    "far as the law or their terms allow."
)
DATATYPES: Mapping[str, Any] = {
    "string": "string",
    "category": "string",
    "JSON": "json",
    "Int64": "integer",
    "Float64": "double",
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}
CLOSED = {"weapon_type": WEAPON_TYPES, "status": STATUSES, "deal_type": DEAL_TYPES}
RULES = tuple(column for column in COLUMNS if column.name == "rules_version")


def facts(data: Data, query: str, now: datetime | None = None) -> dict[str, str]:
    """What there is to say of a download, as texts by name; every format carries them in its own way."""
    filters, ignored = parse(query)
    rows = mask(filters, data)
    return {
        "title": f"{data.noun.title()}s of arms transfers, read from news articles by rules",
        "register": data.label,
        "register version": data.version,
        "rules version": ", ".join(rules_versions(data, rows)),
        "reading": "as the machine read them" if reads_machine(filters) else "as people corrected them, where they did",
        "filters": filters.without("unit").query(),
        "filters in words": words(filters.without("unit")),
        "ignored": " ".join(ignored),
        "rows": str(int(np.count_nonzero(rows))),
        "created": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        "rights": RIGHTS,
    }


def rules_versions(data: Data, rows: np.ndarray) -> list[str]:
    """The versions of the rules that made the records behind these rows."""
    found: set[str] = set()
    for batch in blocks_of(data.claims or data, data.claim_rows(rows), RULES):
        found.update(pc.unique(batch.column(0)).to_pylist())
    return sorted(found - {""})


def words(filters: Filters) -> str:
    """`buyer is EGY or ISR; status is not planned`, or that there is none."""
    kept = [f"{key} is {' or '.join(values)}" for key, values in filters.kept.items()]
    dropped = [f"{key} is not {' or '.join(values)}" for key, values in filters.dropped.items()]
    return "; ".join((*kept, *dropped)) or "none: every row"


def metadata(data: Data, query: str, url: str, *, raw: bool, now: datetime | None = None) -> dict[str, Any]:
    """The description of the CSV at `url` (absolute, or relative to the description itself)."""
    told = facts(data, query, now)
    key = "record_id" if data.home is None else "deal_id"
    return document(told, url, f"One row for each {data.noun}", columns_of(data), raw=raw, key=key)


def document(
    told: Mapping[str, str], url: str, description: str, columns: Iterable[Column], *, raw: bool, key: str = ""
) -> dict[str, Any]:
    """The description of a CSV of which `told` are the `facts`; `key` is the column that tells rows apart, if one does."""
    cells = (
        "Cells are as they were read." if raw else "Text that a spreadsheet would run as a formula has an apostrophe before it."
    )
    return {
        "@context": CONTEXT,
        "@type": "Table",
        "url": url,
        "dc:title": told["title"],
        "dc:description": f"{description}, filtered by: {told['filters in words']}. {cells} An empty cell: not known.",
        "dc:created": {"@value": told["created"], "@type": "xsd:dateTime"},
        "dc:rights": told["rights"],
        "schema:version": told["register version"],
        "schema:additionalProperty": [
            {"@type": "schema:PropertyValue", "schema:name": name, "schema:value": text}
            for name, text in told.items()
            if text and name not in ("title", "created", "rights")
        ],
        "dialect": {
            "@type": "Dialect",
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n", "\n"],
        },
        "tableSchema": {
            "@type": "Schema",
            **({"primaryKey": key} if key else {}),
            "columns": [described(column) for column in columns],
        },
    }


def described(column: Column) -> dict[str, Any]:
    """One column, headed by its title; its name may hold no blank. Values of a closed list are a pattern, for CSVW has no other word for such a list."""
    kind = DATATYPES[column.dtype]
    if column.name in CLOSED:
        kind = {"base": "string", "format": f"^({'|'.join(CLOSED[column.name])})$"}
    return {
        "@type": "Column",
        "name": re.sub(r"\W", "_", column.name, flags=re.ASCII),
        "titles": column.name,
        "datatype": kind,
        "dc:description": column.description,
        **({"required": True} if column.name in ("record_id", "deal_id") else {}),
    }
