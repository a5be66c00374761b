"""The plain way of pandas: frames in memory, `groupby` for each chart and control, `go.Figure` for each chart.

python -m benchmarks.plain REGISTER QUERIES [categories]

It answers the same questions as the dashboard does when a filter changes, without the dashboard's code: its conditions are pandas' own
`isin` and comparisons, every control is counted under the filters of the others, and figures are built and validated by Plotly. In its
favour, a claim's deal is a number and nothing but the columns that are needed is in the frames. Texts are strings, as pandas reads them;
with `categories` they are made categories first, which somebody who tunes it would do.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from benchmarks.timing import clocked, milliseconds
from benchmarks.walk import WIDE
from dashboard.filters import LEFT_OUT, Filters, parse, year_range
from extractors import COLUMNS, regions

# A frame of every column of more rows than this would not fit beside the others.
MOST_CSV = 100_000
CONTROLS = {"buyer": "buyer_iso3", "seller": "seller_iso3", "type": "weapon_type", "system": "system_id", "status": "status"}
TEXTS = ("buyer_iso3", "buyer", "seller_iso3", "seller", "weapon_type", "system_id", "system", "status")
CLAIMS = f"select r.rowid, d.deal_id, {', '.join(TEXTS)}, year, published, quantity, article_id, source from records r join record_deals d using (record_id)"
DEALS = f"select deal_id, {', '.join(TEXTS)}, year, quantity, articles from deals"


@dataclass(frozen=True, slots=True)
class Frames:
    """Claims, with `deal` as the place of their deal; and deals, with the date of their latest article."""

    claims: pd.DataFrame
    deals: pd.DataFrame


def asked_for(register: Path, question: str) -> pd.DataFrame:
    connection = sqlite3.connect(f"file:{register}?mode=ro", uri=True)
    try:
        return pd.read_sql_query(question, connection)
    finally:
        connection.close()


def frames(register: Path, *, categories: bool = False) -> Frames:
    deals, claims = asked_for(register, DEALS), asked_for(register, CLAIMS)
    claims["deal"] = pd.Index(deals["deal_id"]).get_indexer(claims["deal_id"])
    claims["published"] = pd.to_datetime(claims["published"])
    deals["published"] = claims.groupby("deal")["published"].max().reindex(deals.index)
    claims = claims.drop(columns="deal_id")
    return Frames(categorised(claims), categorised(deals)) if categories else Frames(claims, deals)


def categorised(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({column: "category" for column in (*TEXTS, "article_id", "source") if column in frame})


def conditions(filters: Filters, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """A boolean series for each key that the filters keep; planned and cancelled rows are left out."""
    found = {key: frame[column].isin(filters.kept[key]) for key, column in CONTROLS.items() if key in filters.kept}
    for side in ("buyer", "seller"):
        if wanted := set(filters.kept.get(f"{side}_region", ())):
            states = [state for state, held in regions().items() if wanted & set(held)]
            found[f"{side}_region"] = frame[f"{side}_iso3"].isin(states)
    for span in filters.kept.get("year", ()):
        found["year"] = frame["year"].between(*year_range(span) or (0, 0))
    if "status" not in found:
        found["status"] = ~frame["status"].isin(LEFT_OUT)
    return found


def under(frame: pd.DataFrame, asked: Iterable[pd.Series]) -> pd.DataFrame:
    rows = pd.Series(True, index=frame.index)
    for one in asked:
        rows &= one
    return frame[rows]


def counted(frame: pd.DataFrame, *columns: str) -> pd.Series:
    return frame.groupby(list(columns), observed=True).size().sort_values(ascending=False)


def change(held: Frames, query: str) -> list[str]:
    """The controls' options, the headline figures and the newest rows as JSON, and five figures as JSON."""
    filters = parse(query)[0]
    frame = held.claims if "claims" in filters.kept.get("unit", ()) else held.deals
    asked = conditions(filters, frame)
    options: dict[str, Any] = {
        key: [
            f"{value} ({n:,})"
            for value, n in counted(under(frame, (one for name, one in asked.items() if name != key)), column).items()
        ]
        for key, column in {**CONTROLS, "year": "year"}.items()
    }
    chosen = under(frame, asked.values())
    claims = chosen if frame is held.claims else held.claims[held.claims["deal"].isin(chosen.index)]
    latest, earlier = chosen[chosen["year"] == chosen["year"].max()], chosen[chosen["year"] < chosen["year"].max()]
    figures = {
        "rows": len(chosen),
        **{column: int(chosen[column].nunique()) for column in ("buyer_iso3", "seller_iso3", "system_id")},
        **{column: int(claims[column].nunique()) for column in ("article_id", "source")},
        "new": {column: len(set(latest[column]) - set(earlier[column])) for column in ("buyer_iso3", "seller_iso3", "system_id")},
        "status": chosen["status"].value_counts().to_dict(),
        "newest": chosen.sort_values("published", ascending=False).head(8).astype(str).to_dict("records"),
    }
    return [json.dumps({"options": options, "figures": figures}), *(str(figure.to_json()) for figure in charts(chosen))]


def charts(chosen: pd.DataFrame) -> list[go.Figure]:
    """Years by type, a map, the first fifteen buyers and sellers, and who sells to whom."""
    years = chosen.groupby(["year", "weapon_type"], observed=True).size().unstack(fill_value=0)
    buyers, sellers = counted(chosen, "buyer_iso3", "buyer"), counted(chosen, "seller_iso3", "seller")
    flows = counted(chosen, "seller", "buyer").head(100).reset_index(name="rows")
    names = [*(f"from {one}" for one in flows["seller"].unique()), *(f"to {one}" for one in flows["buyer"].unique())]
    place = {name: i for i, name in enumerate(names)}
    links = {
        "source": [place[f"from {one}"] for one in flows["seller"]],
        "target": [place[f"to {one}"] for one in flows["buyer"]],
        "value": flows["rows"].tolist(),
    }
    return [
        go.Figure([go.Bar(name=kind, x=years.index, y=years[kind]) for kind in years.columns], {"barmode": "stack"}),
        go.Figure(go.Choropleth(locations=buyers.index.get_level_values(0), z=buyers.to_numpy())),
        *(
            go.Figure(go.Bar(x=side.to_numpy()[:15], y=list(side.index.get_level_values(1)[:15]), orientation="h"))
            for side in (buyers, sellers)
        ),
        go.Figure(go.Sankey(node={"label": names}, link=links)),
    ]


def measure(register: Path, queries: list[str], *, categories: bool) -> dict[str, Any]:
    held: list[Frames] = []
    found: dict[str, Any] = {"open": milliseconds(lambda: held.append(frames(register, categories=categories)))}
    for unit, suffix in (("deals", ""), ("claims", "&unit=claims")):
        change(held[0], suffix)
        found[unit] = clocked(lambda query: change(held[0], query), [query + suffix for query in queries])
        found[f"{unit} wide"] = clocked(lambda query: change(held[0], query), [query + suffix for query in WIDE])
    if len(held[0].claims) <= MOST_CSV and not categories:
        every = asked_for(register, f"select {', '.join(column.name for column in COLUMNS)} from records")
        found["to_csv"] = milliseconds(lambda: every.to_csv(index=False))
    return found


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    json.dump(measure(Path(sys.argv[1]), asked, categories="categories" in sys.argv[3:]), sys.stdout)
