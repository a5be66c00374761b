"""What a person does in the browser: looks, filters, reloads, goes back, downloads, opens the sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched, choose, wait_for_count


def test_the_first_page_draws_every_chart(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who buys what from whom")
    expect(page.locator("#label")).to_have_text("test")
    wait_for_count(page, 5)
    for graph in ("map", "timeline", "buyers", "sellers", "flows"):
        expect(page.locator(f"#{graph} .main-svg").first).to_be_visible()
    expect(page.locator("#map .choroplethlayer path").first).to_be_attached()
    expect(page).to_have_title("Overview · Arms transfers")


def test_a_filter_changes_charts_and_address_and_a_reload_restores_it(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    choose(page, "buyer", "Indi")
    wait_for_count(page, 1)
    expect(page).to_have_url("/?buyer=IND")
    expect(page.locator("#buyers .yaxislayer-above text, #buyers .ytick text")).to_have_text(["India"])
    page.reload()
    wait_for_count(page, 1)
    expect(page.locator(".filter-section").get_by_text("India (1)")).to_be_visible()


def test_the_back_button_takes_a_filter_back(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals")
    wait_for_count(page, 5)
    choose(page, "status", "cancelled")
    wait_for_count(page, 1)
    expect(page).to_have_url("/deals?status=cancelled")
    page.go_back()
    wait_for_count(page, 5)
    expect(page).to_have_url("/deals")
    page.go_forward()
    wait_for_count(page, 1)


def test_typing_finds_the_name_that_starts_so_first(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    page.locator("#filter-buyer").click()
    page.locator("#filter-buyer").fill("n")
    options = page.get_by_role("option")
    expect(options.first).to_have_text("Norway (1)")


def test_a_click_on_a_bar_filters_by_it_and_again_takes_it_back(watched: Watched) -> None:
    page = watched.page
    page.goto("/?status=ordered")
    wait_for_count(page, 4)
    page.locator("#buyers .barlayer .point path").last.click(force=True)
    wait_for_count(page, 2)
    expect(page).to_have_url("/?buyer=PER&status=ordered")


def test_a_click_on_a_country_filters_by_it(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=IND&buyer=PER&counted=all")
    wait_for_count(page, 4)
    shape = page.locator("#map .choroplethlayer path").first
    expect(shape).to_be_attached()
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_count(page, 2)


def test_years_are_searched_counted_and_chosen(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    choose(page, "from", "2014")
    wait_for_count(page, 3)
    expect(page.locator("#filter-from")).to_have_value("2014 (3)")
    choose(page, "to", "2016")
    wait_for_count(page, 2)
    expect(page).to_have_url("/?year=2014-2016")
    page.get_by_label("or unknown (1)").check()
    wait_for_count(page, 3)
    expect(page).to_have_url("/?year=2014-2016&year=unknown")
    page.reload()
    wait_for_count(page, 3)
    expect(page.locator("#filter-to")).to_have_value("2016 (3)")


def test_the_download_equals_the_filtered_count(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    page.goto("/deals?type=helicopter&year=2013-2022&counted=all")
    wait_for_count(page, 3)
    with page.expect_download() as found:
        page.locator("#download").click()
    assert found.value.suggested_filename.startswith("arms-deals-test-20")
    text = Path(found.value.path()).read_bytes().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == 3


def test_the_name_in_a_row_opens_its_record_with_the_sentence_highlighted(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?buyer=IND&status=ordered&unit=claims")
    cell = page.locator('#grid .ag-cell[col-id="system"]').first
    expect(cell).to_have_text("Rafale")
    page.locator("#grid .ag-row a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("India: 36 Rafale from France, ordered")
    expect(page.locator(".article-text .evidence").first).to_be_visible()
    expect(page.locator(".article-text mark.m-buyer")).to_have_text("India")
    expect(page.locator(".article-text mark.m-quantity")).to_have_text("36")
    page.locator("#back").click()
    expect(page).to_have_url("/deals?buyer=IND&status=ordered&unit=claims")
    wait_for_count(page, 1)


def test_control_and_enter_on_a_row_open_its_record(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?buyer=NOR&unit=claims&counted=all")
    cell = page.locator('#grid .ag-cell[col-id="system"]').first
    expect(cell).to_have_text("NH90")
    cell.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Norway: 14 NH90")


def test_an_article_with_a_slash_in_its_id_opens(watched: Watched) -> None:
    page = watched.page
    page.goto("/article/trade%2Findia-1")
    expect(page.get_by_role("heading", level=1)).to_have_text("India orders jets")
    expect(page.get_by_role("link", name="India: 36 Rafale from France, ordered")).to_be_visible()


def test_nothing_found_says_what_to_do(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=XXX")
    wait_for_count(page, 0)
    expect(page.locator("#nothing")).to_contain_text("No deal matches these filters")
    page.locator("#nothing").get_by_role("link", name="clear all filters").click()
    wait_for_count(page, 5)
    expect(page.locator("#map .main-svg").first).to_be_visible()


def test_a_bad_filter_is_said_and_ignored(watched: Watched) -> None:
    page = watched.page
    page.goto("/?type=spoon")
    wait_for_count(page, 5)
    expect(page.locator(".notices")).to_contain_text("“spoon” is not a value of type")


def test_filters_without_a_control_show_and_can_be_taken_away(watched: Watched) -> None:
    page = watched.page
    page.goto("/?q=helicopter&counted=all&buyer!=PER")
    wait_for_count(page, 2)
    page.get_by_role("link", name="Buyer is not Peru").click()
    wait_for_count(page, 3)
    expect(page).to_have_url("/?q=helicopter&counted=all")


def test_an_unknown_page_says_so(watched: Watched) -> None:
    page = watched.page
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")


def test_dark_and_light_are_kept(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    page.locator("#scheme").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.locator("#scheme")).to_have_text("Light")


@pytest.mark.parametrize("width", [360, 800, 1400])
@pytest.mark.parametrize("address", ["/", "/deals", "/article/trade%2Findia-1", "/no/such/page", "/deals?type=spoon"])
def test_no_page_is_wider_than_its_window(browser: Browser, served: str, width: int, address: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_filters_open_on_a_phone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto("/")
    wait_for_count(page, 5)
    expect(page.locator("#filter-buyer")).to_be_hidden()
    page.locator("#filters-toggle").click()
    expect(page.locator("#filter-buyer")).to_be_visible()
    choose(page, "buyer", "Peru")
    wait_for_count(page, 2)
    context.close()
