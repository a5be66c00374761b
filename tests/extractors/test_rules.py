"""Every rule's example is its own test: marked words must come out in their roles, with the standing after the arrow."""

from __future__ import annotations

import re

import pytest

from extractors import Article, extract, tables
from extractors.mentions.reading import read
from extractors.model import Record

MARK = re.compile(r"\[(buyer|seller|system|quantity|money) ([^\]]+)\]")

RULES = [(row.id, row.example) for row in (*tables.triggers(), *tables.cues(), *tables.idioms())]


def plain(example: str) -> tuple[str, dict[str, list[str]], str]:
    """The sentence without marks, the marked words by role, and the standing (or `none`)."""
    sentence, _, standing = example.rpartition(" => ")
    marks: dict[str, list[str]] = {}
    for role, words in MARK.findall(sentence):
        marks.setdefault(role, []).append(words)
    text = MARK.sub(lambda m: m.group(2), sentence)
    return (text if text.endswith(".") else f"{text}."), marks, standing


def state(words: str) -> set[str]:
    """Who the words stand for, read on their own."""
    return {a.key for a in read(f"{words} said.", "text", None).actors}


def agrees(record: Record, marks: dict[str, list[str]], standing: str) -> bool:
    return (
        record.status == standing
        and all({record.buyer_iso3 or record.buyer} & state(w) for w in marks.get("buyer", ()))
        and all({record.seller_iso3 or record.seller} & state(w) for w in marks.get("seller", ()))
        and all(record.quantity == int(w) for w in marks.get("quantity", ()))
        and all(w.lower() in record.system_text.lower() or w.lower() in record.system.lower() for w in marks.get("system", ()))
    )


@pytest.mark.parametrize(("rule", "example"), RULES, ids=[rule for rule, _ in RULES])
def test_the_example_of_a_rule(rule: str, example: str) -> None:
    text, marks, standing = plain(example)
    found = extract(Article("example", text))
    if standing == "none":
        assert found == []
    else:
        assert [r for r in found if agrees(r, marks, standing)], [
            (r.buyer, r.seller, r.system, r.quantity, r.status, r.rule) for r in found
        ]


def test_every_rule_has_its_own_id() -> None:
    ids = [rule for rule, _ in RULES]
    assert len(ids) == len(set(ids))


def test_every_trigger_and_idiom_is_read_by_its_own_example() -> None:
    """An example may be claimed by a firmer rule beside it; most must be their own."""
    own = 0
    rules = [(row.id, row.example) for row in (*tables.triggers(), *tables.idioms())]
    for rule, example in rules:
        text, _, _ = plain(example)
        own += any(r.rule == rule for r in extract(Article("example", text)))
    assert own >= 0.8 * len(rules)
