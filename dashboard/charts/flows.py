"""Who sells to whom, as bands, as a matrix and as arcs on the map: the same numbers, of all years in view or of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import aggregate, figures
from dashboard.aggregate import OTHERS, Grid
from dashboard.charts import readings
from dashboard.charts.model import OWN, Chart, Column, Heatmap, Table, View, view_of
from dashboard.data import NO_YEAR, UNKNOWN
from dashboard.filters import AT

SIDES = ("seller", "buyer")


@dataclass(frozen=True, slots=True)
class Flows:
    """What is drawn: `grid` of the year `at` (0: of all), `whole` of all years, the names of its keys, and the view behind it."""

    grid: Grid
    whole: Grid
    names: Mapping[str, str]
    at: int
    behind: View


def years_in(view: View) -> range:
    """The years of a view, without gaps; none where no row has one."""
    found = [int(year) for year in view.ranked("year").keys if year != UNKNOWN]
    return range(min(found), max(found) + 1) if found else range(0)


def flows_of(view: View) -> Flows:
    """Who is shown is settled over all years in view, so that the same names stand in every year of a play-through."""
    top = int(view.chosen("top"))
    sellers, buyers = (view.leading(side, top) for side in SIDES)
    whole = aggregate.pairs(view.tally, sellers, buyers)
    names = {key: view.data.facets[side].name(key) for side, keys in zip(SIDES, (sellers, buyers), strict=True) for key in keys}
    names |= {OTHERS: "Others", UNKNOWN: "Unknown"}
    asked = int(view.filters.kept.get(AT, ("0",))[0])
    at = asked if asked in years_in(view) else NO_YEAR
    behind = of_year(view, at)
    return Flows(aggregate.pairs(behind.tally, sellers, buyers) if at else whole, whole, names, at, behind)


def of_year(view: View, at: int) -> View:
    """The view of one of its years, under the address that filters by it; without what changes no count."""
    filters = view.filters
    for key in (AT, "show", "top"):
        filters = filters.without(key)
    return view_of(view.data, filters.keeping("year", (str(at),)) if at else filters)


def chart(
    view: View, found: Flows, name: str, figure: figures.Figure, *, note: str = "", heatmap: Heatmap | None = None
) -> Chart:
    """What the three drawings share; arcs draw only what has a place on the map."""
    word, every, about = view.word, found.grid.cells(), view.about()
    cells = figures.drawable(every) if name == "arcs" else every
    undated = view.ranked("year").count(UNKNOWN)
    columns = (
        Column("seller", "Seller"),
        Column("seller_code", "Seller’s code"),
        Column("buyer", "Buyer"),
        Column("buyer_code", "Buyer’s code"),
        Column(f"{word}s", f"{word.title()}s", number=True),
    )
    year = (("year", str(found.at)),) if found.at else ()
    return Chart(
        name=name,
        title=f"{word.title()}s{about}{',' if about else ''} from seller to buyer{f', {found.at}' if found.at else ''}",
        reading=readings.of_flows(every, found.names, word, at=found.at, undated=undated),
        figure=figure,
        table=Table(
            columns,
            tuple((found.names[s], code(s), found.names[b], code(b), n) for s, b, n in cells),
            tuple((*(pair for pair in zip(SIDES, (s, b), strict=True) if pair[1] != OTHERS), *year) for s, b, _ in cells),
        ),
        click=SIDES if name == "arcs" else OWN,
        note=note,
        heatmap=heatmap,
        behind=found.behind,
    )


def code(key: str) -> str:
    return "" if key in (OTHERS, UNKNOWN) else key


def bands(view: View) -> Chart:
    """Sellers left, buyers right."""
    found = flows_of(view)
    figure = figures.sankey(found.grid, found.names, view.word, height=figures.needed(max(found.whole.used().counts.shape)))
    return chart(view, found, "flows", figure, note="Sellers on the left, buyers on the right.")


def matrix(view: View) -> Chart:
    """Sellers down, buyers across; who is in no flow of any year is left out."""
    found = flows_of(view)
    part = found.grid.within(found.whole.used())
    drawn = Heatmap(
        part,
        tuple(found.names[key] for key in part.down),
        tuple(found.names[key] for key in part.across),
        SIDES,
        "Seller ↓ Buyer →",
        int(found.whole.counts.max()),
    )
    return chart(
        view, found, "matrix", figures.heatmap(part, drawn.down, drawn.across, drawn.highest, ("Seller", "Buyer")), heatmap=drawn
    )


def arcs(view: View) -> Chart:
    """Arcs on the map, of the flows whose both ends have a place on it."""
    found = flows_of(view)
    highest = max((n for _, _, n in figures.drawable(found.whole.cells())), default=0)
    cells = found.grid.cells()
    left = sum(n for _, _, n in cells) - sum(n for _, _, n in figures.drawable(cells))
    off = f"Not drawn: {figures.plural(left, view.word)} of others, unknown or off the map. " if left else ""
    note = f"{off}Orange is the seller’s end, blue the buyer’s. Borders imply no endorsement."
    return chart(view, found, "arcs", figures.arcs(cells, found.names, view.word, highest), note=note)
