"""The whole path in a real browser: article, record, correction, review, a mark on a chart, and the row of the CSV."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from extractors import open_register
from tests.browser.conftest import Watched, serving, wait_for_count, watching
from tests.browser.test_accessibility import looked_over
from tests.dashboard.test_reading import CHAD, PERU

DONE = '#read-status[data-state="done"]'
ARTICLE = f"{CHAD} {PERU.replace('Peru', 'Chile')}"


@pytest.fixture
def own(register_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(register_path, tmp_path / "own.sqlite"))


@pytest.fixture
def watched(browser: Browser, own: Path) -> Iterator[Watched]:
    with serving(own) as address, watching(browser, address) as made:
        yield made


def paste(page: Page, text: str = ARTICLE) -> None:
    page.goto("/read")
    page.get_by_label("Text of the article").fill(text)
    page.locator("#read-paste").press("Enter")
    expect(page.locator(DONE)).to_be_visible()


def opened(page: Page, heading: str) -> Locator:
    """The record of this heading, with its form open."""
    found = page.locator(".read-record", has_text=heading)
    form = found.locator(".draft")
    if form.get_attribute("open") is None:
        form.locator("summary").press("Enter")
    return found


def correct(page: Page, record: Locator, field: str, value: str, why: str) -> None:
    record.get_by_label("Why").fill(why)
    record.get_by_role("textbox", name="Correct").click()
    page.get_by_role("option", name=field, exact=True).click()
    record.get_by_label("to (empty for nothing)").fill(value)
    record.get_by_role("button", name="Correct", exact=True).press("Enter")


def rows_of(page: Page, address: str) -> list[dict[str, str]]:
    text = page.request.get(address).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_from_an_article_to_a_corrected_row_of_the_csv(watched: Watched, own: Path) -> None:
    page = watched.page
    paste(page)
    expect(page.locator(DONE)).to_have_text("1 article read: 2 records.")
    chad = opened(page, "Chad: 4 Mi-24")
    correct(page, chad, "Quantity", "six", "the ministry’s own list")
    expect(page.locator(".read-record + .said").first).to_have_text("'six' is not a whole number.")
    chad.get_by_label("to (empty for nothing)").fill("6")
    chad.get_by_role("button", name="Correct", exact=True).press("Enter")
    expect(page.locator(".read-record + .said").first).to_have_text("Corrected.")
    chad = opened(page, "Chad: 6 Mi-24")
    expect(chad.locator(".draft > summary")).to_be_focused()
    expect(chad.locator("tr", has_text="Quantity")).to_contain_text("four (read as 4)")
    correct(page, chad, "Status", "ordered", "not there yet")
    expect(chad.locator(".reviews li")).to_have_count(2)
    chad.get_by_role("button", name="Take back: Status set to ordered").press("Enter")
    expect(chad.locator(".reviews li")).to_have_count(1)
    chile = opened(page, "Chile: 15 K2")
    chile.get_by_label("Why").fill("another article denies it")
    chile.get_by_role("button", name="Reject").press("Enter")
    expect(page.locator("#download")).to_have_text("Download CSV (1)")

    page.reload()
    expect(page.locator(".read-record summary", has_text="Chad: 6 Mi-24")).to_be_visible()
    expect(page.locator(".read-record del, .read-record s")).to_have_text("Chile: 15 K2 from South Korea, ordered")
    with page.expect_download() as got:
        page.locator("#download").click()
    text = Path(got.value.path()).read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["quantity"], row["review"], orjson.loads(row["machine"])["quantity"]) == ("6", "corrected", 4)
    page.locator("#download-menu-target").click()
    with page.expect_download() as got:
        page.locator("#read-jsonl").click()
    (line,) = Path(got.value.path()).read_bytes().splitlines()
    assert orjson.loads(line)["quantity"] == 6

    page.locator("#read-add").press("Enter")
    expect(page.locator("#read-said")).to_contain_text("Say who you are first")
    with open_register(own) as register:
        assert register.reviews() == []
    page.get_by_label("Your name").fill("Ann")
    page.locator("#read-add").press("Enter")
    expect(page.locator("#read-added")).to_contain_text("1 article added; 2 reviews stored.")
    page.locator(".read-record", has_text="Chad").get_by_role("link", name="in the register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chad: 6 Mi-24 from Ukraine, delivered")
    expect(page.locator("#review")).to_contain_text("Quantity set to 6 (it was read as 4) by Ann")
    expect(page.get_by_label("Your name")).to_have_value("Ann")

    page.goto("/")
    wait_for_count(page, 6)
    point = page.locator("#timeline .barlayer .point path").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url("/?type=helicopter&year=2008")
    wait_for_count(page, 1)
    with page.expect_download() as got:
        page.locator("#download").click()
    (row,) = csv.DictReader(io.StringIO(Path(got.value.path()).read_bytes().decode("utf-8-sig"), newline=""))
    assert (row["buyer"], row["quantity"], row["year"]) == ("Chad", "6", "2008")
    (claim,) = rows_of(page, "/download/records.csv?buyer=TCD")
    assert (claim["quantity"], claim["review"]) == ("6", "corrected")
    assert rows_of(page, "/download/records.csv?buyer=CHL") == []
    (claim,) = rows_of(page, "/download/records.csv?buyer=CHL&reading=machine")
    assert claim["quantity"] == "15"


def test_the_form_to_correct_is_within_reach_of_everybody(watched: Watched) -> None:
    page = watched.page
    paste(page)
    chad = opened(page, "Chad: 4 Mi-24")
    correct(page, chad, "Year", "2009", "p. 3")
    expect(page.locator(".read-record .tag").first).to_have_text("corrected")
    assert looked_over(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
