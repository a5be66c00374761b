"""Every way to take what is shown, by mouse and by keyboard alone, and that the files equal the screen."""

from __future__ import annotations

import csv
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, choose, wait_for_count


def saved(page: Page, item: str, folder: Path) -> Path:
    """The file that an item of the menu gives, under the name that the server gave it."""
    page.locator("#download-menu-target").click()
    with page.expect_download() as found:
        page.locator(f"#{item}").click()
    target = folder / found.value.suggested_filename
    found.value.save_as(target)
    return target


def test_every_format_equals_the_screen_and_the_sidecar_names_the_csv(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    choose(page, "type", "heli")
    wait_for_count(page, 3)
    rows = page.locator("#grid .ag-center-cols-container .ag-row[row-id]")
    expect(rows).to_have_count(3)
    shown = {row.get_attribute("row-id"): row.locator('[col-id="system"]').inner_text() for row in rows.all()}
    expect(page.locator("#download")).to_have_text("Download CSV (3)")
    with page.expect_download() as found:
        page.locator("#download").click()
    file = tmp_path / found.value.suggested_filename
    found.value.save_as(file)
    told = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    assert {row["deal_id"]: row["system"] for row in told} == shown
    lines = [orjson.loads(line) for line in saved(page, "download-jsonl", tmp_path).read_bytes().splitlines()]
    whole = orjson.loads(saved(page, "download-json", tmp_path).read_bytes())
    held = pq.read_table(saved(page, "download-parquet", tmp_path)).to_pylist()
    for rows_of_it in (lines, whole, held):
        assert {row["deal_id"]: row["system"] for row in rows_of_it} == shown
    sidecar = saved(page, "download-metadata", tmp_path)
    assert sidecar.name == f"{file.name}-metadata.json"
    described = orjson.loads(sidecar.read_bytes())
    assert described["url"] == file.name
    assert [column["titles"] for column in described["tableSchema"]["columns"]] == list(told[0])


def test_the_menu_is_used_from_the_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    page.goto("/deals?buyer=IND&unit=claims&counted=all")
    wait_for_count(page, 2)
    page.locator("#download").focus()
    page.keyboard.press("Tab")
    more = page.locator("#download-menu-target")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("menuitem")).to_have_count(5)
    inside = page.locator("[role=menu] [data-autofocus]")
    expect(inside).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#download-jsonl")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#to-api")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(inside).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#download-jsonl")).to_be_focused()
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename.startswith("arms-records-test-")
    assert found.value.url.endswith("/download/records.jsonl?buyer=IND&counted=all")
    expect(page).to_have_url("/deals?buyer=IND&unit=claims&counted=all")


def test_the_menu_leads_to_the_addresses_and_these_answer(watched: Watched) -> None:
    page = watched.page
    page.goto("/?counted=all")
    wait_for_count(page, 7)
    page.locator("#download-menu-target").click()
    page.locator("#to-api").click()
    expect(page).to_have_url("/api")
    expect(page).to_have_title("JSON addresses · Arms transfers")
    expect(page.get_by_role("heading", level=1)).to_have_text("JSON addresses and files")
    page.get_by_role("link", name="/api/counts?by=seller&year=2015-").click()
    expect(page).to_have_url("/api/counts?by=seller&year=2015-")
    assert orjson.loads(page.locator("pre").inner_text())["by"] == "seller"


@pytest.mark.parametrize("width", [360, 800])
def test_the_menu_and_the_page_fit_a_narrow_screen(browser: Browser, served: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=served)
    page = context.new_page()
    page.goto("/deals?counted=all")
    wait_for_count(page, 7)
    page.locator("#download-menu-target").click()
    box = page.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.goto("/api")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
