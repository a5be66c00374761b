"""The table of deals, or of their claims: sorted, searched and paged on the server; a row opens its deal or record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
import numpy as np
import orjson
import pandas as pd
import pyarrow.compute as pc
from dash import Dash, Input, Output, State, html

from dashboard.components.filterbar import bar
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse, view
from dashboard.source import Source

PATH = "/deals"
PAGE = 50
TEXT, NUMBER = "agTextColumnFilter", "agNumberColumnFilter"
Columns = tuple[tuple[str, str, int, str], ...]
DEALS: Columns = (
    ("buyer", "Buyer", 150, TEXT),
    ("system", "System", 170, TEXT),
    ("quantity", "Quantity", 130, NUMBER),
    ("year", "Year", 100, NUMBER),
    ("seller", "Seller", 140, TEXT),
    ("weapon_type", "Type", 140, TEXT),
    ("status", "Status", 115, TEXT),
    ("articles", "Articles", 130, NUMBER),
    ("disagree", "Disagree on", 160, TEXT),
    ("quantity_delivered", "Delivered", 135, NUMBER),
    ("deal_type", "Kind", 100, TEXT),
    ("value", "Value", 140, NUMBER),
    ("currency", "Currency", 125, TEXT),
    ("confidence", "Confidence", 130, NUMBER),
)
CLAIMS: Columns = (
    ("buyer", "Buyer", 150, TEXT),
    ("system", "System", 170, TEXT),
    ("quantity", "Quantity", 130, NUMBER),
    ("year", "Year", 100, NUMBER),
    ("seller", "Seller", 140, TEXT),
    ("weapon_type", "Type", 140, TEXT),
    ("status", "Status", 115, TEXT),
    ("deal_type", "Kind", 100, TEXT),
    ("value", "Value", 140, NUMBER),
    ("currency", "Currency", 125, TEXT),
    ("published", "Published", 130, TEXT),
    ("source", "Source", 150, TEXT),
    ("evidence", "Sentence", 420, TEXT),
)


def layout(data: Data, filters: Filters) -> list[Any]:
    """The page for a view."""
    return [
        html.H1(f"{data.noun.title()}s", className="page-title"),
        bar(filters, data, PATH),
        html.Div(grid(columns_of(data)), className="grid-frame"),
        html.P(HINT[data.noun], className="reading"),
    ]


MENUS = "Headings sort; their menus narrow the table further, which neither the address nor the download follows."
HINT = {
    "deal": f"A row opens its deal, with every article’s claim: click it, or press Enter on it. {MENUS}",
    "record": f"A row opens its record, with the sentence behind it: click it, or press Enter on it. {MENUS}",
}


def columns_of(data: Data) -> Columns:
    return CLAIMS if data.home is None else DEALS


def grid(shown_columns: Columns) -> dag.AgGrid:
    columns = [
        {
            "field": field,
            "headerName": name,
            "width": width,
            "filter": kind,
            "sortable": True,
            "type": "rightAligned" if kind == NUMBER else None,
        }
        for field, name, width, kind in shown_columns
    ]
    for column in columns:
        if column["field"] == "buyer":
            column |= {"cellRenderer": "RowLink", "pinned": "left"}
        if column["field"] in ("published", "articles"):
            column |= {"sort": "desc"}
        if column["field"] == "value":
            column |= {"valueFormatter": {"function": "params.value == null ? '' : d3.format(',')(params.value)"}}
        if column["field"] == "quantity":
            column |= {"valueFormatter": {"function": "params.data ? params.data.quantity_words : ''"}}
    return dag.AgGrid(
        id="grid",
        columnDefs=[{k: v for k, v in column.items() if v is not None} for column in columns],
        defaultColDef={"resizable": True, "filterParams": {"debounceMs": 400, "maxNumConditions": 1, "buttons": ["reset"]}},
        rowModelType="infinite",
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {
                "function": "themeQuartz.withParams({browserColorScheme: 'inherit', fontFamily: 'inherit', backgroundColor: 'var(--card)', foregroundColor: 'var(--text)', borderColor: 'var(--line)', accentColor: 'var(--accent)', headerBackgroundColor: 'var(--page)'})"
            },
            "pagination": True,
            "paginationPageSize": PAGE,
            "paginationPageSizeSelector": [20, 50, 100],
            "cacheBlockSize": 100,
            "maxBlocksInCache": 20,
            "enableCellTextSelection": True,
            "localeText": {
                "noRowsToShow": "Nothing matches. Clear filters above, or in the headings' menus.",
                "pageSizeSelectorLabel": "Rows:",
            },
        },
        dangerously_allow_code=False,
        className="grid",
        style={"height": "min(72vh, 900px)", "width": "100%"},
    )


def page(data: Data, rows: np.ndarray, request: Mapping[str, Any]) -> dict[str, Any]:
    """The rows that a grid asks for (`startRow`, `endRow`, `sortModel`, `filterModel`) and how many there are in all."""
    columns = columns_of(data)
    names = {name for name, *_ in columns}
    for name, model in (request.get("filterModel") or {}).items():
        if name in names:
            rows = rows & narrowed(data, name, model)
    order = [(m["colId"], m["sort"] == "desc") for m in request.get("sortModel") or () if m["colId"] in names]
    start, end = int(request.get("startRow", 0)), int(request.get("endRow", PAGE))
    places = in_order(data, rows, order)
    return {"rowData": [shown(row, columns) for row in data.rows(places[start:end])], "rowCount": len(places)}


def in_order(data: Data, rows: np.ndarray, order: Sequence[tuple[str, bool]]) -> np.ndarray:
    """The places under the mask sorted by columns (name, and whether downwards), the first of them first; equal ones keep their order,
    and what has no value comes last either way."""
    if not order:
        return np.flatnonzero(rows)
    if len(order) == 1:
        places = data.sorted(*order[0])
        found: np.ndarray = places[rows[places]]
        return found
    chosen = np.flatnonzero(rows)
    return chosen[np.lexsort([data.keys(name, down)[chosen] for name, down in reversed(order)])]


def narrowed(data: Data, name: str, model: Mapping[str, Any]) -> np.ndarray:
    """A mask of the rows that one column's filter of AG Grid's community edition keeps: text or number, one condition."""
    kind, value = str(model.get("type")), model.get("filter")
    if kind in ("blank", "notBlank"):
        missing = data.levels(name) < 0
        return missing if kind == "blank" else ~missing
    if model.get("filterType") == "number":
        number, other = float(value or 0), float(model.get("filterTo") or 0)
        held = data.numbers(name)
        tests = {
            "equals": held == number,
            "notEqual": (held != number) & ~np.isnan(held),
            "lessThan": held < number,
            "lessThanOrEqual": held <= number,
            "greaterThan": held > number,
            "greaterThanOrEqual": held >= number,
            "inRange": (held >= number) & (held <= other),
        }
        return tests.get(kind, ~np.isnan(held))
    coded, wanted = data.coded(name), str(value or "").lower()
    text = pc.utf8_lower(coded.values)
    tested = {
        "equals": lambda: pc.equal(text, wanted),
        "notEqual": lambda: pc.not_equal(text, wanted),
        "startsWith": lambda: pc.starts_with(text, wanted),
        "endsWith": lambda: pc.ends_with(text, wanted),
        "notContains": lambda: pc.invert(pc.match_substring(text, wanted)),
    }.get(kind, lambda: pc.match_substring(text, wanted))()
    return coded.rows(tested.to_numpy(zero_copy_only=False))


def shown(row: Mapping[Any, Any], columns: Columns) -> dict[str, Any]:
    """A deal or record as the grid's cells."""
    cells: dict[str, Any] = {name: plain(row[name]) for name, *_ in columns}
    cells["id"] = row["deal_id"] if "record_id" not in row else row["record_id"]
    cells["quantity_words"] = numbers_words(row) if "record_id" not in row else quantity_words(row)
    if "disagree" in cells:
        cells["disagree"] = ", ".join(orjson.loads(cells["disagree"] or "{}"))
    return cells


