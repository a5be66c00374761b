"""Figures from small tables: what they draw, what they call it, and what they must not do."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from dashboard import figures
from dashboard.aggregate import OTHERS, Grid, Ranking
from dashboard.charts import readings
from extractors import STATUSES, WEAPON_TYPES


def ranking(*rows: tuple[str, str, int]) -> Ranking:
    return Ranking(tuple(key for key, _, _ in rows), tuple(name for _, name, _ in rows), tuple(n for _, _, n in rows))


BUYERS = ranking(
    ("IND", "India", 46), ("SGP", "Singapore", 3), ("SUN", "Soviet Union", 2), ("PKK", "PKK", 1), ("unknown", "Unknown", 4)
)


def located(figure: dict[str, Any]) -> list[str]:
    return [key for trace in figure["data"] if trace["type"] == "choropleth" for key in trace["locations"]]


def test_an_empty_map_still_draws() -> None:
    assert figures.world(ranking(("unknown", "Unknown", 3)), "deal")["data"] == []


def test_every_weapon_type_has_its_own_look() -> None:
    looks = [json.dumps(figures.type_style(t), sort_keys=True) for t in (*WEAPON_TYPES, "unknown")]
    assert len(set(looks)) == len(WEAPON_TYPES) + 1


@pytest.mark.parametrize("highest", [1, 2, 5, 6, 7, 9, 17, 100, 12345])
def test_bins_cover_every_count_once(highest: int) -> None:
    made = figures.bins(highest)
    assert [n for first, last in made for n in range(first, last + 1)] == list(range(1, highest + 1))
    assert len(made) <= len(figures.BLUES)


def test_every_status_has_its_own_look() -> None:
    looks = [json.dumps(figures.status_style(status), sort_keys=True) for status in (*STATUSES, "unknown")]
    assert len(set(looks)) == len(STATUSES) + 1
    assert figures.status_style("unknown")["color"] == figures.GREY


def test_grey_is_kept_for_the_unknown_and_the_grouped() -> None:
    assert figures.GREY not in {figures.type_style(t)["color"] for t in WEAPON_TYPES}
    assert figures.type_style("unknown")["color"] == figures.GREY


def test_the_map_draws_states_of_today_and_says_how_many_records_it_does_not() -> None:
    assert located(figures.world(BUYERS, "record")) == ["SGP", "IND"]
    told = readings.of_map(BUYERS, "buyer", "claim")
    assert told == "India leads with 46 of 56. Not on the map: 7 claims whose buyer is unknown, or no state of today."


def test_the_legend_of_the_map_names_the_counts_that_are_there() -> None:
    assert [trace["name"] for trace in figures.world(BUYERS, "record")["data"] if trace.get("showlegend")] == ["3", "46"]


def years(*rows: tuple[int, int, int]) -> Grid:
    """Missiles and ships per year."""
    counts = np.array([[missiles for _, missiles, _ in rows], [ships for _, _, ships in rows]])
    return Grid(("missile", "ship"), tuple(str(year) for year, _, _ in rows), counts)


def test_small_counts_have_whole_steps() -> None:
    axis = figures.timeline(years((2022, 2, 0), (2023, 1, 0)))["layout"]["yaxis"]
    assert axis["dtick"] == 1
    assert "dtick" not in figures.timeline(years((2022, 20, 0), (2023, 1, 5)))["layout"]["yaxis"]


def test_one_type_still_has_its_name_beside_the_bars() -> None:
    assert figures.timeline(Grid(("missile",), ("2022",), np.array([[2]])))["layout"]["showlegend"] is True


def test_bars_of_few_years_stay_narrow() -> None:
    few = figures.timeline(years((2022, 2, 0), (2023, 1, 0)))["data"][0]["width"]
    many = figures.timeline(years(*((year, 1, 1) for year in range(1990, 2024))))["data"][0]["width"]
    assert few < 0.2 < many


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["2016", "2017", "unknown"], ["2016", "2017", "unknown"]),
        (["unknown"], ["unknown"]),
        ([], []),
        ([str(y) for y in range(1986, 2027)], ["1990", "2000", "2010", "2020"]),
        ([*(str(y) for y in range(1986, 2027)), "unknown"], ["1990", "2000", "2010", "2020", "unknown"]),
        ([*(str(y) for y in range(2009, 2024)), "unknown"], ["2010", "2015", "2020", "unknown"]),
    ],
)
def test_labelled_years_are_round_and_unknown_is_always_there(shown: list[str], expected: list[str]) -> None:
    assert figures.labelled(shown) == expected


def test_flows_stand_in_the_order_of_the_grid_and_empty_ones_are_left_out() -> None:
    sellers, buyers = ("USA", "FRA", "GBR", OTHERS, "unknown"), ("IND", "POL", OTHERS, "unknown")
    counts = np.array([[6, 3, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    names = {"USA": "United States", "FRA": "France", "IND": "India", "POL": "Poland"}
    trace = figures.sankey(Grid(sellers, buyers, counts), names, "record")["data"][0]
    node, link = trace["node"], trace["link"]
    assert node["label"] == ["United States", "France", "Others", "Unknown", "India", "Poland", "Others"]
    for side in (node["y"][:4], node["y"][4:]):
        assert side == sorted(side)
        assert side[0] > 0
        assert side[-1] < 1
    assert [node["color"][i] for i in (2, 3, 6)] == [figures.GREY] * 3
    drawn = {
        (node["label"][s], node["label"][t]): n for s, t, n in zip(link["source"], link["target"], link["value"], strict=True)
    }
    assert drawn == {
        ("United States", "India"): 6,
        ("United States", "Poland"): 3,
        ("France", "Others"): 2,
        ("Others", "Poland"): 1,
        ("Unknown", "Others"): 1,
    }
    assert link["customdata"][0] == ["USA", "IND"]


def test_readings_are_sentences() -> None:
    assert readings.leader(ranking(("IND", "India", 3)), "record") == "India: 3 of 3."
    assert readings.leader(ranking(("IND", "India", 3), ("unknown", "Unknown", 1)), "record") == "India: 3 of 4."
    assert readings.leader(ranking(("IND", "India", 3), ("POL", "Poland", 1)), "record") == "India leads with 3 of 4."
    assert (
        readings.leader(ranking(("IND", "India", 1), ("POL", "Poland", 1)), "record")
        == "India and Poland lead with 1 record each."
    )
    assert readings.leader(ranking(*((k, k, 1) for k in "abc")), "record") == "a and 2 others lead with 1 record each."
    assert readings.leader(ranking(("unknown", "Unknown", 1)), "record") == ""
