"""The cards of charts as a reader uses them: table and sources, pictures, CSV, switches, and a chart framed on another site."""

from __future__ import annotations

import csv
import http.server
import io
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watched, choose, wait_for_count


def card(page: Page, name: str) -> Locator:
    return page.locator(".chart-card").filter(has=page.locator(f"#{name}-title"))


def cells(table: Locator) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in table.locator("tr").all()]


def test_a_card_from_the_chart_to_its_table_its_file_and_its_deals(watched: Watched) -> None:
    page = watched.page
    page.goto("/?status!=cancelled&counted=all")
    wait_for_count(page, 6)
    years = card(page, "timeline")
    expect(years.get_by_role("heading")).to_have_text("Deals per year, by weapon type")
    years.get_by_role("tab", name="Table").click()
    table = years.get_by_role("table")
    expect(table.get_by_role("rowheader").first).to_have_text("2013")
    with page.expect_download() as found:
        years.get_by_role("link", name="CSV").click()
    written = list(csv.reader(io.StringIO(Path(found.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    shown = cells(table)
    assert [[cell.lower() for cell in shown[0]], *shown[1:]] == written
    years.get_by_role("tab", name="Sources").click()
    expect(years.locator(".sources tbody tr")).to_have_count(6)
    expect(years.get_by_role("link", name="All 6 deals with these filters")).to_have_attribute(
        "href", "/deals?counted=all&status!=cancelled"
    )
    years.get_by_role("link", name="India: 36 Rafale from France").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("India: 36 Rafale from France, ordered")


def test_a_tab_stays_open_and_follows_the_filters(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    buyers = card(page, "buyers")
    buyers.get_by_role("tab", name="Table").click()
    expect(buyers.get_by_role("rowheader")).to_have_count(5)
    choose(page, "status", "planned")
    wait_for_count(page, 1)
    expect(buyers.get_by_role("rowheader")).to_have_text(["India"])
    expect(buyers.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")


def test_the_keyboard_does_what_a_click_on_a_mark_does(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    buyers = card(page, "buyers")
    buyers.get_by_role("tab", name="Chart").focus()
    page.keyboard.press("ArrowRight")
    expect(buyers.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    link = buyers.get_by_role("link", name="Peru")
    link.focus()
    page.keyboard.press("Enter")
    wait_for_count(page, 2)
    expect(page).to_have_url("/?buyer=PER&counted=all")


def test_switches_stay_in_place_and_in_the_address(watched: Watched) -> None:
    page = watched.page
    page.goto("/?type=helicopter&counted=all")
    wait_for_count(page, 3)
    switch = page.locator("#timeline-status")
    switch.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#timeline-title")).to_have_text("Deals per year, by status")
    expect(page).to_have_url("/?type=helicopter&counted=all&by=status")
    expect(switch).to_be_focused()
    assert page.evaluate("window.scrollY") == before
    page.locator("#map-seller").click()
    expect(page.locator("#map-title")).to_have_text("Deals by seller")
    choose(page, "buyer", "Malta")
    expect(page).to_have_url("/?buyer=MLT&type=helicopter&counted=all&by=status&side=seller")
    expect(page.locator("#map-title")).to_have_text("Deals bought by Malta, by seller")
    page.go_back()
    page.go_back()
    expect(page.locator("#map-title")).to_have_text("Deals by buyer")
    expect(page.locator("#timeline-title")).to_have_text("Deals per year, by status")


def test_a_click_filters_by_status_and_by_seller_where_that_is_what_is_drawn(watched: Watched) -> None:
    page = watched.page
    page.goto("/?buyer=MLT&by=status&side=seller")
    wait_for_count(page, 1)
    bar = page.locator("#timeline .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    bar.click(force=True)
    expect(page).to_have_url("/?buyer=MLT&status=ordered&year=2014&by=status&side=seller")
    shape = page.locator("#map .choroplethlayer path").first
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.3)
    expect(page).to_have_url("/?buyer=MLT&seller=ITA&status=ordered&year=2014&by=status&side=seller")


def test_the_smallest_state_is_chosen_by_its_point(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    point = page.locator("#map .scattergeo .point").first
    point.scroll_into_view_if_needed()
    point.click(force=True)
    expect(page).to_have_url("/?buyer=MLT&counted=all")


@pytest.mark.parametrize("name", ["map", "timeline", "flows"])
def test_a_picture_has_the_title_the_source_and_the_chart(watched: Watched, name: str) -> None:
    page = watched.page
    page.goto("/?buyer=IND&counted=all")
    wait_for_count(page, 2)
    expect(page.locator(f"#{name} .main-svg").first).to_be_visible()
    own = card(page, name)
    title = own.get_by_role("heading").inner_text()
    own.get_by_role("tab", name="Table").click()
    with page.expect_download() as found:
        own.get_by_role("button", name="SVG picture").click()
    assert found.value.suggested_filename.startswith(f"arms-{name}-20")
    text = Path(found.value.path()).read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert title in text
    assert "/?buyer=IND" in text
    mark = {"map": "choroplethlocation", "timeline": "barlayer", "flows": "sankey-link"}[name]
    assert f'class="{mark}' in text
    with page.expect_download() as found:
        own.get_by_role("button", name="PNG picture").click()
    data = Path(found.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 2000


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a line per request."""

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and its address under another origin."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_code_of_an_embedded_view_frames_it_on_another_site(
    browser: Browser, served: str, other_site: tuple[Path, str]
) -> None:
    folder, site = other_site
    context = browser.new_context(viewport={"width": 900, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto("/?buyer=IND&counted=all")
    wait_for_count(page, 2)
    with context.expect_page() as opened:
        card(page, "buyers").get_by_role("link", name="Embed").click()
    alone = opened.value
    expect(alone).to_have_url(f"{served}/embed/buyers?buyer=IND&counted=all&embed=1")
    expect(alone.get_by_role("heading", level=1)).to_have_text("Buyers with the most deals")
    expect(alone.locator("header.top")).to_be_hidden()
    alone.get_by_text("Put this chart on a page of yours").click()
    code = alone.locator("#embed-code")
    expect(code).to_have_value(
        f'<iframe src="{served}/embed/buyers?buyer=IND&amp;counted=all&amp;embed=1" title="Buyers with the most deals" width="100%" height="640" style="border:0" loading="lazy"></iframe>'
    )
    (folder / "story.html").write_text(f"<!doctype html><title>Story</title>{code.input_value()}", encoding="utf-8")
    page.goto(f"{site}/story.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#buyers .barlayer .point")).to_have_count(1)
    expect(frame.get_by_text("Put this chart on a page of yours")).to_be_hidden()
    frame.get_by_role("tab", name="Table").click()
    expect(frame.get_by_role("link", name="India")).to_have_attribute("target", "_blank")
    with context.expect_page() as full:
        frame.get_by_role("link", name="Open the full view").click()
    expect(full.value).to_have_url(f"{served}/?buyer=IND&counted=all")
    (folder / "trap.html").write_text(f'<!doctype html><iframe src="{served}/reviews"></iframe>', encoding="utf-8")
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(f"{site}/trap.html")
    context.close()


@pytest.mark.parametrize("width", [360, 800, 1400])
@pytest.mark.parametrize("name", ["map", "timeline", "buyers", "flows", "matrix", "arcs", "sellers-over-time"])
def test_no_embedded_view_is_wider_than_its_frame(browser: Browser, served: str, width: int, name: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, base_url=served)
    page = context.new_page()
    page.goto(f"/embed/{name}?embed=1")
    drawn = ".matrix" if name in ("matrix", "sellers-over-time") else ".main-svg"
    expect(page.locator(f"#{name} {drawn}").first).to_be_visible()
    for tab in ("Table", "Sources"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("table")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
