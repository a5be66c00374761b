"""From a deal to its country and system, and through the drawings and years of the flows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched, choose, wait_for_count


def test_from_a_deal_to_its_buyer_and_its_system_and_back(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?buyer=IND&status=ordered")
    cell = page.locator('#grid .ag-cell[col-id="system"]').first
    expect(cell).to_have_text("Rafale")
    page.locator("#grid .ag-row a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("India: 36 Rafale from France")
    page.locator(".facts").get_by_role("link", name="India", exact=True).click()
    expect(page).to_have_url("/country/IND?status=ordered")
    expect(page).to_have_title("India · Arms transfers")
    wait_for_count(page, 1)
    expect(page.locator("#count")).to_have_text("1 of 2 deals")
    page.locator("#bought-units-card summary").click()
    page.locator("#bought-systems").get_by_role("link", name="Rafale").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rafale: who bought it")
    expect(page.locator("#sums")).to_contain_text("Aircraft: 36 units ordered and 0 delivered, in 1 deal")
    page.go_back()
    expect(page).to_have_url("/country/IND?status=ordered")
    expect(page.get_by_role("heading", level=1)).to_have_text("India: arms bought and sold")
    page.locator("#to-deals").click()
    expect(page).to_have_url("/deals?status=ordered&party=IND")
    wait_for_count(page, 1)


def test_filters_of_a_profile_are_in_its_address_and_its_counts_are_its_own(watched: Watched) -> None:
    page = watched.page
    page.goto("/country/PER")
    wait_for_count(page, 2)
    expect(page.locator(".drawn .main-svg").first).to_be_visible()
    choose(page, "type", "heli")
    wait_for_count(page, 1)
    expect(page).to_have_url("/country/PER?type=helicopter")
    expect(page.locator("#bought-types")).to_contain_text("24")
    expect(page.locator("#download")).to_have_attribute("href", "/download/deals.csv?type=helicopter&party=PER")
    page.reload()
    wait_for_count(page, 1)
    page.locator("#clear").click()
    expect(page).to_have_url("/country/PER")
    wait_for_count(page, 2)


def test_a_click_on_a_bar_of_a_profile_filters_it_and_again_takes_it_back(watched: Watched) -> None:
    page = watched.page
    page.goto("/country/PER")
    wait_for_count(page, 2)
    bar = page.locator("#bought-partners .barlayer .point path").first
    bar.click(force=True)
    wait_for_count(page, 1)
    expect(page).to_have_url("/country/PER?seller=KOR")
    parts = page.locator("#bought-years .barlayer .point path")
    expect(parts).to_have_count(1)
    parts.first.click(force=True)
    expect(page).to_have_url("/country/PER?seller=KOR&type=armoured+vehicle&year=2021")
    page.go_back()
    expect(page).to_have_url("/country/PER?seller=KOR")
    wait_for_count(page, 1)


def test_the_flows_are_drawn_in_each_way_and_the_address_keeps_it(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    page.locator("#nav-flows").click()
    expect(page).to_have_title("Flows · Arms transfers")
    expect(page.locator("#nav-flows")).to_have_attribute("aria-current", "page")
    expect(page.locator(".chart-flows .sankey-link")).to_have_count(7)
    page.get_by_text("Map", exact=True).click()
    expect(page.locator(".chart-arcs .scatterlayer .js-line").first).to_be_attached()
    expect(page).to_have_url("/flows?show=map&counted=all")
    page.reload()
    expect(page.locator(".chart-arcs .scatterlayer .js-line").first).to_be_attached()
    page.get_by_role("radio", name="Map").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".matrix")).to_be_visible()
    expect(page).to_have_url("/flows?show=matrix&counted=all")
    choose(page, "type", "heli")
    wait_for_count(page, 3)
    expect(page).to_have_url("/flows?show=matrix&type=helicopter&counted=all")
    expect(page.locator(".matrix")).not_to_contain_text("India")
    page.locator(".matrix").get_by_role("link", name="Russia, Peru: 1").click()
    expect(page).to_have_url("/deals?buyer=PER&seller=RUS&type=helicopter&counted=all")
    wait_for_count(page, 1)
    page.go_back()
    expect(page).to_have_url("/flows?show=matrix&type=helicopter&counted=all")
    expect(page.locator(".matrix")).to_be_visible()


def test_the_bar_s_switches_keep_how_the_flows_are_drawn_and_the_keyboard_s_place(watched: Watched) -> None:
    page = watched.page
    page.goto("/flows?show=matrix&top=5&at=2016&min_confidence=0.1&counted=all")
    expect(page.locator(".matrix")).to_be_visible()
    page.locator("#unit-claims").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/flows?show=matrix&top=5&at=2016&min_confidence=0.1&unit=claims&counted=all")
    expect(page.locator("#flows-when")).to_have_text("2016")
    expect(page.locator("#count")).to_be_focused()
    page.locator("#standing .chip").click()
    expect(page).to_have_url("/flows?show=matrix&top=5&at=2016&unit=claims&counted=all")
    expect(page.locator("#standing .chip")).to_have_count(0)
    expect(page.locator(".matrix")).to_be_visible()
    page.locator("#unit-deals").click()
    expect(page).to_have_url("/flows?show=matrix&top=5&at=2016&counted=all")
    page.locator(".matrix").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()


def test_a_click_on_a_band_and_on_an_arc_filters_by_its_two_sides(watched: Watched) -> None:
    page = watched.page
    page.goto("/flows?buyer=MLT")
    wait_for_count(page, 1)
    band = page.locator(".chart-flows .sankey-link").first
    band.scroll_into_view_if_needed()
    box = band.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url("/flows?buyer=MLT&seller=ITA")
    page.goto("/flows?show=map&counted=all&type=aircraft")
    point = page.locator(".chart-arcs .scatterlayer .point").first
    point.scroll_into_view_if_needed()
    point.click(force=True)
    expect(page).to_have_url("/flows?show=map&buyer=IND&seller=FRA&type=aircraft&counted=all")


def test_the_years_are_played_and_stopped_and_stepped_by_keyboard(watched: Watched) -> None:
    page = watched.page
    page.goto("/flows?counted=all")
    expect(page.locator("#flows-when")).to_have_text("All years, 2013 to 2022")
    page.get_by_role("tab", name="Table").click()
    rows = page.locator("#flows-drawing .numbers tbody tr")
    expect(rows).to_have_count(7)
    page.locator("#flows-play").click()
    expect(page.locator("#flows-when")).to_have_text("2013")
    expect(page.locator("#flows-when")).to_have_text("2014")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#flows-play")).to_have_text("Play the years")
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#flows-when")).to_have_text("2022")
    expect(page.locator("#flows-title")).to_have_text("Deals from seller to buyer, 2022")
    expect(rows).to_contain_text("Norway")
    expect(slider).to_have_attribute("aria-valuetext", "2022")
    expect(page).to_have_url("/flows?at=2022&counted=all")
    page.reload()
    expect(page.locator("#flows-when")).to_have_text("2022")
    page.locator("#flows-play").click()
    expect(page.locator("#flows-when")).to_have_text("2013")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("slider", name="Year").focus()
    page.keyboard.press("Home")
    expect(page).to_have_url("/flows?counted=all")


def test_who_asks_for_less_motion_steps_by_hand(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/flows?at=2013")
    button = page.locator("#flows-play")
    expect(button).to_have_text("Next year")
    button.click()
    expect(page.locator("#flows-when")).to_have_text("2014")
    expect(button).to_have_text("Next year")
    button.click()
    expect(page.locator("#flows-when")).to_have_text("2015")
    expect(page.locator("#flows-reading")).to_have_text("No deal of 2015 is in view.")
    context.close()


def test_a_country_that_nobody_names_says_so(watched: Watched) -> None:
    page = watched.page
    page.goto("/country/XXX")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing on this country or group")


@pytest.mark.parametrize("width", [360, 800, 1400])
@pytest.mark.parametrize(
    "address", ["/country/PER", "/country/Hezbollah", "/system/Rafale", "/flows", "/flows?show=matrix", "/flows?show=map"]
)
def test_no_profile_is_wider_than_its_window(browser: Browser, served: str, width: int, address: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#count")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
