"""The filter bar's second half, made only while it is open: groups of states, categories, source, what is stated, and what to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import html, no_update

from dashboard.components.filterbar import WORDS, chooser, options, selected
from dashboard.data import UNKNOWN, Data
from dashboard.filters import FACETS, Filters, reaching
from dashboard.tally import Tally

KEPT = (
    "buyer_region",
    "buyer_group",
    "seller_region",
    "seller_group",
    "sipri",
    "unroca",
    "deal_type",
    "source",
    "domestic",
    "has",
)
LABELS = {**WORDS, "domestic": "Domestic or not", "has": "Must state", "min_confidence": "Confidence"}
DROPPED = (*FACETS, "has")
SHARES = ("0.9", "0.8", "0.7", "0.6", "0.5")
HINT = (
    "Alliances count by year, as they stood at its end: a state’s deals of years before it joined, or of the year in which it left and "
    "later, are not the alliance’s. Of a deal without a year "
    "only states that have been in it since it began are counted; the rest are under Unknown."
)


def panel(filters: Filters, data: Data) -> list[Any]:
    """The controls, set to the filters."""
    tally = Tally(filters, data)
    choosers = [chooser(identity(key), LABELS[key], selected(filters, data, key), listed(tally, key)) for key in KEPT]
    dropped = chooser(identity("dropped"), "Leave out", chosen_to_drop(filters), to_drop(tally), "Nothing")
    return [
        html.Div([*choosers, least(tally), html.Div(dropped, className="dropped")], className="more-grid"),
        html.P(HINT, className="reading"),
    ]


def identity(key: str) -> dict[str, str]:
    return {"more": key}


def data_of(tally: Tally, keys: Sequence[str]) -> list[Any]:
    """The options of the controls of these keys; what is typed freely has none."""
    return [no_update if key == "q" else listed(tally, key) for key in keys]


def searched(filters: Filters) -> str:
    """The words that the search field shows: those looked for, where they are one text."""
    words = filters.kept.get("q", ())
    return words[0] if len(words) == 1 else ""


def listed(tally: Tally, key: str) -> list[dict[str, str]]:
    """A control's options, each with the number of rows that choosing it would show, or leave out."""
    if key == "dropped":
        return to_drop(tally)
    return shares(tally) if key == "min_confidence" else options(tally.filters, tally.data, key, tally)


def from_controls(values: Sequence[Any], keys: Sequence[str], before: Filters) -> Filters:
    """The filters that these controls show, with what they cannot show kept as it was; none, while they are closed, change nothing."""
    filters = before
    for key, value in zip(keys, values, strict=True):
        if key == "dropped":
            filters = dropping(filters, value or ())
        elif key == "q":
            words = (value or "").strip()
            filters = filters if words == searched(before) else filters.keeping(key, (words,) if words else ())
        elif key != "min_confidence":
            filters = filters.keeping(key, value or ())
        elif value != shown_share(before):
            filters = filters.keeping(key, (value,) if value else ())
    return filters


def dropping(filters: Filters, values: Sequence[str]) -> Filters:
    """The same, leaving out exactly `values` (`key=value`) of the keys that the control knows."""
    left: dict[str, tuple[str, ...]] = {key: held for key, held in filters.dropped.items() if key not in DROPPED}
    for one in values:
        key, _, value = one.partition("=")
        left[key] = (*left.get(key, ()), value)
    return Filters(dict(filters.kept), left)


def chosen_to_drop(filters: Filters) -> list[str]:
    return [f"{key}={value}" for key in DROPPED for value in filters.dropped.get(key, ())]


def to_drop(tally: Tally) -> list[dict[str, str]]:
    """Everything that can be left out of the view, and what is left out already: most first, then by name."""
    rows = []
    for key in DROPPED:
        facet, counts = tally.data.facets[key], tally.leaving_out(key)
        occurring = np.flatnonzero(counts)
        rows += [(int(counts[i]), words(key, facet.names[i]), key, facet.keys[i]) for i in occurring]
        held = {facet.keys[i] for i in occurring}
        rows += [(0, words(key, facet.name(one)), key, one) for one in tally.filters.dropped.get(key, ()) if one not in held]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [{"value": f"{key}={value}", "label": f"{name} ({n:,})"} for n, name, key, value in rows]


def words(key: str, name: str) -> str:
    return f"States {name}" if key == "has" else f"{WORDS[key]}: {name}"


def shown_share(filters: Filters) -> str | None:
    """The least confidence that the control shows: the first of several."""
    return next(iter(filters.kept.get("min_confidence", ())), None)


def shares(tally: Tally) -> list[dict[str, str]]:
    """Least confidences, with the number of rows that reach each."""
    facet = tally.data.facets["confidence"]
    counts = tally.choosing("min_confidence")
    chosen = shown_share(tally.filters)
    keys = sorted({*SHARES, *([chosen] if chosen and chosen != UNKNOWN else [])}, key=float, reverse=True)
    found = [(key, f"at least {key}", int(counts[reaching(facet.keys, key)].sum())) for key in (*keys, UNKNOWN)]
    return [
        {"value": key, "label": f"{'not measured' if key == UNKNOWN else label} ({n:,})"}
        for key, label, n in found
        if n or key == chosen
    ]


def least(tally: Tally) -> dmc.Select:
    return dmc.Select(
        id=identity("min_confidence"),
        label=LABELS["min_confidence"],
        data=shares(tally),
        value=shown_share(tally.filters),
        placeholder="Any",
        clearable=True,
        openOnFocus=False,
        clearButtonProps={"aria-label": "Clear confidence"},
        nothingFoundMessage="Nothing in this view matches",
        size="sm",
    )
