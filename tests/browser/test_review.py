"""From a chart to the sentence, a correction, the corrected chart and CSV, and back: in a real browser, on a register of its own."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from extractors import open_register
from tests.browser.conftest import Watched, serving, wait_for_count, watching


@pytest.fixture
def own(register_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(register_path, tmp_path / "own.sqlite"))


@pytest.fixture
def watched(browser: Browser, own: Path) -> Iterator[Watched]:
    with serving(own) as address, watching(browser, address) as made:
        yield made


def page_of(own: Path, buyer: str, kind: str = "record") -> str:
    with open_register(own) as register:
        frame = register.frame()
        record = str(frame[frame["buyer"] == buyer]["record_id"].iloc[0])
        return f"/{kind}/{record if kind == 'record' else register.joined().home[record]}"


def sign(page: Page, why: str = "") -> None:
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Why").fill(why)


def csv_of(page: Page, address: str) -> list[dict[str, str]]:
    text = page.request.get(address).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_record_is_corrected_and_the_chart_and_the_csv_follow(watched: Watched, own: Path) -> None:
    page = watched.page
    page.goto(page_of(own, "Malta"))
    page.set_viewport_size({"width": 360, "height": 500})
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#said")).to_have_text("Say who you are first: a review carries a name.")
    expect(page.locator("#said")).to_be_in_viewport()
    sign(page)
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#said")).to_contain_text("Say why first")
    sign(page, "the second sentence says two")
    page.get_by_role("textbox", name="Correct").click()
    page.get_by_role("option", name="Quantity").click()
    page.get_by_label("to (empty for nothing)").fill("two")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#said")).to_contain_text("is not a whole number")
    page.get_by_label("to (empty for nothing)").fill("2")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#said")).to_have_text("Corrected.")
    expect(page.locator("#review-heading")).to_be_focused()
    expect(page.locator("#review")).to_contain_text("Quantity set to 2 (it was read as 1) by Ann")
    expect(page.locator("h1")).to_have_text("Malta: 2 AW139 from Italy, ordered")
    assert [row["quantity"] for row in csv_of(page, "/download/deals.csv?buyer=MLT")] == ["2"]
    assert [row["quantity"] for row in csv_of(page, "/download/deals.csv?buyer=MLT&reading=machine")] == ["1"]
    expect(page.get_by_label("Your name")).to_have_value("Ann")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_have_text("Taken back.")
    assert [row["quantity"] for row in csv_of(page, "/download/deals.csv?buyer=MLT")] == ["1"]


def test_a_rejected_deal_leaves_the_charts_and_the_switch_shows_it(watched: Watched, own: Path) -> None:
    page = watched.page
    page.goto(page_of(own, "Norway", "deal"))
    sign(page, "never signed")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".notices").filter(has_text="no chart or download counts it")).to_be_visible()
    page.goto("/deals?counted=all")
    wait_for_count(page, 6)
    page.locator("#reading-machine").click()
    wait_for_count(page, 7)
    expect(page).to_have_url("/deals?counted=all&reading=machine")
    page.locator("#nav-reviews").click()
    expect(page.locator("#all-reviews")).to_contain_text("Rejected by Ann")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#all-reviews")).to_contain_text("taken back by Ann")
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)


def test_two_deals_are_merged_and_a_claim_split_off_again(watched: Watched, own: Path) -> None:
    page = watched.page
    page.goto(page_of(own, "Peru", "deal"))
    sign(page, "one contract")
    page.get_by_role("textbox", name="Another deal of this buyer").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Merge with it").click()
    expect(page.locator("#said")).to_have_text("Merged.")
    expect(page.locator("#claims tbody tr")).to_have_count(2)
    sign(page, "two contracts after all")
    page.get_by_role("button", name="Split picked claims off").click()
    expect(page.locator("#said")).to_contain_text("Pick the claims first")
    page.get_by_label("Pick the claim").first.check()
    page.get_by_role("button", name="Split picked claims off").click()
    expect(page.locator("#said")).to_have_text("Split off into a deal of its own.")
    expect(page.locator("#claims tbody tr")).to_have_count(1)
    page.goto("/deals?buyer=PER")
    wait_for_count(page, 2)
