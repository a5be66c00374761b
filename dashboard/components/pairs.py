"""Rows of a comparison as a table: what the articles say of each field, and beside it what the register says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.components.filterbar import address
from dashboard.filters import Filters, counts_claims
from dashboard.pages.table import plain

ARTICLES, REGISTER, BOTH = "articles", "register", ""
Row = Mapping[Any, Any]
OPENS = "A system of the articles opens its {noun}, with every sentence behind it."
BOTH_GIVE = "Numbers and years are compared only where both sides give one."
HINTS = {
    "differs": f"What differs is marked with ≠. {OPENS} {BOTH_GIVE}",
    "matched": f"{OPENS} {BOTH_GIVE}",
    "articles": f"{OPENS} A register may lack it for other reasons than error.",
    "register": "No article of yours tells of these, or none was read so.",
}
VOLUMES = (
    "SIPRI’s trend-indicator values (TIV) are in millions and measure the volume of the weapons delivered; they are no prices."
)
AGREED = {"family": "another variant", "kind": "one side names only the kind"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field that it shows, whose side it is, and how a row's cell is written."""

    name: str
    side: str
    cell: Callable[[Row, Filters], Any]
    differs: str = ""


def number(value: Any) -> str:
    held = plain(value)
    return "" if held is None else f"{held:,}"


def our_system(row: Row, filters: Filters) -> Any:
    kind = "record" if counts_claims(filters) else "deal"
    return dcc.Link(row["system"] or "not said", href=address(f"/{kind}/{row['id']}", filters))


def register_system(row: Row, _: Filters) -> list[Any]:
    notes = [AGREED[row["by"]]] if row["by"] in AGREED else []
    notes += [f"line {number(row['row'])}", *([row["register_comment"]] if row["register_comment"] else [])]
    return [html.Span(row["register_system"]), html.Small("; ".join(notes))]


def doubt(row: Row, field: str) -> list[Any]:
    """The mark of what the register marks as uncertain."""
    if field not in row["register_uncertain"].split("; "):
        return []
    return [html.Abbr("?", title="The register marks this as uncertain")]


def register_quantity(row: Row, _: Filters) -> list[Any]:
    ordered, delivered = number(row["register_ordered"]), number(row["register_delivered"])
    parts: list[Any] = [html.Span([f"{ordered}\u00a0ordered", *doubt(row, "quantity_ordered")])] if ordered else []
    if delivered:
        parts.append(html.Span([f"{delivered}\u00a0delivered", *doubt(row, "quantity_delivered")]))
    return parts


def register_year(row: Row, _: Filters) -> list[Any]:
    ordered, delivered = plain(row["register_year"]), runs(row["register_deliveries"])
    parts: list[Any] = [html.Span([f"{ordered}", *doubt(row, "ordered_year")])] if ordered is not None else []
    if delivered:
        parts.append(html.Span([f"delivered {delivered}", *doubt(row, "delivery_years")]))
    return parts


def runs(listed: str) -> str:
    """`2091; 2092; 2093; 2095` as `2091–2093, 2095`."""
    spans: list[list[int]] = []
    for year in (int(one) for one in listed.split("; ") if one):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)


def volume(row: Row, _: Filters) -> str:
    held = plain(row["register_tiv"])
    return "" if held is None else f"{held:,.2f}".rstrip("0").rstrip(".")


def of(name: str) -> Callable[[Row, Filters], Any]:
    return lambda row, _: row[name]


def counted(name: str) -> Callable[[Row, Filters], Any]:
    return lambda row, _: number(row[name])


def year_of(row: Row, _: Filters) -> Any:
    held = plain(row["year"])
    return "" if held is None else str(held)


BUYER = Column("Buyer", BOTH, of("buyer"))
KIND = Column("Type", BOTH, of("weapon_type"))
OURS = (
    Column("System", ARTICLES, our_system),
    Column("Quantity", ARTICLES, counted("quantity"), "quantity"),
    Column("Year", ARTICLES, year_of, "year"),
    Column("Seller", ARTICLES, of("seller"), "seller"),
    Column("Status", ARTICLES, of("status")),
)
THEIRS = (
    Column("System", REGISTER, register_system),
    Column("Quantity", REGISTER, register_quantity, "quantity"),
    Column("Year", REGISTER, register_year, "year"),
    Column("Seller", REGISTER, of("register_seller"), "seller"),
    Column("Status", REGISTER, of("register_status")),
)
WHY = Column("Why the register may lack it", BOTH, of("why"))
TIV = Column("Volume (SIPRI TIV)", BOTH, volume)


def columns(found: str, *, volumes: bool) -> tuple[Column, ...]:
    """The columns of an outcome: both sides of each field beside each other, or the only side."""
    if found == "articles":
        return (BUYER, *OURS, KIND, WHY)
    tail = (TIV,) if volumes else ()
    if found == "register":
        return (BUYER, *THEIRS, KIND, *tail)
    return (BUYER, *(column for pair in zip(OURS, THEIRS, strict=True) for column in pair), *tail)


def table(rows: Iterable[Row], found: str, filters: Filters, *, volumes: bool) -> html.Div:
    """The rows of an outcome; narrow screens show each as a card of its own."""
    chosen = columns(found, volumes=volumes)
    paired = found in ("differs", "matched")
    body = [html.Tr([cell(column, row, filters, paired) for column in chosen]) for row in rows]
    made = html.Table([html.Thead(head(chosen, paired)), html.Tbody(body)], className=f"pairs{' paired' if paired else ''}")
    return html.Div(made, className="scroll card", id="pairs")


def head(chosen: Sequence[Column], paired: bool) -> list[html.Tr]:
    """One line of headings; over pairs two, with the field above its sides."""
    if not paired:
        return [html.Tr([html.Th(column.name, scope="col") for column in chosen])]
    fields = [
        html.Th(column.name, scope="colgroup", colSpan=2) if column.side else html.Th(column.name, scope="col", rowSpan=2)
        for column in chosen
        if column.side != REGISTER
    ]
    sides = [html.Th(column.side.title(), scope="col") for column in chosen if column.side]
    return [html.Tr(fields), html.Tr(sides)]


def cell(column: Column, row: Row, filters: Filters, paired: bool) -> Any:
    """One cell, with its heading for narrow screens and a mark where the sides differ."""
    shown = column.cell(row, filters)
    apart = paired and column.differs and column.differs in row["differs"].split("; ")
    if apart and column.side == REGISTER:
        shown = [html.Span("≠\u00a0", title="differs", className="unequal"), *(shown if isinstance(shown, list) else [shown])]
    if not shown:
        shown = html.Span("not said" if column.side else "", className="quiet")
    label = f"{column.name}, {column.side}" if paired and column.side else column.name
    names = " ".join(name for name in (column.side, "apart" if apart else "") if name)
    if column is BUYER:
        return html.Th(shown, scope="row", **{"data-label": label})
    return html.Td(shown, className=names or None, **{"data-label": label})
