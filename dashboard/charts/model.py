"""What a chart is made of, whatever page it stands on: words, a figure, and the table of the very numbers that the figure draws.

Everything here is plain and frozen, so that a page, an embedded view, a CSV file and a test all get the same chart from the same
address. Drawing is left to `dashboard.figures`, showing to `dashboard.components.card`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from dashboard import aggregate
from dashboard.aggregate import Grid, Ranking
from dashboard.data import UNKNOWN, Data
from dashboard.figures import Figure
from dashboard.filters import VIEWS, Filters
from dashboard.tally import Tally

# What a page calls one row of a view.
WORDS = {"deal": "deal", "record": "claim"}
# What a title says of a view whose rows all have one value of a key, and the facets that name it.
ABOUT = {
    "system": ("of", ("system",)),
    "family": ("of", ("system",)),
    "buyer": ("bought by", ("buyer",)),
    "seller": ("sold by", ("seller",)),
    "party": ("bought or sold by", ("buyer", "seller")),
}
Cell = str | int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart's table: `name` heads it in a file, `heading` on the page."""

    name: str
    heading: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers that a figure draws. `marks[row]` are the filters (key, value) that a click on the row's mark sets; none where
    the mark stands for several values."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marks: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A chart that pages draw as a table with shades: names of the grid's rows and columns, the filter keys that these are values
    of, what stands in the corner, and the count that the darkest shade stands for. The chart's figure is its picture."""

    grid: Grid
    down: tuple[str, ...]
    across: tuple[str, ...]
    keys: tuple[str, str]
    corner: str
    highest: int


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of a view.

    `name` is its name in addresses. `click` are the filter keys that a mark has values of, in its `customdata`, or in a stack as its
    trace's name and its year: with one key a click adds or takes away its value, with several it sets them all; `OWN` where marks carry
    their own keys (flows), empty where a click does nothing. `switch` is the key of `filters.VIEWS` that chooses what the chart is of,
    empty where there is nothing to choose. `note` goes below it. `behind` is the view of the rows that it draws, where these are not
    all of its own view.
    """

    name: str
    title: str
    reading: str
    figure: Figure
    table: Table
    click: tuple[str, ...] = ()
    switch: str = ""
    note: str = ""
    heatmap: Heatmap | None = None
    behind: View | None = None


OWN = ("own",)


@dataclass(frozen=True)
class View:
    """The rows of a tally; rankings that several charts ask for are made once."""

    tally: Tally
    held: dict[str, Ranking] = field(default_factory=dict, repr=False)

    @property
    def data(self) -> Data:
        return self.tally.data

    @property
    def filters(self) -> Filters:
        return self.tally.filters

    @property
    def rows(self) -> np.ndarray:
        return self.tally.rows

    @property
    def word(self) -> str:
        """What one row is called: `deal` or `claim`."""
        return WORDS[self.data.noun]

    def ranked(self, key: str) -> Ranking:
        """`aggregate.ranked` of a facet."""
        if key not in self.held:
            self.held[key] = aggregate.ranked(self.tally, key)
        return self.held[key]

    def leading(self, key: str, top: int) -> tuple[str, ...]:
        """The keys of a facet with the most rows, at most `top`, never the unknown one."""
        return self.ranked(key).known().keys[:top]

    def about(self, *but: str) -> str:
        """` bought by Egypt`, ` of T-90`: what the filters say that all rows have in common, for a title; keys in `but` aside."""
        said = []
        for key, (words, facets) in ABOUT.items():
            chosen = self.filters.kept.get(key, ())
            if key not in but and len(chosen) == 1 and chosen[0] != UNKNOWN:
                said.append(f" {words} {self.named(facets, chosen[0])}")
        return "".join(said)

    def named(self, facets: tuple[str, ...], value: str) -> str:
        """The display name of a value as an address spells it."""
        for facet in (self.data.facets[key] for key in facets):
            for spelt in (value, value.upper()):
                if spelt in facet.index:
                    return facet.name(spelt)
        return value

    def chosen(self, key: str) -> str:
        """What the address chooses by a key of `filters.VIEWS`."""
        return self.filters.kept.get(key, VIEWS[key])[0]


def view_of(data: Data, filters: Filters) -> View:
    """The view of an address."""
    return View(Tally(filters, data))
