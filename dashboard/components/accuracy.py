"""Measured figures as a table: of each part of each set the share that is right, with its interval in words and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

FIGURES = {
    "tuple f1": "Buyer, system, quantity and year all right (F1)",
    "found precision": "Records that a careful reader would note too (precision)",
    "found recall": "Records of a careful reader that are found (recall)",
    "field seller": "Seller right, of found records",
    "field type": "Weapon type right, of found records",
    "field quantity": "Quantity right, of found records",
    "field year": "Year right, of found records",
    "field status": "Status right, of found records",
    "false per negative": "False records per article that has none (fewer is better)",
}
STATUSES = ("planned", "approved", "ordered", "delivered", "cancelled")
# Set and part -> what a reader should know of it; the first is what to expect of an article that was never seen.
PARTS = {
    ("dev", "confirm"): "Real articles, never read while rules were written",
    ("dev", "tune"): "Real articles, read while rules were written",
    ("open_set", "all"): "Articles of our own, the open set",
}


def columns(sets: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each measured part that is at hand, with its name."""
    return [
        (words, sets[name]["parts"][part]) for (name, part), words in PARTS.items() if part in sets.get(name, {}).get("parts", {})
    ]


def tables(sets: Mapping[str, Any]) -> list[Any]:
    """The figures, and those of each status."""
    parts = columns(sets)
    if not parts:
        return [html.P("No measured figures came with this program: make accuracy makes them.", className="notices")]
    status = {f"status {name}": f"{name.title()}, of found records that are" for name in STATUSES}
    return [
        table("Share that is right, with the 95 % interval", FIGURES, parts),
        html.P(
            [reading(parts), " Two careful readers agree with each other at 0.80 to 0.95 on the first line."], className="reading"
        ),
        html.Details([html.Summary("By status"), table("Status right", status, parts)]),
    ]


def table(caption: str, rows: Mapping[str, str], parts: Sequence[tuple[str, Mapping[str, Any]]]) -> html.Table:
    head = html.Thead(
        html.Tr([html.Th("Figure", scope="col"), *(html.Th(named(name, part), scope="col") for name, part in parts)])
    )
    body = [
        html.Tr(
            [
                html.Th(words, scope="row"),
                *(
                    html.Td(cell(part["figures"][key], share=not key.startswith("false")), **{"data-label": name})
                    for name, part in parts
                ),
            ]
        )
        for key, words in rows.items()
        if all(key in part["figures"] for _, part in parts)
    ]
    return html.Table([html.Caption(caption), head, html.Tbody(body)], className="figures-table")


def named(name: str, part: Mapping[str, Any]) -> list[Any]:
    counts = part["counts"]
    return [name, html.Br(), html.Small(f"{counts['articles']:,} articles, {counts['gold']:,} records in them")]


def cell(figure: Mapping[str, Any], *, share: bool = True) -> list[Any]:
    """`0.68 0.61 to 0.74`, and of a share the same as a line."""
    value, low, high = figure["value"], figure["low"], figure["high"]
    if value is None:
        return ["not measured"]
    told: list[Any] = [html.Strong(f"{value:.2f}")]
    if low is not None and high is not None:
        told += [" ", html.Small(f"{low:.2f} to {high:.2f}")]
    if share and low is not None and high is not None:
        places = {"--low": percent(low), "--high": percent(high), "--at": percent(value)}
        told.append(html.Span(className="interval", style=places, **{"aria-hidden": "true"}))
    return told


def percent(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.1f}%"


def reading(parts: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The first part's figures in a sentence."""
    name, part = parts[0]
    right, found = part["figures"]["found precision"], part["figures"]["found recall"]
    return (
        f"{name}: of a hundred records about {100 * right['value']:.0f} are about a transfer that a careful reader would note, "
        f"and of a hundred that the reader notes about {100 * found['value']:.0f} are found."
    )
