"""A newcomer's first hour: clicks on every chart, the keyboard alone, links inside a page, and a register that breaks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watched, choose, serving, wait_for_count


def click_middle(page: Page, mark: Locator) -> None:
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_part_of_a_year_filters_by_year_and_type(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=PER&type=helicopter")
    wait_for_count(page, 1)
    click_middle(page, page.locator("#timeline .barlayer .point path").first)
    expect(page).to_have_url("/?buyer=PER&type=helicopter&year=2013")
    expect(page.locator("#filter-from")).to_have_value("2013 (1)")
    page.go_back()
    expect(page.locator("#filter-from")).to_have_value("")
    expect(page).to_have_url("/?buyer=PER&type=helicopter")


def test_a_click_on_records_without_a_year_filters_by_them(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=Hezbollah")
    wait_for_count(page, 1)
    click_middle(page, page.locator("#timeline .barlayer .point path").first)
    expect(page).to_have_url("/?buyer=Hezbollah&type=artillery&year=unknown")
    wait_for_count(page, 1)


def test_a_click_on_a_seller_and_on_a_flow_filters(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=PER")
    wait_for_count(page, 2)
    click_middle(page, page.locator("#sellers .barlayer .point path").first)
    wait_for_count(page, 1)
    page.goto("/?buyer=MLT")
    wait_for_count(page, 1)
    click_middle(page, page.locator("#flows .sankey-link").first)
    expect(page).to_have_url("/?buyer=MLT&seller=ITA")


def test_choosing_moves_nothing(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    before = page.locator(".filter-section").bounding_box()
    choose(page, "buyer", "Indi")
    wait_for_count(page, 1)
    assert page.locator(".filter-section").bounding_box() == before


def test_a_menu_closes_when_its_field_is_left(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    page.locator("#filter-buyer").click()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_keyboard_alone_filters_and_opens_a_record(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals")
    wait_for_count(page, 5)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#filter-buyer")).to_be_focused()
    page.keyboard.type("Indi")
    expect(page.get_by_role("option").first).to_have_text("India (1)")
    page.keyboard.press("Enter")
    wait_for_count(page, 1)


def test_the_way_from_the_quote_to_the_article_turns_no_page(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?buyer=IND&status=ordered&unit=claims")
    cell = page.locator('#grid .ag-cell[col-id="system"]').first
    expect(cell).to_have_text("Rafale")
    page.locator("#grid .ag-row a").first.click()
    quote = page.locator(".evidence-quote")
    expect(quote.locator("mark.m-system")).to_have_text("Rafale fighters")
    page.evaluate("document.querySelector('.article-text').dataset.kept = 'yes'")
    page.locator("#to-evidence").click()
    expect(page.locator("#evidence")).to_be_in_viewport()
    expect(page.locator('.article-text[data-kept="yes"]')).to_be_visible()
    page.locator("#to-article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("India orders jets")


def test_the_page_that_is_open_is_marked(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    expect(page.locator("#nav-overview")).to_have_attribute("aria-current", "page")
    page.locator("#nav-deals").click()
    expect(page.locator("#nav-deals")).to_have_attribute("aria-current", "page")
    expect(page.locator(".top [aria-current]")).to_have_count(1)


def test_filters_go_along_from_page_to_page(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    choose(page, "type", "heli")
    wait_for_count(page, 2)
    page.locator("#nav-deals").click()
    expect(page).to_have_url("/deals?type=helicopter")
    wait_for_count(page, 2)
    expect(page.locator("#download")).to_have_text("Download CSV (2)")
    expect(page.locator("#grid .ag-center-cols-container .ag-row[row-id]")).to_have_count(2)


def test_the_grid_sorts_and_says_when_nothing_matches(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    head = page.locator('#grid .ag-header-cell[col-id="year"] .ag-header-cell-label')
    head.click()
    expect(page.locator('#grid .ag-row[row-index="0"] .ag-cell[col-id="year"]')).to_have_text("2013")
    head.click()
    expect(page.locator('#grid .ag-row[row-index="0"] .ag-cell[col-id="year"]')).to_have_text("2022")
    page.goto("/deals?buyer=XXX")
    expect(page.locator(".ag-overlay")).to_contain_text("Nothing matches")
    expect(page.get_by_role("link", name="Clear all filters")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_is_further_from_the_page_s_own_ground(browser: Browser, served: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=served, color_scheme=scheme)
    page = context.new_page()
    page.goto("/?counted=all")
    expect(page.locator("#map .choroplethlocation").first).to_be_attached()
    fills = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#map .choroplethlocation")]
            .map((shape) => [shape.__data__.loc, getComputedStyle(shape).fill]))"""
    )
    light = {key: sum(int(part) for part in fill[4:-1].split(",")) for key, fill in fills.items()}
    assert (light["IND"] > light["NOR"]) is (scheme == "dark")
    context.close()


def test_a_missing_register_says_what_to_do_and_heals(browser: Browser, register_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "late.sqlite"
    with serving(path) as address:
        page = browser.new_page(base_url=address)
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("The register cannot be read")
        expect(page.locator("#problem-panel")).to_contain_text(f"python -m extractors extract YOUR_ARTICLES --register {path}")
        shutil.copy(register_path, path)
        page.reload()
        wait_for_count(page, 5)
        page.close()


def test_a_register_that_breaks_meanwhile_is_said_at_the_top(browser: Browser, register_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "breaks.sqlite"
    shutil.copy(register_path, path)
    with serving(path) as address:
        page = browser.new_page(base_url=address)
        page.goto("/")
        wait_for_count(page, 5)
        path.unlink()
        choose(page, "buyer", "Indi")
        expect(page.locator("#problem")).to_contain_text("The register cannot be read")
        page.close()
