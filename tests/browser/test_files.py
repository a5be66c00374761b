"""What a card hands out is what it shows, cell by cell, on each page that has cards of its own; heatmaps have pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched, wait_for_count
from tests.browser.test_cards import card, cells

# A page, the deals in view there, a card on it, and the address of that chart alone.
CARDS = [
    ("/flows?show=matrix&at=2016&top=5&counted=all", 7, "flows", "/embed/matrix?counted=all&show=matrix&top=5&at=2016&embed=1"),
    ("/country/PER", 2, "bought-over-time", "/embed/sellers-over-time?buyer=PER&embed=1"),
    ("/system/Rafale?counted=all", 1, "units", "/embed/units?family=Rafale&counted=all&embed=1"),
    ("/?top=5&counted=all", 7, "flows", "/embed/flows?counted=all&top=5&embed=1"),
]


def shown(own: Locator) -> list[list[str]]:
    own.get_by_role("tab", name="Table").click()
    table = own.locator(".numbers")
    expect(table).to_be_visible()
    return cells(table)


def taken(page: Page, own: Locator, form: str) -> bytes:
    """The file that the card's menu leads to."""
    with page.expect_download() as found:
        if form == "CSV":
            own.get_by_role("link", name="CSV", exact=True).click()
        else:
            own.get_by_role("button", name="other formats").click()
            page.get_by_role("menuitem", name=form).first.click()
    return Path(found.value.path()).read_bytes()


@pytest.mark.parametrize(("address", "count", "name", "alone"), CARDS)
def test_the_files_and_the_view_alone_hold_what_the_card_shows(
    watched: Watched, address: str, count: int, name: str, alone: str
) -> None:
    page = watched.page
    page.goto(address)
    wait_for_count(page, count)
    own = card(page, name)
    screen = shown(own)
    written = list(csv.reader(io.StringIO(taken(page, own, "CSV").decode("utf-8-sig"), newline="")))
    assert written[1:] == screen[1:]
    assert len(written[0]) == len(screen[0])
    objects = json.loads(taken(page, own, "JSON"))
    assert [[str(cell) for cell in one.values()] for one in objects] == screen[1:]
    link = own.get_by_role("link", name="Embed")
    expect(link).to_have_attribute("href", alone)
    title = own.get_by_role("heading").inner_text()
    page.goto(alone)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert shown(page.locator(".chart-card")) == screen


@pytest.mark.parametrize(("address", "name"), [("/flows?show=matrix", "flows"), ("/country/PER", "bought-over-time")])
def test_a_heatmap_has_a_picture_of_its_cells(watched: Watched, address: str, name: str) -> None:
    page = watched.page
    page.goto(address)
    own = card(page, name)
    expect(own.locator(".matrix")).to_be_visible()
    expect(own.locator(".js-plotly-plot .heatmaplayer")).to_have_count(1)
    numbers = own.locator("td[class^=shade-]")
    drawn = sorted(text.split(":")[-1].strip() for text in numbers.all_inner_texts())
    with page.expect_download() as found:
        own.get_by_role("button", name="SVG picture").click()
    text = Path(found.value.path()).read_text(encoding="utf-8")
    counts = page.evaluate(
        """text => [...new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll(".heatmap-label")].map(one => one.textContent)""",
        text,
    )
    assert sorted(counts) == drawn
    with page.expect_download() as found:
        own.get_by_role("button", name="PNG picture").click()
    assert Path(found.value.path()).read_bytes().startswith(b"\x89PNG")
