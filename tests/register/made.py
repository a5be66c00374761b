"""Articles, records, deals and reviews of our own, with made-up numbers and awkward characters."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractors import DEAL_COLUMNS, Article, Event, Record, Register, Span
from extractors.records.reviews import Review

ODD = 'İstanbul "NA", NO; it\'s\r\nline\ttab \u2028 \U0001f680 e\u0301 =1+1\r'


def record(article: str, number: int, **more: Any) -> Record:
    """A record of an article, of the words at its number."""
    at = 100 * number
    said: dict[str, Any] = {
        "buyer": "Peru", "system": "K2", "system_id": "k2", "quantity": number, "year": 2021, "seller": "South Korea",
        "buyer_iso3": "PER", "seller_iso3": "KOR", "weapon_type": "armoured vehicle", "status": "ordered",
        "spans": {"buyer": (Span(at, at + 4),), "system": (Span(at + 10, at + 12),)},
        "events": (Event("ordered", 2021, "stated", number, (Span(at + 5, at + 9),)),),
        "article_id": article, "record_id": f"{article}-{number}", "rule": "test", "rules_version": "1",
    }  # fmt: skip
    return Record(**{**said, **more})


def article(name: str, **more: Any) -> Article:
    return Article(**{"id": name, "text": f"Text of {name}.", "title": name.title(), "published": date(2022, 1, 5), **more})


def deal(deal_id: str, **more: Any) -> dict[str, Any]:
    told = {
        "deal_id": deal_id,
        "buyer": "Peru",
        "system": "K2",
        "quantity": 15,
        "status": "ordered",
        "disagree": "{}",
        "why": "{}",
        "events": "[]",
    }
    return {**dict.fromkeys(c.name for c in DEAL_COLUMNS), **told, **more}


def fill(register: Register) -> None:
    """Everything that a register can hold, the awkward among it."""
    register.replace(article("wire/1"), [record("wire/1", 1), record("wire/1", 2, value=3.5e9, currency="USD", confidence=0.875)])
    odd = record(
        "odd",
        1,
        evidence=ODD,
        system_text="NA",
        buyer="Norway",
        buyer_iso3="NO",
        source="NO",
        title="NULL",
        currency="nan",
        quantity=None,
    )
    register.replace(
        article("odd", text=ODD * 3, title="NA", published=None, source="NO", url="null"),
        [odd, record("odd", 2, domestic=True, published=date(1999, 12, 31))],
    )
    register.replace(article("Ärger", text="x" * 200_000), [])
    with register.run("extract", "abc") as counts:
        counts["added"] = 3
    register.put_deals(
        [deal("d1", value=0.1, domestic=False), deal("d2", buyer="NA", quantity=None, why='{"a":"NO"}')],
        {"wire/1-1": "d1", "odd-1": "d2"},
        {"d0": "d1"},
    )
    first = register.add_review(
        Review(target="record", target_id="wire/1-1", action="correct", field="quantity", value=None, who="Ann", note=ODD)
    )
    register.add_review(Review(target="record", target_id="odd-1", action="correct", field="seller", value="", who="NA"))
    register.add_review(Review(target="cluster", target_id="d1", action="merge", value={"with": ["d2"], "share": 0.5}, who="Ann"))
    register.undo_review(first.id, "Bo")
