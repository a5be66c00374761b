"""The table of deals, or of their claims: sorted, searched and paged on the server; a row opens beside it (`dashboard.pages.beside`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

import dash_ag_grid as dag
import numpy as np
import orjson
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.components.filterbar import bar
from dashboard.components.more import searched
from dashboard.data import Data
from dashboard.filters import Filters, mask, parse, view
from dashboard.grid_rows import filtered, in_order
from dashboard.pages import columns
from dashboard.pages.columns import ALWAYS, NUMBER, Shown
from dashboard.source import Source
from extractors import shown as as_words

PATH = "/deals"
PAGE = 50
# What an address of the page holds beside its filters: the row that stands open, and the columns.
OWN = ("deal", "record", "columns")


def layout(data: Data, filters: Filters, query: str = "", opened: Sequence[Any] = ()) -> list[Any]:
    """The page for a view; `opened` is what stands beside the table, where the address names a row."""
    asked = columns.asked_for(query, data)
    shown_first = asked or columns.usual(data)
    identity = open_row(query, data)
    return [
        html.H1(f"{data.noun.title()}s", className="page-title"),
        bar(filters, data, PATH),
        html.Div([search_field(filters), *columns.menu(data, asked)], className="grid-tools"),
        html.P(SORTED[data.noun], id="grid-order", className="reading", role="status"),
        html.Div(
            [
                html.Div(grid(columns.every(data), shown_first)),
                html.Div(list(opened), id="beside", className="beside"),
            ],
            id="grid-split",
            className="grid-frame split open" if identity else "grid-frame split",
        ),
        html.P(HINT[data.noun], className="reading"),
        dcc.Store(id="beside-row", data=identity),
        dcc.Store(id="beside-said"),
        dcc.Store(id="columns-usual", data=columns.usual(data)),
    ]


def open_row(query: str, data: Data) -> str | None:
    """The id of the row that an address opens beside the table (`deal=`, or of claims `record=`)."""
    return dict(parse_qsl(query)).get("record" if data.home is None else "deal")


SORTED = {
    "deal": "Sorted by Articles, highest first. A click on a heading sorts by it; with Shift, by several, one within the other.",
    "record": "Sorted by Published, newest first. A click on a heading sorts by it; with Shift, by several, one within the other.",
}
MENUS = (
    "The buyer’s name, or Ctrl with a click or Enter, leads to its whole page. The headings’ menus narrow the table further, which neither "
    "the address nor the download follows."
)
HINT = {
    "deal": f"A row opens beside the table, with every article’s claim: click it, or press Enter on it. {MENUS}",
    "record": f"A row opens beside the table, with the sentence behind it: click it, or press Enter on it. {MENUS}",
}


def search_field(filters: Filters) -> html.Label:
    """Words to look for; it is one of the bar's further controls (`dashboard.components.more`), though it stands by the table."""
    return html.Label(
        [
            "Search systems, parties, sentences and titles",
            dcc.Input(
                id={"more": "q"},
                type="search",
                value=searched(filters),
                debounce=True,
                className="text",
                autoComplete="off",
                maxLength=200,
                placeholder="Words, then Enter",
            ),
        ],
        className="grid-search",
    )


def grid(every: Sequence[Shown], chosen: Collection[str]) -> dag.AgGrid:
    defined = [definition(column) | ({} if column.field in chosen else {"hide": True}) for column in every]
    return dag.AgGrid(
        id="grid",
        columnDefs=defined,
        defaultColDef={"resizable": True, "filterParams": {"debounceMs": 400, "maxNumConditions": 1, "buttons": ["reset"]}},
        rowModelType="infinite",
        getRowId="params.data.id",
        eventListeners={"sortChanged": ["gridSorted(params)"], "modelUpdated": ["gridUpdated(params)"]},
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
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": False},
            "localeText": {
                "noRowsToShow": "Nothing matches. Clear filters above, or in the headings' menus.",
                "pageSizeSelectorLabel": "Rows:",
            },
        },
        dangerously_allow_code=False,
        className="grid",
        style={"height": "min(72vh, 900px)", "width": "100%"},
    )


