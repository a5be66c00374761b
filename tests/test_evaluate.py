"""Evaluation: what agrees, what is counted, intervals, comparison of runs, and the ratchet."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from extractors.evaluate import Predicted, ratchet, report
from extractors.evaluate.figures import Measured, gap, measure
from extractors.evaluate.files import Set
from extractors.evaluate.match import pairs, parties_agree, quantities_agree, systems_agree, years_agree
from extractors.evaluate.page import cell, differences, kept
from extractors.evaluate.score import score


def gold(buyer: str = "EGY", system: str = "T-90", **others: Any) -> dict[str, Any]:
    made = {"buyer": [buyer], "seller": ["RUS"], "system": [system, "tank"], "type": ["armoured vehicle"], "quantity": [500]}
    return {**made, "year": [2022], "status": ["ordered"], "published": 2022, **others}


def got(buyer: str = "EGY", system: str = "T-90", **others: Any) -> Predicted:
    made = {"seller": "RUS", "type": "armoured vehicle", "quantity": 500, "year": 2022, "status": "ordered", "rule": "v-buy"}
    return Predicted(**{"buyer": buyer, "system": system, **made, **others})


@pytest.mark.parametrize(
    ("predicted", "accepted", "agree"),
    [
        ("F-16", ["F-16V"], True),
        ("main battle tanks", ["tank"], True),
        ("MiG-2", ["MiG-29"], False),
        ("Armored vehicles", ["armoured vehicle"], True),
        ("arms", ["small arms"], False),
        ("16", ["F-16"], False),
        ("", ["T-90"], False),
        ("a very long name of a tank", ["tank"], False),
    ],
)
def test_systems_agree_from_border_to_border(predicted: str, accepted: list[str], agree: bool) -> None:
    assert systems_agree(predicted, accepted) is agree


def test_quantities_between_close_limits_agree() -> None:
    assert quantities_agree(25, [20, 30])
    assert not quantities_agree(25, [10, 30])
    assert quantities_agree(None, [])
    assert quantities_agree(None, [5, None])
    assert not quantities_agree(None, [5])


def test_an_open_year_accepts_the_articles_own() -> None:
    assert years_agree(2022, [], 2022)
    assert years_agree(None, [], 2022)
    assert not years_agree(2021, [], 2022)
    assert not years_agree(None, [2022], 2022)


def test_a_party_without_a_gold_value_must_be_empty() -> None:
    assert parties_agree("", [])
    assert not parties_agree("RUS", [])


def test_pairs_take_the_best_first() -> None:
    matched = pairs([got(quantity=6), got()], [gold()])
    assert [(i, j) for i, j, _ in matched] == [(1, 0)]


def counted(records: list[dict[str, Any]], predicted: list[Predicted]) -> dict[str, int]:
    return dict(score({"a": records}, {"a": predicted}, {"a": "wire"}).counts())


def test_what_is_right_is_counted_in_every_group() -> None:
    n = counted([gold()], [got()])
    assert {name: n[name] for name in ("gold", "predicted", "found", "tuple")} == dict.fromkeys(
        ("gold", "predicted", "found", "tuple"), 1
    )
    for group in ("status/ordered", "type/armoured vehicle", "source/wire"):
        assert n[f"{group}/gold"] == n[f"{group}/predicted"] == n[f"{group}/exact"] == n[f"{group}/tuple"] == 1
    assert n["right number"] == n["gold number"] == 1
    assert "gold other year" not in n


def test_a_wrong_quantity_is_found_but_no_tuple() -> None:
    n = counted([gold(year=[2019])], [got(quantity=5, year=2019)])
    assert (n["found"], n["tuple"], n["gold number"], n.get("right number", 0)) == (1, 0, 1, 0)
    assert (n["gold other year"], n["right other year"]) == (1, 1)


def test_optional_and_domestic_records_count_neither_for_nor_against() -> None:
    for mark in ("optional", "domestic"):
        n = counted([gold(**{mark: True})], [got(), got(quantity=9)])
        assert n["ignored"] == 2
        assert n.get("gold", 0) == n.get("predicted", 0) == n.get("missed", 0) == 0


def test_false_and_repeated_records_are_told_apart() -> None:
    n = counted([gold()], [got(), got(quantity=9), got(buyer="IND")])
    assert (n["predicted"], n["found"], n["repeated"], n["spurious"], n["spurious in negatives"]) == (3, 1, 1, 1, 0)
    n = counted([], [got()])
    assert (n["negatives"], n["spurious in negatives"]) == (1, 1)


def test_groups_take_the_golds_status_for_recall_and_the_records_own_for_precision() -> None:
    n = counted([gold()], [got(status="delivered")])
    assert (n["status/ordered/gold"], n["status/ordered/tuple"]) == (1, 1)
    assert (n["status/delivered/predicted"], n["status/delivered/exact"]) == (1, 1)
    assert (n["gold status ordered"], n.get("right status ordered", 0)) == (1, 0)


def made_set(right: int = 6, wrong: int = 2, name: str = "made", sha256: str = "0" * 64) -> Set:
    """A set of two parts: all tuned articles are right, of the held-out ones some are wrong, and one is empty with a false record."""
    golds: dict[str, dict[str, Any]] = {f"t{i}": {"part": "tune", "records": [gold()]} for i in range(right)}
    golds |= {f"c{i}": {"part": "confirm", "records": [gold()]} for i in range(right + wrong)}
    golds["none"] = {"part": "confirm", "records": []}
    predictions = {key: [got()] for key in golds}
    predictions |= {f"c{i}": [got(quantity=7)] for i in range(wrong)}
    return Set(name, sha256, golds, dict.fromkeys(golds, "wire"), predictions)


def test_figures_of_parts_and_their_intervals() -> None:
    parts = measure(made_set())
    assert list(parts) == ["all", "tune", "confirm"]
    assert parts["tune"].figures["tuple f1"].value == 1.0
    held_out = parts["confirm"].figures
    assert held_out["tuple precision"].value == pytest.approx(6 / 9)
    assert held_out["tuple recall"].value == pytest.approx(6 / 8)
    assert held_out["tuple f1"].value == pytest.approx(12 / 17)
    assert held_out["field quantity"].value == pytest.approx(6 / 8)
    assert held_out["false per negative"].value == 1.0
    assert parts["tune"].figures["false per negative"].value is None
    low, value, high = held_out["tuple f1"].low, held_out["tuple f1"].value, held_out["tuple f1"].high
    assert low is not None
    assert value is not None
    assert high is not None
    assert 0.3 < low < value < high <= 1.0
    assert parts["tune"].figures["tuple f1"].low == parts["tune"].figures["tuple f1"].high == 1.0


def test_intervals_are_the_same_on_every_run_and_narrow_with_more_articles() -> None:
    few, again, many = measure(made_set())["all"], measure(made_set())["all"], measure(made_set(60, 20))["all"]
    assert few.to_json() == again.to_json()

    def width(measured: Measured) -> float:
        figure = measured.figures["tuple f1"]
        assert figure.low is not None
        assert figure.high is not None
        return figure.high - figure.low

    assert width(many) < width(few) / 2


def test_the_gap_between_the_parts() -> None:
    between = gap(made_set())
    assert between is not None
    assert between.value == pytest.approx(1 - 12 / 17)
    assert between.low is not None
    assert between.high is not None
    assert 0 <= between.low < between.value < between.high
    plain = made_set()
    assert gap(Set("x", "", {k: {"records": g["records"]} for k, g in plain.golds.items()}, {}, plain.predictions)) is None


def test_rules_are_told_only_without_held_out_articles() -> None:
    parts = measure(made_set())
    assert parts["all"].rules is None
    assert parts["confirm"].rules is None
    assert parts["tune"].rules == {"v-buy": {"fired": 6, "right": 6}}
    text = "\n".join(report.lines(parts, gap(made_set())))
    assert "  v-buy                  6      6      0" in text
    assert text.count("by rule") == 1


def test_gains_and_losses_name_no_held_out_article() -> None:
    found = made_set()
    before = dict(found.predictions) | {"t0": [], "c7": [], "c0": [got()], "t1": [got(), got(buyer="PER", rule="v-old")]}
    before["none"] = []
    changed = measure(found, before)["all"].changes
    assert changed is not None
    assert dict(changed.totals) == {"gained": 2, "lost": 1, "false dropped": 1, "false added": 1}
    assert changed.listed == [
        ("gained", "t0", "EGY <- RUS: 500 T-90, ordered, 2022"),
        ("false dropped", "t1", "PER <- RUS: 500 T-90, ordered, 2022"),
    ]


def test_a_renamed_rule_is_no_change() -> None:
    found = made_set()
    before = {key: [got(buyer="PER", rule="v-old")] for key in found.golds}
    found.predictions.update({key: [got(buyer="PER")] for key in found.golds})
    changed = measure(found, before)["all"].changes
    assert changed is not None
    assert not changed.totals


def test_the_ratchet_holds_and_rises_and_never_falls() -> None:
    found = made_set()
    measured = measure(found)
    empty: dict[str, Any] = {"sets": {}, "not_yet": 3}
    assert "no floors for this gold" in ratchet.falls(empty, found, measured)[0]
    floors, changed = ratchet.raised(empty, found, measured)
    assert floors["not_yet"] == 3
    assert changed
    assert ratchet.falls(floors, found, measured) == []

    worse = measure(made_set(wrong=3))
    fallen = ratchet.falls(floors, found, worse)
    assert any(line.startswith("confirm: tuple f1 is ") for line in fallen)
    assert not any("tune" in line for line in fallen)
    kept_floors = ratchet.raised(floors, found, worse)[0]["sets"]["made"]["parts"]["confirm"]
    assert kept_floors["tuple f1"] == floors["sets"]["made"]["parts"]["confirm"]["tuple f1"] == 0.7059

    better = measure(made_set(wrong=0))
    higher, _ = ratchet.raised(floors, found, better)
    assert higher["sets"]["made"]["parts"]["confirm"]["field quantity"] == 1.0
    assert ratchet.falls(higher, found, measured)


def test_less_is_better_where_errors_are_counted_and_a_small_drop_is_let_pass() -> None:
    found = made_set()
    measured = measure(found)
    floors, _ = ratchet.raised({"sets": {}}, found, measured)
    confirm = floors["sets"]["made"]["parts"]["confirm"]
    confirm["tuple f1"] += 0.0019
    assert ratchet.falls(floors, found, measured) == []
    confirm["tuple f1"] += 0.001
    confirm["false per negative"] = 0.5
    assert len(ratchet.falls(floors, found, measured)) == 2
    lowered, _ = ratchet.raised(floors, found, measured)
    assert lowered["sets"]["made"]["parts"]["confirm"]["false per negative"] == 0.5


def test_another_gold_starts_its_own_floors() -> None:
    found, other = made_set(), made_set(wrong=5, sha256="1" * 64)
    floors, _ = ratchet.raised({"sets": {}}, found, measure(found))
    assert "no floors for this gold" in ratchet.falls(floors, other, measure(other))[0]
    anew, changed = ratchet.raised(floors, other, measure(other))
    assert changed[0] == "made: the gold has changed, floors start anew"
    assert ratchet.falls(anew, other, measure(other)) == []


def test_a_figure_that_is_not_measured_any_more_is_a_fall() -> None:
    found = made_set()
    floors, _ = ratchet.raised({"sets": {}}, found, measure(found))
    measured = measure(found)
    del measured["tune"]
    assert any("is not measured any more" in line for line in ratchet.falls(floors, found, measured))


def test_kept_figures_are_compared_at_two_decimals() -> None:
    found = made_set()
    told = kept(found, measure(found), gap(found))
    assert differences(told, told) == []
    near = orjson.loads(orjson.dumps(told))
    near["parts"]["confirm"]["figures"]["tuple f1"]["value"] += 0.004
    assert differences(near, told) == []
    near["parts"]["confirm"]["figures"]["tuple f1"]["value"] += 0.004
    assert len(differences(near, told)) == 1
    assert differences({**told, "gold_sha256": "other"}, told) == ["the gold is another"]
    assert cell({"value": 0.5, "low": 0.25, "high": 1.0}) == "0.50 (0.25 to 1.00)"
    assert cell({"value": None}) == "-"
