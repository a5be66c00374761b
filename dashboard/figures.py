"""Pure drawing: small tables in, plotly figures out, as plain dicts (a `go.Figure` validates on every request).

Colours are safe for the colour-blind (Okabe and Ito's set without black and yellow-on-white, then the same with a hatch) and stay
with their weapon type on every chart. Text and grid follow the page's light or dark scheme through the style sheet.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.aggregate import OTHERS
from dashboard.data import NO_YEAR, UNKNOWN
from extractors import WEAPON_TYPES

Figure = dict[str, Any]

# Okabe, M. and Ito, K. (2008), "Color Universal Design", in an order that keeps neighbours apart.
BASE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c")
HATCHES = ("", "/", ".")
# Binned blues, light to dark, each bin told apart from its neighbours by lightness alone.
BLUES = ("#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c")
BAR = "#0072b2"
POINTS = Path(__file__).parent / "assets" / "geometry" / "points.csv"
FONT = {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 13, "color": "#1f2933"}
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "topojsonURL": "/assets/geometry/",
    "responsive": True,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
}


def type_style(weapon_type: str) -> dict[str, Any]:
    """Marker of a weapon type: always the same colour and hatch."""
    place = [*WEAPON_TYPES, UNKNOWN].index(weapon_type)
    style: dict[str, Any] = {"color": BASE[place % len(BASE)], "line": {"width": 0}}
    hatch = HATCHES[place // len(BASE)]
    if hatch:
        style["pattern"] = {
            "shape": hatch,
            "fillmode": "overlay",
            "fgcolor": "#ffffff",
            "fgopacity": 0.85,
            "size": 7,
            "solidity": 0.35,
        }
    return style


def layout(**more: Any) -> dict[str, Any]:
    base = {
        "font": FONT,
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {"font": {"size": 13}},
        "dragmode": False,
    }
    return {**base, **more}


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def timeline(table: pd.DataFrame) -> Figure:
    """Stacked bars from `aggregate.by_year_and_type`; the unknown year stands apart at the end."""
    years = ["unknown" if year == NO_YEAR else str(year) for year in table.index]
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": years,
            "y": table[name].tolist(),
            "customdata": [name] * len(years),
            "marker": type_style(name),
            "hovertemplate": f"%{{x}}, {name}: %{{y:,}}<extra></extra>",
        }
        for name in table.columns
    ]
    return {
        "data": traces,
        "layout": layout(
            barmode="stack",
            bargap=0.15,
            height=480,
            xaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "tickmode": "array",
                "tickvals": labelled(years),
                "tickangle": 0,
            },
            yaxis={
                "fixedrange": True,
                "automargin": True,
                "rangemode": "tozero",
                "tickformat": ",d",
                "title": {"text": "records"},
            },
            legend={
                "orientation": "h",
                "yanchor": "top",
                "y": -0.1,
                "x": 0,
                "traceorder": "normal",
                "font": {"size": 11},
                "entrywidth": 84,
            },
        ),
    }


def labelled(years: list[str], most: int = 6) -> list[str]:
    """The years that get a label: evenly spaced back from the last, and `unknown` always, with room before it."""
    known = [year for year in years if year != "unknown"]
    step = max(1, math.ceil(len(known) / most))
    room = step if len(known) < len(years) else 0
    return known[::-1][room::step][::-1] + years[len(known) :]


def bars(table: pd.DataFrame, top: int) -> Figure:
    """Horizontal bars of the `top` rows of `aggregate.ranked`, largest first; unknown is grey."""
    shown = table.head(top)[::-1]
    colours = ["#8c8c8c" if key == UNKNOWN else BAR for key in shown["key"]]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": shown["records"].tolist(),
        "y": shown["key"].tolist(),
        "customdata": shown["key"].tolist(),
        "text": [f"{n:,}" for n in shown["records"]],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colours},
        "hovertext": [f"{name}: {plural(n, 'record')}" for name, n in zip(shown["name"], shown["records"], strict=True)],
        "hoverinfo": "text",
    }
    ticks = {"tickmode": "array", "tickvals": shown["key"].tolist(), "ticktext": [shortened(name) for name in shown["name"]]}
    return {
        "data": [trace],
        "layout": layout(
            height=60 + 26 * max(len(shown), 1),
            bargap=0.3,
            margin={"l": 8, "r": 40, "t": 8, "b": 8},
            xaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
            yaxis={
                "type": "category",
                "fixedrange": True,
                "automargin": True,
                "ticklen": 4,
                "tickcolor": "rgba(0,0,0,0)",
                **ticks,
            },
        ),
    }


def shortened(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def bins(highest: int) -> list[tuple[int, int]]:
    """Up to five whole-number bins, each about as many times wider as the one before: `[(1, 1), (2, 3), ...]`."""
    if highest <= len(BLUES):
        return [(n, n) for n in range(1, highest + 1)]
    edges = sorted({max(1, round(highest ** (step / len(BLUES)))) for step in range(len(BLUES))} | {1})
    ends = [edge - 1 for edge in edges[1:]] + [highest]
    return [(first, last) for first, last in zip(edges, ends, strict=True) if first <= last]


@cache
def points() -> dict[str, tuple[float, float]]:
    """ISO code -> centre (longitude, latitude) of the states too small to see or hit on a world map."""
    with POINTS.open(encoding="utf-8", newline="") as stream:
        return {row["iso3"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)}


def world(table: pd.DataFrame) -> Figure:
    """Map of `aggregate.ranked`'s rows: one colour per bin of records, markers for the smallest states, grey where there are none."""
    drawn = table[table["key"].str.fullmatch("[A-Z]{3}")]
    small = points()
    traces: list[dict[str, Any]] = []
    for place, (first, last) in enumerate(bins(int(drawn["records"].max())) if len(drawn) else []):
        inside = drawn[drawn["records"].between(first, last)]
        if not len(inside):
            continue
        bounds = f"{first:,}" if first == last else f"{first:,}–{last:,}"
        colour = BLUES[place]
        texts = [f"{name}: {plural(n, 'record')}" for name, n in zip(inside["name"], inside["records"], strict=True)]
        keys = inside["key"].tolist()
        traces.append(
            {
                "type": "choropleth",
                "locationmode": "ISO-3",
                "locations": keys,
                "z": [place] * len(keys),
                "zmin": 0,
                "zmax": len(BLUES),
                "customdata": keys,
                "hovertext": texts,
                "hoverinfo": "text",
                "colorscale": [[0, colour], [1, colour]],
                "showscale": False,
                "showlegend": True,
                "name": bounds,
                "marker": {"line": {"width": 0.6, "color": "#ffffff"}},
            }
        )
        dots = [(key, text) for key, text in zip(keys, texts, strict=True) if key in small]
        if dots:
            traces.append(
                {
                    "type": "scattergeo",
                    "lon": [small[key][0] for key, _ in dots],
                    "lat": [small[key][1] for key, _ in dots],
                    "customdata": [key for key, _ in dots],
                    "hovertext": [text for _, text in dots],
                    "hoverinfo": "text",
                    "mode": "markers",
                    "showlegend": False,
                    "marker": {"size": 11, "color": colour, "line": {"width": 1.2, "color": "#08306b"}},
                }
            )
    geo = {
        "projection": {"type": "natural earth"},
        "fitbounds": False,
        "resolution": 50,
        "lataxis": {"range": [-57, 84]},
        "lonaxis": {"range": [-170, 190]},
        "showcountries": True,
        "countrycolor": "#ffffff",
        "countrywidth": 0.5,
        "showcoastlines": False,
        "showland": True,
        "landcolor": "#dfe3e8",
        "showframe": False,
        "bgcolor": "rgba(0,0,0,0)",
    }
    legend = {
        "orientation": "h",
        "x": 0,
        "y": -0.02,
        "yanchor": "top",
        "title": {"text": "records  "},
        "font": {"size": 12},
        "itemclick": False,
        "itemdoubleclick": False,
    }
    return {"data": traces, "layout": layout(geo=geo, legend=legend, margin={"l": 0, "r": 0, "t": 0, "b": 8})}