def definition(column: Shown) -> dict[str, Any]:
    """A column as AG Grid takes it."""
    made: dict[str, Any] = {
        "field": column.field,
        "headerName": column.name,
        "width": column.width,
        "sortable": bool(column.kind),
    }
    if column.kind:
        made["filter"] = column.kind
    if column.kind == NUMBER:
        made["type"] = "rightAligned"
    if column.field == ALWAYS:
        made |= {"cellRenderer": "RowLink", "pinned": "left"}
    if column.field in ("published", "articles"):
        made |= {"sort": "desc"}
    if column.field == "value":
        made |= {"valueFormatter": {"function": "params.value == null ? '' : d3.format(',')(params.value)"}}
    if column.field == "quantity":
        made |= {"valueFormatter": {"function": "params.data ? params.data.quantity_words : ''"}}
    return made


def page(data: Data, rows: np.ndarray, request: Mapping[str, Any], chosen: Sequence[str] | None = None) -> dict[str, Any]:
    """The rows that a grid asks for (`startRow`, `endRow`, `sortModel`, `filterModel`) and how many there are in all.

    A row holds the chosen columns (those shown at first, without a choice).
    """
    known = {column.field: column for column in columns.every(data)}
    telling = {field for field, column in known.items() if column.kind}
    for name, model in (request.get("filterModel") or {}).items():
        if name in telling:
            rows = rows & filtered(data, name, model)
    order = [(m["colId"], m["sort"] == "desc") for m in request.get("sortModel") or () if m["colId"] in telling]
    start, end = int(request.get("startRow", 0)), int(request.get("endRow", PAGE))
    wanted = columns.with_buyer(field for field in chosen or columns.usual(data) if field in known)
    held = data.take(in_order(data, rows, order, start, end), [*dict.fromkeys([*wanted, *NEEDED[data.noun]])])
    return {"rowData": [shown(row, wanted, data.noun) for row in held.to_pylist()], "rowCount": int(np.count_nonzero(rows))}


# What a row's id and the words for its quantity are made from.
NEEDED = {
    "deal": ("deal_id", "quantity", "quantity_low", "quantity_high"),
    "record": ("record_id", "quantity", "quantity_high", "quantity_note"),
}


def shown(row: Mapping[str, Any], fields: Sequence[str], noun: str) -> dict[str, Any]:
    """A deal or record as the grid's cells."""
    cells: dict[str, Any] = {name: in_words(name, row[name]) for name in fields}
    cells["id"] = row[f"{noun}_id"]
    cells["quantity_words"] = numbers_words(row) if noun == "deal" else quantity_words(row)
    return cells


def in_words(name: str, value: Any) -> Any:
    """A cell's value; of what is kept as JSON, the part that can be said in a line."""
    if name in ("disagree", "spans"):
        return ", ".join(orjson.loads(value or "{}"))
    if name in ("why", "machine"):
        return "; ".join(f"{key}: {as_words(said)}" for key, said in orjson.loads(value or "{}").items())
    if name == "events":
        return "; ".join(stage_words(event) for event in orjson.loads(value or "[]"))
    if name == "domestic":
        return "yes" if value else ""
    return plain(value)


def stage_words(event: Mapping[str, Any]) -> str:
    """`ordered 2016 (36)`"""
    year, quantity = event.get("year"), event.get("quantity")
    return f"{event['status']}{'' if year is None else f' {year}'}{'' if quantity is None else f' ({quantity:,})'}"


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
    """Answers the grid's requests under the page's query; the choice of columns is the browser's."""
    app.clientside_callback(
        ClientsideFunction("columns", "choose"),
        Output("columns-chosen", "value"),
        Output("columns-toggle", "children"),
        Output("columns-link", "href"),
        Input("columns-chosen", "value"),
        Input("columns-reset", "n_clicks"),
        State("grid", "columnDefs"),
        State("columns-usual", "data"),
    )

    @app.callback(
        Output("grid", "getRowsResponse"),
        Input("grid", "getRowsRequest"),
        State("query", "data"),
        State("columns-chosen", "value"),
        prevent_initial_call=True,
    )
    @guarded
    def rows(request: Mapping[str, Any] | None, query: str, chosen: Sequence[str] | None) -> dict[str, Any]:
        if not request:
            return {"rowData": [], "rowCount": 0}
        filters = parse(query)[0]
        data = view(source, filters)
        return page(data, mask(filters, data), request, chosen)
