"""The card of what deals cost, as far as articles state it: sums within one currency, and how many deals state nothing."""

from __future__ import annotations

import numpy as np
from dash import html

from dashboard.components import panels
from dashboard.data import Data
from dashboard.figures import plural
from dashboard.filters import Filters, leaves_out
from dashboard.values import Total, totals

# Currencies that the sentence names; all are in the table.
NAMED = 3
HOW = "Sums of what articles state, within one currency and never converted; a package that several deals share counts once."


def card(identity: str, title: str, data: Data, rows: np.ndarray, filters: Filters) -> list[html.Section]:
    """The card for the deals under a mask; none where claims are counted, for several of them tell of the same money."""
    if data.home is None:
        return []
    found, count = totals(data, rows), int(np.count_nonzero(rows))
    left_out = " Planned and cancelled deals are left out." if leaves_out(filters) else ""
    if not found:
        said = f"No article states a value for {'the one deal' if count == 1 else f'any of the {count:,} deals'}."
        return [panels.card(identity, title, said + left_out)]
    head = ("Currency", "Deals that state a value", "Sum in millions", "Of it, whole packages")
    lines = [(one.currency or "not said", f"{one.stated:,}", millions(one.total), millions(one.packages)) for one in found]
    table = panels.table(head, lines, numbers=(1, 2, 3), identity=f"{identity}-sums")
    reading = f"{words(found, count)} {HOW}{left_out}"
    note = "A package can hold other things than the deals here."
    packages = html.P(note, className="reading") if any(one.packages for one in found) else None
    return [panels.card(identity, title, reading, panels.scrolled(table, f"{title}, by currency"), packages)]


def words(found: list[Total], count: int) -> str:
    """How many deals state a value, and the sums of the currencies that most of them use."""
    stated = sum(one.stated for one in found)
    sums = [f"{one.currency} {shortened(one.total)} ({plural(one.stated, 'deal')})" for one in found[:NAMED] if one.currency]
    more = len(found) - NAMED
    rest = f" and {more} more {'currency' if more == 1 else 'currencies'}" if more > 0 else ""
    verb = "states" if stated == 1 else "state"
    return f"{stated:,} of {plural(count, 'deal')} {verb} a value: {', '.join(sums)}{rest}."


def millions(amount: float) -> str:
    """`3,590`, or `0.25`: in millions, with what decimals there are."""
    return f"{amount / 1e6:,.3f}".rstrip("0").rstrip(".")


def shortened(amount: float) -> str:
    """`3.5 billion`"""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"{amount / size:,.1f}".removesuffix(".0") + f" {name}"
    return f"{amount:,.0f}"
