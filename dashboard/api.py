"""The pages' queries as read-only JSON addresses under `/api/`: deals, records, one of either, and counts.

Rows are those of the downloads: same columns, same values. Whatever cannot be answered is said in JSON, with the remedy.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from flask import Flask, Response, request

from dashboard import downloads, openapi
from dashboard.asking import HELP, Refused, limit, offset, order, understood
from dashboard.batches import blocks_of, columns_of, schema_of
from dashboard.data import NO_YEAR, UNKNOWN, Data
from dashboard.filters import KEYS, Filters, mask, reads_machine, view
from dashboard.formats import plain_rows
from dashboard.source import Held, RegisterError, Source
from extractors import Column

# The keys of a filter that say what is counted: the address of a table says that by itself.
ROW_FILTERS = tuple(key for key in KEYS if key != "unit")
LIST = ("sort", "limit", "offset")
WRITING = ["POST", "PUT", "PATCH", "DELETE"]


def add_routes(server: Flask, source: Source) -> None:
    """Serves every address under `/api/` but the page `/api` itself."""
    for unit in downloads.UNITS:
        server.add_url_rule(f"/api/{unit}", f"api_{unit}", said(functools.partial(listed, source, unit)))
        server.add_url_rule(f"/api/{unit}/<path:identity>", f"api_{unit}_one", said(functools.partial(one, source, unit)))
    server.add_url_rule("/api/counts", "api_counts", said(functools.partial(counts, source)))
    server.add_url_rule("/api/openapi.json", "api_description", said(openapi.description))
    server.add_url_rule("/api/<path:rest>", "api_nothing", said(nothing))
    server.add_url_rule("/api/<path:rest>", "api_reads_only", said(reads_only), methods=WRITING)


def said(answer: Callable[..., dict[str, Any]]) -> Callable[..., Response]:
    """The answer as JSON, and what went wrong likewise."""

    def told(**arguments: str) -> Response:
        try:
            body = answer(**arguments)
        except Refused as error:
            made = json({"error": {"status": error.status, "what": error.what, "remedy": error.remedy}}, error.status)
            if error.status == 405:
                made.headers["Allow"] = "GET, HEAD"
            return made
        except RegisterError as error:
            what, _, remedy = str(error).partition("; ")
            return json(
                {"error": {"status": 503, "what": what, "remedy": remedy or "Ask again when the register can be read."}}, 503
            )
        made = json(body)
        if body.get("next"):
            made.headers["Link"] = f'<{body["next"]}>; rel="next"'
        return made

    return told


def json(body: dict[str, Any], status: int = 200) -> Response:
    made = Response(orjson.dumps(body), status, content_type="application/json")
    made.headers["Cache-Control"] = "no-cache"
    if status == 200:
        made.add_etag(weak=True)
        made.make_conditional(request)
    return made


def nothing(rest: str) -> dict[str, Any]:
    raise Refused(404, f"Nothing is served at /api/{rest}.", HELP)


def reads_only(rest: str) -> dict[str, Any]:
    raise Refused(405, f"{request.method} changes nothing at /api/{rest}.", "Use GET: these addresses only read.")


def register_of(data: Data) -> dict[str, str]:
    """Which register answered, and in which state: pages of one list that differ in it do not fit together."""
    return {"label": data.label, "version": data.version}


def listed(source: Source, unit: str) -> dict[str, Any]:
    """`/api/deals` and `/api/records`."""
    asked = understood(downloads.asked(), own=LIST, filters=ROW_FILTERS)
    many, start = limit(asked.own), offset(asked.own)
    data = of_unit(source, unit, asked.filters)
    columns = columns_of(data)
    keys = order(asked.own, columns)
    rows = mask(asked.filters, data)
    total = int(np.count_nonzero(rows))
    places = in_order(data, rows, keys)[start : start + many]
    end = start + len(places)
    return {
        "total": total,
        "limit": many,
        "offset": start,
        "next": following(unit, asked.filters, asked.own, many, end) if len(places) and end < total else None,
        "filters": asked.filters.query(),
        "register": register_of(data),
        "rows": rows_of(data, places),
    }


def of_unit(source: Source, unit: str, filters: Filters) -> Data:
    machine = reads_machine(filters)
    return source.deals(machine=machine) if unit == "deals" else source.data(machine=machine)


def following(unit: str, filters: Filters, own: dict[str, str], many: int, end: int) -> str:
    """The address of the next page."""
    parts = [
        filters.query(),
        f"sort={quote(own['sort'], safe=',-')}" if own.get("sort") else "",
        f"limit={many}",
        f"offset={end}",
    ]
    return f"/api/{unit}?" + "&".join(part for part in parts if part)


def rows_of(data: Data, places: np.ndarray) -> list[dict[str, Any]]:
    columns = columns_of(data)
    return [row for batch in blocks_of(data, places) for row in plain_rows(batch, columns)]


def in_order(data: Data, rows: np.ndarray, keys: Sequence[tuple[Column, bool]]) -> np.ndarray:
    """The places under a mask in the order asked for: text without regard to case, what is missing last, ties as they stand."""
    places = np.flatnonzero(rows)
    if not keys or not len(places):
        return places
    columns = [column for column, _ in keys]
    table = pa.Table.from_batches(blocks_of(data, places, columns), schema_of(columns))
    made = pa.table(
        [sortable(array) for array in table.columns] + [pa.array(np.arange(len(places)))], names=[*table.column_names, "place"]
    )
    by = [(column.name, "descending" if down else "ascending", "at_end") for column, down in keys]
    return places[pc.sort_indices(made, sort_keys=[*by, ("place", "ascending", "at_end")]).to_numpy()]


def sortable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_string(column.type):
        return column
    text = pc.utf8_lower(column)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def one(source: Source, unit: str, identity: str) -> dict[str, Any]:
    """`/api/deals/ID`, also by an id that a merge used up, and `/api/records/ID`."""
    asked = understood(downloads.asked(), own=(), filters=("reading",))
    held = source.held()
    deals = held.machine if reads_machine(asked.filters) else held.reviewed
    found = deal(deals, held, identity) if unit == "deals" else record(deals, identity)
    if found is None:
        remedy = f"Ask /api/{unit} for those there are; one that somebody rejected is there with reading=machine."
        raise Refused(404, f"The register holds no {unit[:-1]} with the id “{identity}”.", remedy)
    return {**found, "register": register_of(deals)}


def deal(deals: Data, held: Held, identity: str) -> dict[str, Any] | None:
    place = deals.find(identity)
    place = deals.find(held.current(identity)) if place is None else place
    if place is None or deals.claims is None:
        return None
    (row,) = rows_of(deals, np.array([place]))
    claims = [one["record_id"] for one in deals.claims.rows(deals.claims_of(place))]
    links = {
        "self": f"/api/deals/{quote(row['deal_id'], safe='')}",
        "page": f"/deal/{quote(row['deal_id'], safe='')}",
        "records": [f"/api/records/{quote(claim, safe='')}" for claim in claims],
    }
    return {"deal": row, "records": claims, "links": links}


def record(deals: Data, identity: str) -> dict[str, Any] | None:
    place = None if deals.claims is None else deals.claims.find(identity)
    if place is None or deals.claims is None or deals.home is None:
        return None
    (row,) = rows_of(deals.claims, np.array([place]))
    (home,) = deals.rows([int(deals.home[place])])
    links = {
        "self": f"/api/records/{quote(identity, safe='')}",
        "page": f"/record/{quote(identity, safe='')}",
        "article": f"/article/{quote(row['article_id'], safe='')}",
        "deal": f"/api/deals/{quote(home['deal_id'], safe='')}",
    }
    return {"record": row, "deal": home["deal_id"], "links": links}


def counts(source: Source) -> dict[str, Any]:
    """`/api/counts?by=buyer`: how many deals (`unit=claims`: records) each value has, most first; years in their order."""
    asked = understood(downloads.asked(), own=("by",))
    by = asked.own.get("by", "")
    if by not in openapi.BY:
        what = f"“{by}” is nothing to count by." if by else "What to count by is missing."
        raise Refused(400, what, f"Give by=, one of: {', '.join(openapi.BY)}.")
    data = view(source, asked.filters)
    rows = mask(asked.filters, data)
    found = by_year(data, rows) if by == "year" else by_facet(data, rows, by)
    return {
        "by": by,
        "unit": f"{data.noun}s",
        "total": int(np.count_nonzero(rows)),
        "filters": asked.filters.query(),
        "register": register_of(data),
        "counts": found,
    }


def by_facet(data: Data, rows: np.ndarray, by: str) -> list[dict[str, Any]]:
    facet = data.facets[by]
    found = [
        {"key": key, "name": name, "count": int(count)}
        for key, name, count in zip(facet.keys, facet.names, facet.counts(rows), strict=True)
        if count
    ]
    return sorted(found, key=lambda one: (-one["count"], one["name"]))


def by_year(data: Data, rows: np.ndarray) -> list[dict[str, Any]]:
    counted = np.bincount(data.years[rows])
    found = [
        {"key": str(year), "name": str(year), "count": int(counted[year])} for year in np.flatnonzero(counted) if year != NO_YEAR
    ]
    unknown = int(counted[NO_YEAR]) if len(counted) else 0
    return [*found, {"key": UNKNOWN, "name": "Unknown", "count": unknown}] if unknown else found
