"""Reviews on the pages: what a click means, what stands afterwards, and the two readings."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages.reviews import differing
from dashboard.reviewing import review_of
from dashboard.routing import route
from dashboard.source import Source
from extractors import Review, ReviewError, open_register


@pytest.fixture
def own(register_path: Path, tmp_path: Path) -> Path:
    """A copy of the test register, to be changed."""
    return Path(shutil.copy(register_path, tmp_path / "own.sqlite"))


@pytest.fixture
def source(own: Path) -> Source:
    return Source(own)


def record_of(source: Source, buyer: str, system: str) -> str:
    frame = source.data(machine=True).frame
    return str(frame[(frame["buyer"] == buyer) & (frame["system"] == system)]["record_id"].iloc[0])


def deal_of(source: Source, record_id: str) -> str:
    deals = source.deals(machine=True)
    assert deals.claims is not None
    assert deals.home is not None
    at = deals.claims.frame["record_id"].tolist().index(record_id)
    return str(deals.frame["deal_id"].iloc[deals.home[at]])


def page(source: Source, address: str, **more: Any) -> str:
    return str([part.to_plotly_json() if hasattr(part, "to_plotly_json") else part for part in route(source, address, **more)[0]])


def download(own: Path, address: str) -> list[dict[str, str]]:
    text = create_app(own).server.test_client().get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def say(source: Source, target: str, identity: str, action: str, **more: Any) -> Review:
    return source.review(Review(target=target, target_id=identity, action=action, who="Ann", note="p. 3", **more))


def test_without_reviews_there_is_one_reading_and_no_switch(source: Source) -> None:
    assert source.deals() is source.deals(machine=True)
    assert "reading-machine" not in page(source, "/deals")
    assert "Nobody has reviewed this yet." in page(source, f"/record/{record_of(source, 'Peru', 'K2')}")


def test_a_rejected_record_leaves_charts_and_downloads_and_stays_to_be_seen(source: Source, own: Path) -> None:
    record = record_of(source, "Malta", "AW139")
    deal = deal_of(source, record)
    say(source, "record", record, "reject")
    assert len(source.deals()) == 6
    assert len(source.data()) == 6
    assert len(source.deals(machine=True)) == 7
    assert [row["buyer"] for row in download(own, "/download/records.csv") if row["buyer"] == "Malta"] == []
    assert [row["review"] for row in download(own, "/download/records.csv?reading=machine") if row["buyer"] == "Malta"] == [""]
    for address in (f"/record/{record}", f"/deal/{deal}"):
        shown = page(source, address)
        assert "no chart or download counts it" in shown
        assert "Malta" in shown
    assert "Rejected" in page(source, f"/record/{record}")
    assert "reading-machine" in page(source, "/deals")
    assert "4 of 6 deals" in page(source, "/deals")
    assert "All 6 deals" in page(source, "/deals?counted=all")
    assert "5 of 7 deals" in page(source, "/deals?reading=machine")
    assert "All 7 deals" in page(source, "/deals?reading=machine&counted=all")


def test_a_correction_is_in_charts_downloads_and_pages_with_what_was_read(source: Source, own: Path) -> None:
    record = record_of(source, "Peru", "K2")
    say(source, "record", record, "correct", field="quantity", value=16)
    (row,) = [row for row in download(own, "/download/records.csv") if row["record_id"] == record]
    assert (row["quantity"], row["review"], row["machine"]) == ("16", "corrected", '{"quantity_high":15,"quantity":15}')
    (deal,) = [one for one in download(own, "/download/deals.csv") if one["system"] == "K2"]
    assert deal["quantity"] == "16"
    shown = page(source, f"/record/{record}")
    assert "read as 15" in shown
    assert "Quantity set to 16" in shown


def test_a_rejected_deal_takes_its_claims_along(source: Source) -> None:
    record = record_of(source, "Norway", "NH90")
    say(source, "deal", deal_of(source, record), "reject")
    assert "Norway" not in source.data().frame["buyer"].tolist()
    assert "Norway" not in source.deals().frame["buyer"].tolist()


def test_merged_deals_are_one_and_their_old_address_leads_there(source: Source) -> None:
    first, second = (deal_of(source, record_of(source, "Peru", system)) for system in ("K2", "Mi-35"))
    review = say(source, "cluster", first, "merge", value={"with": [second]})
    shown = page(source, f"/deal/{second}")
    assert f"/deal/{first}" in shown
    assert "Told by 2 articles" in shown
    source.undo(review.id, "Bo")
    assert len(source.deals()) == 7


def test_the_list_of_reviews_has_those_that_were_taken_back_and_those_without_a_home(source: Source, own: Path) -> None:
    record = record_of(source, "Malta", "AW139")
    first = say(source, "record", record, "confirm")
    say(source, "record", record_of(source, "Peru", "K2"), "reject")
    source.undo(first.id, "Bo")
    shown = page(source, "/reviews")
    assert "taken back by Bo" in shown
    assert "unattached" not in shown
    with open_register(own) as register:
        register.remove(["wire/peru-2"])
    shown = page(source, "/reviews")
    assert "Their record or deal is gone" in shown


def test_a_read_only_server_shows_reviews_and_has_no_form(source: Source) -> None:
    record = record_of(source, "Malta", "AW139")
    say(source, "record", record, "confirm")
    shown = page(source, f"/record/{record}", read_only=True)
    assert "Confirmed" in shown
    assert "This server is read-only" in shown
    assert "'say'" not in shown
    assert "'undo'" not in shown


TARGET = {"kind": "deal", "id": "d1"}


@pytest.mark.parametrize(
    ("action", "typed", "picked", "said"),
    [
        ("confirm", {}, [], "Say who you are first"),
        ("reject", {"who": "Ann"}, [], "Say why first"),
        ("correct", {"who": "Ann", "note": "x"}, [], "Choose the field"),
        ("correct", {"who": "Ann", "note": "x", "field": "year", "value": "soon"}, [], "is not a whole number"),
        ("split", {"who": "Ann", "note": "x"}, [], "Pick the claims"),
        ("move", {"who": "Ann", "note": "x", "other": "d2"}, [], "Pick the claims"),
        ("move", {"who": "Ann", "note": "x"}, ["r1"], "Choose the other deal"),
        ("merge", {"who": "Ann", "note": "x"}, [], "Choose the other deal"),
    ],
)
def test_what_is_missing_is_asked_for(action: str, typed: dict[str, str], picked: list[str], said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        review_of(action, TARGET, typed, picked)


def test_a_click_becomes_a_review() -> None:
    typed = {"who": " Ann ", "note": "p. 3", "field": "buyer", "value": "per", "other": "d2"}
    made = {action: review_of(action, TARGET, typed, ["r1"]) for action in ("confirm", "correct", "merge", "split", "move")}
    assert [(one.target, one.target_id, one.who, one.note) for one in made.values()][:2] == [("deal", "d1", "Ann", "p. 3")] * 2
    assert (made["correct"].field, made["correct"].value) == ("buyer", "Peru")
    assert made["merge"].value == {"with": ["d2"]}
    assert made["split"].value == {"records": ["r1"]}
    assert made["move"].value == {"records": ["r1"], "to": "d2"}
    assert made["move"].target == "cluster"


def test_an_article_that_contradicts_itself_is_one() -> None:
    assert differing(1, ["seller"]) == "1 article; its claims disagree on seller"
    assert differing(3, ["year", "quantity"]) == "3 articles; they disagree on year and quantity"
