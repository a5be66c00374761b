"""What a chart is made of, whatever page it stands on: words, a figure, and the table of the very numbers that the figure draws.

Everything here is plain and frozen, so that a page, an embedded view, a CSV file and a test all get the same chart from the same
address. Drawing is left to `dashboard.figures`, showing to `dashboard.components.card`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from dashboard import aggregate
from dashboard.aggregate import Ranking
from dashboard.data import Data
from dashboard.figures import Figure
from dashboard.filters import VIEWS, Filters
from dashboard.tally import Tally

# What a page calls one row of a view.
WORDS = {"deal": "deal", "record": "claim"}
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
class Chart:
    """One chart of a view.

    `name` is its name in addresses. `click` are the filter keys that a mark's `customdata` holds the values of: with one key a click
    adds or takes away its value, with several it sets them all; empty where marks carry their own keys (flows) or none. `switch` is
    the key of `filters.VIEWS` that chooses what the chart is of, empty where there is nothing to choose. `note` goes below it.
    """

    name: str
    title: str
    reading: str
    figure: Figure
    table: Table
    click: tuple[str, ...] = ()
    switch: str = ""
    note: str = ""


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

    def chosen(self, key: str) -> str:
        """What the address chooses by a key of `filters.VIEWS`."""
        return self.filters.kept.get(key, VIEWS[key])[0]


def view_of(data: Data, filters: Filters) -> View:
    """The view of an address."""
    return View(Tally(filters, data))
