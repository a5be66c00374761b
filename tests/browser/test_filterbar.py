"""One journey through the rest of the filter bar: totals, regions, what is left out, presets that are kept and shared."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watched, choose, wait_for_count, watching


def control(page: Page, name: str) -> Locator:
    return (
        page.locator("#more").get_by_role("combobox", name=name).or_(page.locator("#more").get_by_label(name, exact=True)).first
    )


def take(page: Page, name: str, typed: str, option: str) -> None:
    """Opens a control of the panel, types, and takes an option with Enter, as from the keyboard."""
    field = control(page, name)
    field.click()
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")
    field.fill(typed)
    first = page.get_by_role("option").first
    expect(first).to_have_text(option)
    expect(first).to_have_attribute("data-combobox-selected", "true")
    field.press("Enter")
    field.press("Escape")


def test_totals_leave_planned_and_cancelled_out_and_say_so(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals")
    wait_for_count(page, 5)
    expect(page.locator("#left-out")).to_have_text("1 planned and 1 cancelled are left out. Count them too")
    page.locator("#count-all").click()
    wait_for_count(page, 7)
    expect(page).to_have_url("/deals?counted=all")
    expect(page.locator("#left-out")).to_have_text("Planned and cancelled ones are counted too.")
    expect(page.locator("#grid .ag-center-cols-container .ag-row[row-id]")).to_have_count(7)
    page.locator("#counted-standard").click()
    wait_for_count(page, 5)
    choose(page, "status", "planned")
    wait_for_count(page, 1)
    expect(page).to_have_url("/deals?status=planned")
    expect(page.locator("#counted-all")).to_have_count(0)


def test_more_filters_keep_leave_out_and_follow_one_another(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    wait_for_count(page, 5)
    expect(page.locator("#more")).to_be_hidden()
    page.locator("#more-toggle").press("Enter")
    expect(page.locator("#more-toggle")).to_have_attribute("aria-expanded", "true")
    take(page, "Buyer’s region", "south", "South America (2)")
    wait_for_count(page, 2)
    expect(page).to_have_url("/?buyer_region=South+America")
    take(page, "Leave out", "russ", "Seller: Russia (1)")
    wait_for_count(page, 1)
    expect(page).to_have_url("/?buyer_region=South+America&seller!=RUS")
    expect(page.locator("#buyers .yaxislayer-above text, #buyers .ytick text")).to_have_text(["Peru"])
    # The bar's own controls change the panel's counts, and keep what the panel chose.
    choose(page, "buyer", "Peru")
    expect(page).to_have_url("/?buyer=PER&buyer_region=South+America&seller!=RUS")
    with page.expect_download() as found:
        page.locator("#download").click()
    rows = list(csv.DictReader(io.StringIO(Path(found.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    assert [(row["buyer"], row["system"]) for row in rows] == [("Peru", "K2")]
    page.reload()
    wait_for_count(page, 1)
    page.get_by_role("link", name="Seller is not Russia").click()
    wait_for_count(page, 2)
    page.locator("#more-toggle").click()
    expect(page.locator("#more").get_by_text("South America (2)")).to_be_visible()
    page.locator("#more-toggle").click()
    expect(page.locator("#more")).to_be_hidden()
    wait_for_count(page, 2)


def test_a_preset_is_named_kept_opened_shared_and_removed(watched: Watched, browser: Browser, served: str) -> None:
    page = watched.page
    page.goto("/?buyer_region=Americas&seller!=RUS")
    wait_for_count(page, 1)
    page.locator("#presets-toggle").press("Enter")
    page.locator("#preset-keep").click()
    expect(page.locator("#preset-said")).to_have_text("Give the view a name first.")
    name = "Peru & <b>tanks</b> “K2”"
    page.get_by_label("Name of this view").fill(name)
    page.get_by_label("Name of this view").press("Enter")
    expect(page.locator("#preset-list a")).to_have_text([name])
    link = page.get_by_role("button", name=f"Copy link to {name}").get_attribute("data-copy")
    assert link is not None

    page.goto("/deals")
    wait_for_count(page, 5)
    page.locator("#presets-toggle").click()
    page.locator("#preset-list a").click()
    wait_for_count(page, 1)
    expect(page).to_have_url("/deals?buyer_region=Americas&seller!=RUS")
    page.locator("#presets-toggle").click()
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(page.locator("#preset-list")).to_contain_text("None yet")
    page.reload()
    wait_for_count(page, 1)
    page.locator("#presets-toggle").click()
    expect(page.locator("#preset-list")).to_contain_text("None yet")

    with watching(browser, served) as other:
        other.page.goto(link)
        wait_for_count(other.page, 1)
        expect(other.page).to_have_url("/?buyer_region=Americas&seller!=RUS")
        expect(other.page.get_by_label("Name of this view")).to_have_value(name)
        other.page.locator("#preset-keep").click()
        expect(other.page.locator("#preset-list a")).to_have_text([name])


def test_the_panel_fits_a_phone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto("/deals?buyer_region=Latin+America+and+the+Caribbean")
    wait_for_count(page, 2)
    page.locator("#filters-toggle").click()
    page.locator("#more-toggle").click()
    page.locator("#presets-toggle").click()
    expect(control(page, "Leave out")).to_be_visible()
    expect(page.locator("#preset-name")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
