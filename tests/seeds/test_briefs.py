"""The briefs of seeds/: whole front matter, briefs of a brief's length, no shared sentence, and a sample as wide as its README says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import frontmatter
import orjson
import pytest

from extractors import STATUSES, WEAPON_TYPES

ROOT = Path(__file__).parents[2]
GOLD = [orjson.loads(line) for line in (Path(__file__).parent / "gold.jsonl").read_bytes().splitlines()]
BRIEFS = {p.stem: frontmatter.load(str(p)) for p in sorted((ROOT / "seeds").glob("*.md")) if p.name != "README.md"}
RECORDS = [(one["id"], record) for one in GOLD for record in one["records"]]
NAME_OR_NUMBER = re.compile(r"\w*\d[\w.,/-]*|\b[A-Z][\w./-]*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def masked(sentence: str) -> str:
    """A sentence with every capitalised word and every number replaced by one sign, and punctuation dropped."""
    return " ".join(re.findall(r"[\w#]+", NAME_OR_NUMBER.sub("#", sentence))).lower()


def squash(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def same_deal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two gold records can be one deal: a buyer, a name of the system, a number and a year in common."""
    names = ({squash(s) for s in record["system"][:3]} for record in (one, other))
    shared = [set(one[field]) & set(other[field]) for field in ("buyer", "quantity", "year")]
    return all(shared) and bool(set.intersection(*names))


def deals_told_twice() -> list[list[dict[str, Any]]]:
    """The gold records of each deal that two or more briefs tell."""
    counted = [(brief, record) for brief, record in RECORDS if not record.get("optional")]
    group = list(range(len(counted)))
    for (i, (first, one)), (j, (second, other)) in combinations(enumerate(counted), 2):
        if first != second and same_deal(one, other):
            group = [group[i] if g == group[j] else g for g in group]
    told = defaultdict(list)
    for number, entry in zip(group, counted, strict=True):
        told[number].append(entry)
    return [[record for _, record in entries] for entries in told.values() if len({brief for brief, _ in entries}) > 1]


@pytest.mark.parametrize("name", BRIEFS)
def test_front_matter_names_the_report_and_the_day_it_was_read(name: str) -> None:
    head = BRIEFS[name].metadata
    assert list(head) == ["title", "source", "url", "published", "read"]
    assert all(isinstance(head[key], str) and head[key].strip() for key in ("title", "source", "url"))
    assert re.match(r"https?://[^/\s]+\.[^/\s]+/\S+$", str(head["url"]))
    assert isinstance(head["read"], date)
    assert head["published"] is None or date(2000, 1, 1) <= head["published"] <= head["read"]


def test_most_reports_are_dated() -> None:
    assert sum(brief.metadata["published"] is not None for brief in BRIEFS.values()) >= 120


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_has_60_to_150_words(name: str) -> None:
    assert 60 <= len(BRIEFS[name].content.split()) <= 150


def test_no_two_briefs_share_a_sentence_once_names_and_numbers_are_masked() -> None:
    told = Counter(masked(s) for brief in BRIEFS.values() for s in SENTENCE_END.split(" ".join(brief.content.split())))
    assert [sentence for sentence, times in told.items() if times > 1] == []


def test_no_two_briefs_rest_on_one_page_with_one_title() -> None:
    titles = Counter(brief.metadata["title"] for brief in BRIEFS.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_brief_has_gold_and_gold_has_its_date() -> None:
    assert sorted(one["id"] for one in GOLD) == sorted(BRIEFS)
    for one in GOLD:
        published = BRIEFS[one["id"]].metadata["published"]
        assert one["published"] == (published.isoformat() if published else None), one["id"]


def test_gold_is_well_formed_and_quotes_its_brief() -> None:
    for brief, record in RECORDS:
        name = f"{brief}: {record['system'][:1]}"
        assert record["system"], name
        assert record["buyer"] or record["seller"], name
        assert record["type"], name
        assert set(record["type"]) <= set(WEAPON_TYPES), name
        assert record["status"], name
        assert set(record["status"]) <= set(STATUSES), name
        assert len(record["evidence"].split()) < 20, name
        told = f"{BRIEFS[brief].metadata['title']} {' '.join(BRIEFS[brief].content.split())}"
        assert " ".join(record["evidence"].split()) in told, name


def test_the_sample_is_wide() -> None:
    counted = [record for _, record in RECORDS if not record.get("optional")]
    assert len(BRIEFS) >= 120
    assert len({r["buyer"][0] for r in counted if r["buyer"]}) >= 50
    assert len({r["seller"][0] for r in counted if r["seller"]}) >= 20
    assert {r["type"][0] for r in counted} == set(WEAPON_TYPES)
    years = {year for record in counted for year in record["year"]}
    assert set(range(2000, 2027)) <= years


def test_many_deals_are_told_twice_and_some_tellings_differ() -> None:
    told = deals_told_twice()
    assert len(told) >= 30
    differing = [deal for deal in told if len({record["value"] for record in deal if record.get("value")}) > 1]
    assert len(differing) >= 10


def test_the_readme_counts_as_we_do() -> None:
    counted = [record for _, record in RECORDS if not record.get("optional")]
    text = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([^|]+) \| (\d+) \|$", text, re.M))
    twice = deals_told_twice()
    assert told == {
        "briefs": str(len(BRIEFS)),
        "buyers, states": str(len({r["buyer"][0] for r in counted if r["buyer"]})),
        "sellers, states": str(len({r["seller"][0] for r in counted if r["seller"]})),
        "deals told by two or more briefs": str(len(twice)),
    }
    undated = sum(brief.metadata["published"] is None for brief in BRIEFS.values())
    differing = sum(len({record["value"] for record in deal if record.get("value")}) > 1 for deal in twice)
    assert f"empty for {undated} reports" in text
    assert f"{differing} have two prices" in text
