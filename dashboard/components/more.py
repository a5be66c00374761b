"""The filter bar's second half, made only while it is open: groups of states, categories, source, what is stated, and what to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import html

from dashboard.components.filterbar import WORDS, chooser, options, selected
from dashboard.data import UNKNOWN, Data
from dashboard.filters import FACETS, Filters, filtered, mask, reaching

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
    "Alliances count by year: a state’s deals from before it joined, or after it left, are not the alliance’s. Of a deal without a year "
    "only states that have been in it since it began are counted; the rest are under Unknown."
)


def panel(filters: Filters, data: Data) -> list[Any]:
    """The controls, set to the filters."""
    return [
        html.Div(
            [
                *(chooser(identity(key), LABELS[key], selected(filters, data, key), listed(filters, data, key)) for key in KEPT),
                least(filters, data),
                html.Div(
                    chooser(identity("dropped"), "Leave out", chosen_to_drop(filters), to_drop(filters, data)),
                    className="dropped",
                ),
            ],
            className="more-grid",
        ),
        html.P(HINT, className="reading"),
    ]


def identity(key: str) -> dict[str, str]:
    return {"more": key}


def data_of(filters: Filters, data: Data, keys: Sequence[str]) -> list[list[dict[str, str]]]:
    """The options of the controls of these keys."""
    return [listed(filters, data, key) for key in keys]


def listed(filters: Filters, data: Data, key: str) -> list[dict[str, str]]:
    """A control's options, each with the number of rows that choosing it would show, or leave out."""
    if key == "dropped":
        return to_drop(filters, data)
    return shares(filters, data) if key == "min_confidence" else options(filters, data, key)


def from_controls(values: Sequence[Any], keys: Sequence[str], before: Filters) -> Filters:
    """The filters that these controls show, with what they cannot show kept as it was; none, while they are closed, change nothing."""
    filters = before
    for key, value in zip(keys, values, strict=True):
        if key == "dropped":
            filters = dropping(filters, value or ())
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


def to_drop(filters: Filters, data: Data) -> list[dict[str, str]]:
    """Everything that can be left out of the view, and what is left out already: most first, then by name."""
    shown = mask(filters, data)
    rows = []
    for key in DROPPED:
        chosen = filters.dropped.get(key, ())
        counts = data.facets[key].counts(undropped(filters, data, key) if chosen else shown)
        facet = data.facets[key]
        rows += [
            (int(n), words(key, name), key, value) for n, name, value in zip(counts, facet.names, facet.keys, strict=True) if n
        ]
        held = {facet.keys[i] for i in np.flatnonzero(counts)}
        rows += [(0, words(key, facet.name(value)), key, value) for value in chosen if value not in held]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [{"value": f"{key}={value}", "label": f"{name} ({n:,})"} for n, name, key, value in rows]


def undropped(filters: Filters, data: Data, key: str) -> np.ndarray:
    """The rows of the view as they would be if nothing were left out by this key."""
    without = Filters(dict(filters.kept), {k: v for k, v in filters.dropped.items() if k != key})
    return filtered(without, data) if key == "status" else mask(without, data)


def words(key: str, name: str) -> str:
    return f"States {name}" if key == "has" else f"{WORDS[key]}: {name}"


def shown_share(filters: Filters) -> str | None:
    """The least confidence that the control shows: the first of several."""
    return next(iter(filters.kept.get("min_confidence", ())), None)


def shares(filters: Filters, data: Data) -> list[dict[str, str]]:
    """Least confidences, with the number of rows that reach each."""
    counts = data.facets["confidence"].counts(mask(filters.keeping("min_confidence", ()), data))
    chosen = shown_share(filters)
    keys = sorted({*SHARES, *([chosen] if chosen and chosen != UNKNOWN else [])}, key=float, reverse=True)
    held = data.facets["confidence"].keys
    found = [(key, f"at least {key}", int(counts[reaching(held, key)].sum())) for key in (*keys, UNKNOWN)]
    return [
        {"value": key, "label": f"{'not measured' if key == UNKNOWN else label} ({n:,})"}
        for key, label, n in found
        if n or key == chosen
    ]


def least(filters: Filters, data: Data) -> dmc.Select:
    return dmc.Select(
        id=identity("min_confidence"),
        label=LABELS["min_confidence"],
        data=shares(filters, data),
        value=shown_share(filters),
        placeholder="Any",
        clearable=True,
        openOnFocus=False,
        clearButtonProps={"aria-label": "Clear confidence"},
        nothingFoundMessage="Nothing in this view matches",
        size="sm",
    )
