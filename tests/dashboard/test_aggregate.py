"""Counts and figures over small frames with known answers."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from dashboard import aggregate, figures
from dashboard.data import Data
from dashboard.figures.worldmap import GEOMETRY as ASSETS
from dashboard.tally import Rows
from extractors import COLUMNS, WEAPON_TYPES
from tests.dashboard.views import data_of


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


def everything(data: Data) -> Rows:
    return Rows(data, np.ones(len(data), dtype=bool))


def types(counts: Rows) -> aggregate.Grid:
    return aggregate.over_years(counts, "type", WEAPON_TYPES)


def test_headline_counts_known_parties_once(data: Data) -> None:
    assert aggregate.headline(everything(data)) == aggregate.Headline(
        count=4, buyers=3, sellers=3, systems=1, articles=2, sources=0
    )


def test_ranking_keeps_unknown_as_a_row(data: Data) -> None:
    found = aggregate.ranked(everything(data), "seller")
    assert found == aggregate.Ranking(("FRA", "IRN", "RUS", "unknown"), ("France", "Iran", "Russia", "Unknown"), (1, 1, 1, 1))
    assert found.known().keys == ("FRA", "IRN", "RUS")
    assert (found.total, found.count("IRN"), found.count("USA"), found.top(2).names) == (4, 1, 0, ("France", "Iran"))


def test_years_have_no_gaps_and_the_unknown_year_stands_last(data: Data) -> None:
    grid = types(everything(data))
    assert grid.across == ("2016", "2017", "2018", "unknown")
    assert dict(zip(grid.down, grid.counts.tolist(), strict=True)) == {
        "aircraft": [1, 0, 0, 0],
        "missile": [0, 0, 1, 1],
        "ship": [0, 0, 1, 0],
    }
    assert int(grid.counts.sum()) == len(data)


def test_years_without_any_known(data: Data) -> None:
    assert types(everything(data_of({"weapon_type": "ship"}))).across == ("unknown",)
    assert types(Rows(data, np.zeros(len(data), dtype=bool))).counts.size == 0


def test_an_empty_register_draws(data: Data) -> None:
    nothing = data_of()
    assert aggregate.headline(everything(nothing)).count == 0
    assert len(aggregate.ranked(everything(nothing), "buyer")) == 0
    assert types(everything(nothing)).counts.size == 0
    assert len(nothing.frame.columns) == len(COLUMNS)


def test_figures_are_plain_json_and_draw_every_record(data: Data) -> None:
    counts = everything(data)
    buyers, sellers = aggregate.ranked(counts, "buyer"), aggregate.ranked(counts, "seller")
    grid = aggregate.pairs(counts, sellers.keys[:1], buyers.keys[:5])
    drawn = {
        "timeline": figures.timeline(types(counts)),
        "bars": figures.bars(buyers, 10, "record"),
        "world": figures.world(buyers, "record"),
        "sankey": figures.sankey(grid, dict(zip(buyers.keys, buyers.names, strict=True)), "record"),
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
    assert figures.world(aggregate.Ranking(("IND",), ("India",), (1,)), "deal")["layout"]["geo"]["fitbounds"] is False


def test_the_map_has_every_state_and_its_hashes_are_stated() -> None:
    shapes = {g["id"] for g in json.loads((ASSETS / "world_50m.json").read_bytes())["objects"]["countries"]["geometries"]}
    with (Path(__file__).parents[2] / "data" / "gazetteers" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        states = {row["iso3"] for row in csv.DictReader(stream)}
    assert states - shapes == {"CSK", "DDR", "SUN", "YUG"}
    readme = (ASSETS / "README.md").read_text(encoding="utf-8")
    for name in ("world_50m.json", "points.csv"):
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() in readme, name
