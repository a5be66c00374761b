"""An article's page: highlighting loses nothing, each record is linked to its words, and the reasons are those of the trace."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from dashboard import tracing
from dashboard.app import create_app
from dashboard.components import trace, words
from dashboard.components.plain import plain, text_of
from dashboard.components.words import Mark
from dashboard.pages import article as page
from dashboard.routing import route
from dashboard.source import Source
from extractors import Article, extract, open_register, rules_version

LAYERS = st.sampled_from(
    [("mention", "actor"), ("mention", "date"), ("field", "buyer"), ("field", "deal_type"), ("sentence", "")]
)
MARKS = st.builds(
    lambda start, size, layer, record: Mark(start, start + size, layer[0], layer[1], record),
    st.integers(-3, 40), st.integers(-1, 12), LAYERS, st.sampled_from(["a", "b"]),
)  # fmt: skip


def nodes(tree: Any) -> list[list[Any]]:
    """Every element of a tree of nodes, outer ones first."""
    return [found for one in tree if not isinstance(one, str) for found in (one, *nodes(one[2]))]


def store(parts: list[Any], identity: str) -> dict[str, Any]:
    return next(part.data for part in parts if isinstance(part, dcc.Store) and part.id == identity)


@given(st.text(max_size=35), st.lists(MARKS, max_size=8), st.lists(st.integers(-2, 40), max_size=3))
def test_the_text_stays_whole_and_no_place_is_named_twice(text: str, marks: list[Mark], anchors: list[int]) -> None:
    made = words.woven(text, marks, "text", anchors)
    assert text_of(made) == text
    ids = [one[1]["id"] for one in nodes(made)]
    assert len(ids) == len(set(ids))
    assert {f"at-text-{a}" for a in anchors if 0 <= a < len(text)} <= set(ids)


def test_layers_lie_over_each_other() -> None:
    text = "Egypt bought tanks. Done."
    found = [
        Mark(0, 5, "mention", "actor"),
        Mark(0, 5, "field", "buyer", "r1"),
        Mark(0, 5, "field", "buyer", "r2"),
        Mark(0, 19, "sentence", "", "r1"),
    ]
    made = words.woven(text, [*found, Mark(13, 18, "mention", "system")], "text")
    first = made[0]
    assert first == [
        "mark",
        {"id": "at-text-0", "class": "evidence m-buyer k k-actor", "title": "buyer, state, force or firm", "data-in": "r1", "data-of": "r1 r2"},
        ["Egypt"],
    ]  # fmt: skip
    assert [one[2] for one in made if not isinstance(one, str) and "k-system" in one[1]["class"]] == [["tanks"]]
    assert made[-1] == " Done."


def test_components_become_nodes_without_what_a_browser_could_run() -> None:
    held = html.P(
        ["a ", dcc.Link("b", href="/deal/1"), None, html.Em("<script>", className="x", style={"color": "red"}, n_clicks=3)]
    )
    assert plain(held) == [
        ["p", {}, ["a ", ["a", {"href": "/deal/1", "data-turn": ""}, ["b"]], ["em", {"class": "x"}, ["<script>"]]]]
    ]


def test_a_record_is_linked_to_its_words(register_path: Path) -> None:
    source = Source(register_path)
    parts = page.layout(source.data(), source, "trade/india-1")
    shown = store(parts, "article-shown")
    everything = nodes(shown["article-words"])
    places = {one[1]["id"] for one in everything if "id" in one[1]}
    links = [one for one in nodes(shown["article-records"]) if one[0] == "a"]
    led = {one[1]["href"].removeprefix("#"): text_of(one[2]) for one in links if one[1]["href"].startswith("#at-")}
    assert {"India", "Rafale fighters", "36", "in 2016", "France"} <= set(led.values())
    assert set(led) <= places
    (row,) = source.data().rows(source.data().where("article_id", "trade/india-1"))
    assert f"#of-{row['record_id']}" in {one[1]["href"] for one in links}
    assert [one for one in everything if one[1].get("data-of") == row["record_id"]]


def test_words_inside_others_are_linked_once(register_path: Path) -> None:
    source = Source(register_path)
    article = Article(id="a", text="Peru intends to buy 24 jets.")
    (row,) = source.data().rows(source.data().where("article_id", "trade/india-1"))
    row = {**row, "spans": json.dumps({"status": [[16, 19, "text"], [5, 15, "text"], [5, 12, "text"], [12, 16, "text"]]})}
    (status,) = page.fields(row, article)
    assert text_of(plain(status)) == "statusintends to, to, buy"


def test_every_mention_of_a_short_text_is_marked_at_once(register_path: Path) -> None:
    source = Source(register_path)
    parts = page.layout(source.data(), source, "trade/india-1")
    marked = {
        text_of(one[2]): one[1]["class"] for one in nodes(store(parts, "article-shown")["article-words"]) if one[0] == "mark"
    }
    assert "k-actor" in marked["India"]
    assert "k-date" in marked["in 2016"]
    # the title's India is nobody's field, but a mention all the same
    reading = next(p for p in parts if isinstance(p, Component) and getattr(p, "id", "") == "article-reading")
    assert "1 record of this article." in reading.children
    assert "1 number" in reading.children


def of(told: list[Any]) -> str:
    return text_of(plain(told))


def test_why_a_record_was_made_and_a_candidate_refused() -> None:
    text = "Chile ordered 12 Rafale fighters from France in 2020. The army has operated Leopard 2 tanks since 2007."
    one = Article("x", text, "", date(2021, 1, 1))
    told = tracing.traced(one)
    rows = [{"record_id": r.record_id, "rules_version": r.rules_version, "rule": r.rule} for r in extract(one)]
    words_of = of(trace.why(told, one, rows, ["the heading"], rules_version()))
    assert "the heading" in words_of
    assert "“ordered” (rule v-order) claims: Rafale, ordered." in words_of
    assert "Leopard 2 tanks: no word that claims a transfer takes it" in words_of
    assert "earlier rules" not in words_of
    older = of(trace.why(told, one, [{**rows[0], "rules_version": "old", "record_id": "gone"}], ["h"], rules_version()))
    assert "made by earlier rules (old)" in older
    assert "The present rules make no such record" in older
    assert "Read just now, but not among the records shown" in older


def test_each_claim_of_the_trace_stands_where_it_says() -> None:
    text = "Chile plans to buy 12 Rafale fighters from France."
    one = Article("x", text, "", date(2021, 1, 1))
    (record,) = tracing.traced(one)["records"]
    (claim,) = record["claims"]
    start, end = claim["trigger"]
    assert (text[start:end], claim["status"]) == ("buy", "planned")
    assert all(text[cue["start"] : cue["end"]] == cue["words"] for cue in claim["cues"])
    rows = [{"record_id": record["record_id"], "rules_version": "v", "rule": record["rule"]}]
    assert "Rafale, planned, because of “plans to” (c-plan)." in of(trace.why(tracing.traced(one), one, rows, ["h"], "v"))
    assert record["signals"]["quantity: in the sentence"] > 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The cabinet met on Monday and talked about the weather and the price of bread.", "no weapon word"),
        ("Le gouvernement a commandé des avions de combat auprès de la France pour son armée de l’air, a dit le ministre.", "not in English"),
        ("Peru ordered 4 tanks. " * 25_000, "more than 500,000 characters"),
    ],
)  # fmt: skip
def test_a_text_that_is_not_read_says_why(text: str, why: str) -> None:
    one = Article("x", text)
    told = tracing.traced(one)
    assert why in told["gate"]
    assert why in of(trace.why(told, one, [], [], "v"))


def test_a_long_text_is_read_when_its_reasons_are_opened(tmp_path: Path) -> None:
    filler = "The committee will meet again in the spring to hear the minister. " * 400
    one = Article(
        "a/long",
        f"Peru ordered 15 K2 tanks from South Korea in 2021. {filler}Norway has 30 Leopard tanks.",
        "T",
        date(2022, 1, 1),
    )
    assert len(one.text) > tracing.AT_ONCE
    path = tmp_path / "long.sqlite"
    with open_register(path, create=True) as register:
        register.replace(one, extract(one))
    source = Source(path)
    parts, _, _ = route(source, "/article/a%2Flong")
    before = json.dumps(store(parts, "article-shown"))
    assert "m-buyer" in before
    assert "k-actor" not in before
    why, shown, summary = page.reread(source, "/article/a%2Flong")
    assert text_of(shown["article-words"]) == f"T{one.text}"
    assert "k-actor" in json.dumps(shown)
    assert "Leopard tanks" in text_of(why)
    assert "Marked in the text" in summary


def test_an_article_that_is_gone_meanwhile_is_said(register_path: Path) -> None:
    create_app(register_path)
    why, *rest = page.reread(Source(register_path), "/article/none")
    assert "no longer holds" in text_of(why)
    assert len(rest) == 2
