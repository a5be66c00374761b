"""Counts and figures over small frames with known answers."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard import aggregate, figures
from dashboard.data import Data
from dashboard.figures.worldmap import GEOMETRY as ASSETS
from extractors import COLUMNS, Record
from tests.dashboard.views import claims_of


def data_of(*rows: dict[str, Any]) -> Data:
    made = [
        Record(record_id=f"{i:016x}", article_id=f"a{i % 2}", **{"buyer": "", "system": "x", **row}) for i, row in enumerate(rows)
    ]
    return claims_of(made)


@pytest.fixture
def data() -> Data:
    return data_of(
        {
            "buyer": "India",
            "buyer_iso3": "IND",
            "seller": "France",
            "seller_iso3": "FRA",
            "weapon_type": "aircraft",
            "year": 2016,
            "status": "ordered",
        },
        {
            "buyer": "India",
            "buyer_iso3": "IND",
            "seller": "Russia",
            "seller_iso3": "RUS",
            "weapon_type": "missile",
            "year": 2018,
            "status": "planned",
        },
        {"buyer": "Hezbollah", "seller": "Iran", "seller_iso3": "IRN", "weapon_type": "missile", "status": "delivered"},
        {"buyer": "Singapore", "buyer_iso3": "SGP", "weapon_type": "ship", "year": 2018, "status": "ordered"},
    )


def everything(data: Data) -> np.ndarray:
    return np.ones(len(data), dtype=bool)


def test_headline_counts_known_parties_once(data: Data) -> None:
    assert aggregate.headline(data, everything(data)) == aggregate.Headline(count=4, buyers=3, sellers=3, systems=1, articles=2)


def test_ranking_keeps_unknown_as_a_row(data: Data) -> None:
    table = aggregate.ranked(data, everything(data), "seller")
    assert table.to_dict("list") == {
        "key": ["FRA", "IRN", "RUS", "unknown"],
        "name": ["France", "Iran", "Russia", "Unknown"],
        "count": [1, 1, 1, 1],
    }


def test_years_have_no_gaps_and_the_unknown_year_stands_last(data: Data) -> None:
    table = aggregate.by_year(data, everything(data), "type")
    assert list(table.index) == [2016, 2017, 2018, 0]
    assert table.to_dict("list") == {"aircraft": [1, 0, 0, 0], "missile": [0, 0, 1, 1], "ship": [0, 0, 1, 0]}
    assert int(table.to_numpy().sum()) == len(data)


def test_years_without_any_known(data: Data) -> None:
    only = data_of({"weapon_type": "ship"})
    assert list(aggregate.by_year(only, everything(only), "type").index) == [0]
    none = np.zeros(len(data), dtype=bool)
    assert aggregate.by_year(data, none, "type").empty


def test_an_empty_register_draws(data: Data) -> None:
    nothing = data_of()
    rows = everything(nothing)
    assert aggregate.headline(nothing, rows).count == 0
    assert aggregate.ranked(nothing, rows, "buyer").empty
    assert len(nothing.frame.columns) == len(COLUMNS)


def test_figures_are_plain_json_and_draw_every_record(data: Data) -> None:
    rows = everything(data)
    buyers, sellers = aggregate.ranked(data, rows, "buyer"), aggregate.ranked(data, rows, "seller")
    grid = aggregate.pairs(data, rows, tuple(sellers["key"].head(1)), tuple(buyers["key"].head(5)))
    drawn = {
        "timeline": figures.timeline(aggregate.by_year(data, rows, "type")),
        "bars": figures.bars(buyers, 10, "record"),
        "world": figures.world(buyers, "record"),
        "sankey": figures.sankey(
            pd.DataFrame(grid.cells(), columns=["seller", "buyer", "count"]),
            dict(zip(buyers["key"], buyers["name"], strict=True)),
            sellers,
            buyers,
            "record",
        ),
    }
    assert json.loads(json.dumps(drawn)) == drawn
    assert sum(sum(trace["y"]) for trace in drawn["timeline"]["data"]) == 4
    assert sum(drawn["bars"]["data"][0]["x"]) == 4
    assert sum(drawn["sankey"]["data"][0]["link"]["value"]) == 4
    located = [key for trace in drawn["world"]["data"] if trace["type"] == "choropleth" for key in trace["locations"]]
    assert sorted(located) == ["IND", "SGP"]
    assert [trace["customdata"] for trace in drawn["world"]["data"] if trace["type"] == "scattergeo"] == [["SGP"]]


def test_no_chart_may_call_another_host() -> None:
    assert figures.CONFIG["topojsonURL"].startswith("/")
    assert figures.CONFIG["showSendToCloud"] is False
    assert (
        figures.world(pd.DataFrame({"key": ["IND"], "name": ["India"], "count": [1]}), "deal")["layout"]["geo"]["fitbounds"]
        is False
    )


def test_the_map_has_every_state_and_its_hashes_are_stated() -> None:
    shapes = {g["id"] for g in json.loads((ASSETS / "world_50m.json").read_bytes())["objects"]["countries"]["geometries"]}
    with (Path(__file__).parents[2] / "data" / "gazetteers" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        states = {row["iso3"] for row in csv.DictReader(stream)}
    assert states - shapes == {"CSK", "DDR", "SUN", "YUG"}
    readme = (ASSETS / "README.md").read_text(encoding="utf-8")
    for name in ("world_50m.json", "points.csv"):
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() in readme, name