def numbers_words(row: Mapping[Any, Any]) -> str:
    """`36`, or `36 (24–36)` where articles tell of other numbers; empty where none does."""
    told, low, high = plain(row["quantity"]), plain(row["quantity_low"]), plain(row["quantity_high"])
    if told is None:
        return ""
    return f"{told:,} ({low:,}–{high:,})" if low is not None and high is not None and low != high else f"{told:,}"


def plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def quantity_words(row: Mapping[Any, Any]) -> str:
    """`450+`, `about 30`, `20–30`, `some`: the quantity as the article bounds it; empty where it names none."""
    low, high, note = plain(row["quantity"]), plain(row["quantity_high"]), row["quantity_note"]
    if low is None:
        return "some" if note == "vague" else ""
    if note == "range" and high is not None and high != low:
        return f"{low:,}–{high:,}"
    return {"at least": f"{low:,}+", "at most": f"up to {low:,}", "about": f"about {low:,}"}.get(note, f"{low:,}")


def register(app: Dash, source: Source, guarded: Callable[..., Any]) -> None:
    """Answers the grid's requests under the page's query."""

    @app.callback(
        Output("grid", "getRowsResponse"), Input("grid", "getRowsRequest"), State("query", "data"), prevent_initial_call=True
    )
    @guarded
    def rows(request: Mapping[str, Any] | None, query: str) -> dict[str, Any]:
        if not request:
            return {"rowData": [], "rowCount": 0}
        filters = parse(query)[0]
        data = view(source, filters)
        return page(data, mask(filters, data), request)
