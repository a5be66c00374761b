"""Offsets are code points into the unchanged text, whatever characters stand in it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Article, Record, extract

CLAIMS = (
    "Egypt bought 500 Russian T-90 tanks in July.",
    "Lockheed Martin won a contract from Norway for 52 F-35 fighters.",
    "Poland ordered 180 K2 tanks from South Korea for $3.37 billion.",
    "The sale of 36 Rafale jets to Iraq was approved by France last year.",
)
ODD = st.text(alphabet="İıßẞŞğ🚀🇪🇬é\u00a0\u202f\u2011\u200b“”’—…\r\n\t .aZ9", max_size=40)


def assert_exact(article: Article, records: list[Record]) -> None:
    texts = {"text": article.text, "title": article.title}
    for r in records:
        assert r.evidence == texts[r.evidence_in][r.evidence_start : r.evidence_end]
        for spans in (r.spans or {}).values():
            for span in spans:
                assert 0 <= span.start < span.end <= len(texts[span.where])
        spans = r.spans or {}
        assert r.system_text == texts[spans["system"][0].where][spans["system"][0].start : spans["system"][0].end]
        if r.buyer:
            assert r.buyer_entity == texts[spans["buyer"][0].where][spans["buyer"][0].start : spans["buyer"][0].end]


@settings(max_examples=60, deadline=None)
@given(before=ODD, between=ODD, claim=st.sampled_from(CLAIMS), other=st.sampled_from(CLAIMS))
def test_spans_hold_in_any_surroundings(before: str, between: str, claim: str, other: str) -> None:
    article = Article("x", f"{before}\n{claim}\n{between}\r\n{other}", published=date(2022, 8, 15))
    found = extract(article)
    assert_exact(article, found)
    assert len(found) >= 1


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), title=st.text(max_size=60))
def test_any_text_is_read_without_error(text: str, title: str) -> None:
    article = Article("x", text, title)
    assert_exact(article, extract(article))


def test_crlf_and_typographic_characters_keep_their_places() -> None:
    text = "İstanbul 🚀\r\n\r\nIndia ordered 36\u00a0Rafale\u2011M jets from France’s Dassault.\r\n"
    article = Article("x", text, published=date(2025, 4, 1))
    found = extract(article)
    assert len(found) == 1
    assert found[0].buyer_entity == "India"
    assert_exact(article, found)


def test_unrelated_paragraphs_do_not_change_a_record() -> None:
    claim = CLAIMS[1]
    alone = extract(Article("x", claim, published=date(2020, 1, 2)))
    after = extract(Article("x", f"{claim}\n\nThe weather in the hills stayed mild.", published=date(2020, 1, 2)))
    assert [(r.buyer, r.system, r.quantity, r.record_id) for r in alone] == [
        (r.buyer, r.system, r.quantity, r.record_id) for r in after
    ]
