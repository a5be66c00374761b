"""The Deals page in a real browser: a row beside the table, reviewed there; columns; sorting by several; the search."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watched, choose, serving, wait_for_count, watching


@pytest.fixture
def own(browser: Browser, register_path: Path, tmp_path: Path) -> Iterator[Watched]:
    path = Path(shutil.copy(register_path, tmp_path / "own.sqlite"))
    with serving(path) as address, watching(browser, address) as made:
        yield made


def cell(page: Page, row: int, column: str) -> Locator:
    return page.locator(f'#grid .ag-row[row-index="{row}"] .ag-cell[col-id="{column}"]')


def shown(page: Page, column: str, words: list[str]) -> None:
    """Waits until a column holds these words, from the first row on."""
    for row, one in enumerate(words):
        expect(cell(page, row, column)).to_have_text(one)


def test_a_row_opens_beside_the_table_and_closes_again(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all&buyer=PER&buyer=NOR")
    wait_for_count(page, 3)
    cell(page, 1, "system").click()
    title = page.locator("#beside-title")
    expect(title).to_be_focused()
    expect(page.get_by_role("region", name=title.inner_text())).to_be_visible()
    expect(page.locator("#beside-place")).to_have_text("Row 2 of 3")
    expect(page.locator('#grid .ag-row[row-index="1"]').first).to_have_attribute("aria-selected", "true")
    for words in ("Its life", "What each article claims", "Nobody has reviewed this yet."):
        expect(page.locator("#beside")).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(title).to_have_count(0)
    expect(cell(page, 1, "system")).to_be_focused()
    expect(page).to_have_url("/deals?buyer=PER&buyer=NOR&counted=all")
    expect(page.locator("#grid .ag-row-selected")).to_have_count(0)


def test_rows_follow_one_another_and_back_closes(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    expect(cell(page, 0, "system")).not_to_be_empty()
    cell(page, 0, "system").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#beside-place")).to_have_text("Row 1 of 7")
    first = page.locator("#beside-title").inner_text()
    expect(page.locator("#beside-previous")).to_have_attribute("aria-disabled", "true")
    page.locator("#beside-next").press("Enter")
    expect(page.locator("#beside-place")).to_have_text("Row 2 of 7")
    expect(page.locator("#beside-title")).not_to_have_text(first)
    expect(page.locator("#beside-next")).to_be_focused()
    page.evaluate("document.getElementById('grid').dataset.kept = 'yes'")
    page.go_back()
    expect(page.locator("#beside-title")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#beside-place")).to_have_text("Row 2 of 7")
    expect(page.locator('#grid[data-kept="yes"]')).to_be_visible()


def test_the_open_row_is_part_of_the_link_and_outlives_a_filter(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all&seller=FRA")
    cell(page, 0, "system").click()
    expect(page.locator("#beside-title")).to_have_text("India: 36 Rafale from France, ordered")
    link = page.url
    page.goto("/method")
    page.goto(link)
    expect(page.locator("#beside-title")).to_have_text("India: 36 Rafale from France, ordered")
    expect(page.locator("#beside-place")).to_have_text("Row 1 of 1")
    choose(page, "buyer", "Indi")
    expect(page.locator("#filter-buyer")).to_be_visible()
    expect(page).to_have_url(link.replace("seller=FRA", "buyer=IND&seller=FRA"))
    expect(page.locator("#beside-title")).to_be_visible()
    page.locator("#beside-page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("India: 36 Rafale from France, ordered")
    expect(page.locator("#life-cycle")).to_be_visible()
    assert "deal=" not in page.url
    page.go_back()
    expect(page.locator("#beside-title")).to_be_visible()


def test_a_deal_is_rejected_beside_the_table_and_the_row_goes(own: Watched) -> None:
    page = own.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    cell(page, 0, "system").click()
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#said")).to_contain_text("Say who you are first")
    page.get_by_label("Your name").fill("Ann")
    page.keyboard.press("Escape")
    expect(page.locator("#beside-title")).to_be_visible()
    page.locator("#beside").get_by_label("Why").fill("never signed")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("#beside .notices")).to_contain_text("no chart or download counts it")
    expect(page.locator("#review-heading")).to_be_focused()
    wait_for_count(page, 6)
    expect(page.locator("#grid .ag-center-cols-container .ag-row[row-id]")).to_have_count(6)
    expect(page.locator("#reading-machine")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    wait_for_count(page, 7)


def test_a_claim_opens_with_its_sentence(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?unit=claims&buyer=IND&status=ordered")
    cell(page, 0, "system").click()
    expect(page).to_have_url(re.compile(r"/deals\?record=[0-9a-f]{16}&unit=claims&buyer=IND&status=ordered$|/deals\?record="))
    expect(page.locator("#beside .evidence-quote mark.m-system")).to_have_text("Rafale fighters")
    page.locator("#unit-deals").click()
    expect(page.locator("#beside-title")).to_have_count(0)
    expect(page.locator("main h1")).to_have_text("Deals")


def test_columns_are_chosen_kept_linked_and_reset(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    toggle = page.locator("#columns-toggle")
    toggle.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    for name in ("Articles", "Disagree on", "Delivered", "Kind", "Value", "Currency", "Confidence", "Type"):
        page.get_by_role("checkbox", name=name, exact=True).press("Space")
    page.get_by_role("checkbox", name="Stages told").press("Space")
    expect(toggle).to_have_text("Columns (7 of 36)")
    expect(page.locator('#grid .ag-header-cell[col-id="articles"]')).to_have_count(0)
    expect(page.locator('#grid .ag-cell[col-id="events"]', has_text="ordered 2021 (15)")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Buyer", exact=True)).to_be_disabled()
    link = page.locator("#columns-link").get_attribute("href") or ""
    page.get_by_role("checkbox", name="Stages told").press("Escape")
    expect(toggle).to_be_focused()
    expect(page.get_by_role("checkbox", name="Stages told")).to_be_hidden()
    page.reload()
    expect(toggle).to_have_text("Columns (7 of 36)")
    expect(page.locator('#grid .ag-header-cell[col-id="events"]')).to_be_visible()
    toggle.click()
    page.locator("#columns-reset").click()
    expect(toggle).to_have_text("Columns (14 of 36)")
    expect(page.locator('#grid .ag-header-cell[col-id="articles"]')).to_be_visible()
    page.goto(link)
    expect(toggle).to_have_text("Columns (7 of 36)")
    expect(page.locator('#grid .ag-header-cell[col-id="events"]')).to_be_visible()
    toggle.click()
    page.get_by_role("checkbox", name="Stages told").uncheck()
    expect(page).to_have_url("/deals?columns=buyer,system,quantity,year,seller,status&counted=all")
    choose(page, "buyer", "Indi")
    expect(page).to_have_url("/deals?columns=buyer,system,quantity,year,seller,status&buyer=IND&counted=all")
    page.goto("/deals")
    expect(toggle).to_have_text("Columns (14 of 36)")


def test_shift_sorts_by_a_second_column(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    expect(page.locator("#grid-order")).to_contain_text("Sorted by Articles, highest first.")
    page.locator('#grid .ag-header-cell[col-id="status"] .ag-header-cell-label').click()
    page.locator('#grid .ag-header-cell[col-id="year"] .ag-header-cell-label').click(modifiers=["Shift"])
    page.locator('#grid .ag-header-cell[col-id="year"] .ag-header-cell-label').click(modifiers=["Shift"])
    expect(page.locator("#grid-order")).to_contain_text("Sorted by Status, A to Z; then Year, highest first.")
    shown(page, "status", ["cancelled", "delivered", "ordered", "ordered", "ordered", "ordered", "planned"])
    shown(page, "year", ["2022", "", "2021", "2016", "2014", "2013"])


def test_words_are_searched_from_the_page(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    field = page.get_by_label("Search systems, parties, sentences and titles")
    field.fill("HELICOPTER")
    field.press("Enter")
    wait_for_count(page, 3)
    expect(page).to_have_url("/deals?q=HELICOPTER&counted=all")
    expect(page.locator("#grid .ag-center-cols-container .ag-row[row-id]")).to_have_count(3)
    page.reload()
    expect(field).to_have_value("HELICOPTER")
    field.fill("")
    field.press("Enter")
    wait_for_count(page, 7)
    expect(page).to_have_url("/deals?counted=all")


def test_on_a_phone_the_row_opens_below_and_comes_into_sight(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=served)
    page = context.new_page()
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    cell(page, 0, "system").click()
    expect(page.locator("#beside-title")).to_be_focused()
    expect(page.locator("#beside-title")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#beside-close").click()
    expect(cell(page, 0, "system")).to_be_focused()
    expect(cell(page, 0, "system")).to_be_in_viewport()
    context.close()