def sankey(table: pd.DataFrame, names: dict[str, str], left: pd.DataFrame, right: pd.DataFrame) -> Figure:
    """Flows from sellers to buyers; `names` maps keys to display names, `left` and `right` are the rankings of sellers and buyers."""
    order = {side: {key: i for i, key in enumerate(ranking["key"])} for side, ranking in (("seller", left), ("buyer", right))}

    def nodes(side: str) -> list[str]:
        found = list(dict.fromkeys(table[side]))
        return sorted(found, key=lambda key: (key == OTHERS, order[side].get(key, math.inf)))

    sellers, buyers = nodes("seller"), nodes("buyer")
    place = {("seller", key): i for i, key in enumerate(sellers)} | {
        ("buyer", key): len(sellers) + i for i, key in enumerate(buyers)
    }
    shown = {**names, OTHERS: "Others", UNKNOWN: "Unknown"}
    sides = [("seller", key) for key in sellers] + [("buyer", key) for key in buyers]
    grey = {OTHERS, UNKNOWN}
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [shortened(shown.get(key, key), 18) for _, key in sides],
            "customdata": [[side, key] for side, key in sides],
            "color": ["#8c8c8c" if key in grey else ("#d55e00" if side == "seller" else "#0072b2") for side, key in sides],
            "pad": 13,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}: %{value:,} records<extra></extra>",
        },
        "link": {
            "source": [place["seller", key] for key in table["seller"]],
            "target": [place["buyer", key] for key in table["buyer"]],
            "value": table["records"].tolist(),
            "customdata": [[seller, buyer] for seller, buyer in zip(table["seller"], table["buyer"], strict=True)],
            "color": "rgba(128,128,128,0.35)",
            "hovertemplate": "%{source.label} to %{target.label}: %{value:,}<extra></extra>",
        },
    }
    tall = max(len(sellers), len(buyers), 1)
    return {"data": [trace], "layout": layout(height=max(220, 60 + 32 * tall), margin={"l": 4, "r": 4, "t": 8, "b": 12})}
