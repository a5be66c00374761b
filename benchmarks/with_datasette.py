"""Datasette over the same claims, with the same filters and with facets over the same columns.

python -m benchmarks.with_datasette REGISTER QUERIES

It is asked through its own client in the same process, as the dashboard is through Flask's. In its favour: the claims are in a table of
their own with no more columns than a page shows, every column that is asked for or counted has an index, the statistics of the indexes
are gathered, suggestions of further facets are off. Its limits of time are raised so far that it counts to the end. It does less than
the dashboard: facets are counted under all filters (the dashboard counts each control under the others), and it draws no chart.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette

from benchmarks.timing import clocked
from benchmarks.walk import WIDE
from dashboard.filters import LEFT_OUT, parse, year_range
from extractors import regions

COLUMNS = {"buyer": "buyer_iso3", "seller": "seller_iso3", "type": "weapon_type", "system": "system_id", "status": "status"}
FACETS = ("buyer_iso3", "seller_iso3", "weapon_type", "system_id", "status", "year")
SHOWN = ("record_id", *FACETS, "buyer", "seller", "system", "quantity", "article_id", "source", "published")
HOUR = 3_600_000
SETTINGS = {"facet_time_limit_ms": HOUR, "sql_time_limit_ms": HOUR, "suggest_facets": False, "max_returned_rows": 1_000}


def build(register: Path, path: Path) -> None:
    """Copies the claims into a file of their own, with indexes."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("attach ? as register", (str(register),))
        connection.execute(f"create table claims as select {', '.join(SHOWN)} from register.records")
        for column in (*FACETS, "published"):
            connection.execute(f"create index claims_{column} on claims ({column})")
        connection.commit()
        connection.execute("analyze")
        connection.commit()
    finally:
        connection.close()


def address(query: str) -> str:
    """The address of a query of ours among Datasette's."""
    filters, asked = parse(query)[0], [("_facet", column) for column in FACETS]
    asked += [("_facet_size", "max"), ("_size", "8"), ("_sort_desc", "published")]
    asked += [(f"{column}__in", ",".join(filters.kept[key])) for key, column in COLUMNS.items() if key in filters.kept]
    for side in ("buyer", "seller"):
        if wanted := set(filters.kept.get(f"{side}_region", ())):
            asked.append((f"{side}_iso3__in", ",".join(state for state, held in regions().items() if wanted & set(held))))
    for span in filters.kept.get("year", ()):
        first, last = year_range(span) or (0, 0)
        asked += [("year__gte", str(first)), ("year__lte", str(last))]
    if "status" not in filters.kept:
        asked.append(("status__notin", ",".join(LEFT_OUT)))
    return f"/made-up/claims.json?{urlencode(asked)}"


def measure(register: Path, queries: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.db"
        build(register, path)
        served = Datasette([str(path)], settings=SETTINGS)
        counts: list[int] = []

        async def ask(query: str) -> None:
            answer = await served.client.get(address(query))
            told = answer.json()
            if answer.status_code != 200 or len(told["facet_results"]) != len(FACETS):
                raise RuntimeError(f"Datasette did not count: {answer.status_code} {told.get('error')}")
            counts.append(told["filtered_table_rows_count"])

        with asyncio.Runner() as runner:
            runner.run(ask("type=aircraft&buyer=none"))
            times, wide = (clocked(lambda query: runner.run(ask(query)), some) for some in (queries, WIDE))
        return {"claims": times, "claims wide": wide, "counts": counts[1:]}


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))), sys.stdout)
