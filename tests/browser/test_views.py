"""A view is its address: two tabs do not disturb each other, back and forward restore each view, and links outlive the server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, choose, serving, wait_for_count, watching

BUYERS = "#buyers .yaxislayer-above text, #buyers .ytick text"


def chosen(page: Page, key: str) -> list[str]:
    """What a control of the filter bar shows as chosen."""
    field = page.locator(f"#filter-{key}")
    pills = field.locator("xpath=ancestor::*[contains(@class, 'mantine-InputWrapper-root')][1]").locator(".mantine-Pill-label")
    return pills.all_text_contents()


# The charts of which every mark is so many deals, and the side of a bar that says so.
COUNTED = {"buyers": "x", "timeline": "y"}
DRAWN = """(counted) => Object.entries(counted).map(([id, side]) => {
    const plot = document.querySelector(`#${id} .js-plotly-plot`);
    return ((plot && plot.data) || []).map((trace) => [trace.name || id, Array.from(trace[side]), Array.from(trace[side === "x" ? "y" : "x"])]);
})"""


def view(page: Page) -> dict[str, Any]:
    """What a page shows: the address, the count, the controls, and what its charts draw or its table lists."""
    return {
        "path": page.url.partition("//")[2].partition("/")[2],
        "count": page.locator("#count").inner_text(),
        "buyer": chosen(page, "buyer"),
        "type": chosen(page, "type"),
        "from": page.locator("#filter-from").input_value(),
        "drawn": page.evaluate(DRAWN, COUNTED),
        "rows": page.locator('#grid .ag-center-cols-container .ag-cell[col-id="system"]').all_text_contents(),
    }


def settled(page: Page, number: int) -> dict[str, Any]:
    """The view of a page once its count, and each of its charts or its table, shows so many deals."""
    wait_for_count(page, number)
    if "/deals" in page.url:
        cells = page.locator('#grid .ag-center-cols-container .ag-cell[col-id="system"]').filter(has_text=re.compile(r"\S"))
        expect(cells).to_have_count(number)
    else:
        page.wait_for_function(
            f"([counted, number]) => ({DRAWN})(counted).every((traces) =>"
            " traces.flatMap((trace) => trace[1]).reduce((sum, n) => sum + n, 0) === number)",
            arg=[COUNTED, number],
        )
    return view(page)


def test_two_tabs_with_different_filters_do_not_disturb_each_other(watched: Watched) -> None:
    first = watched.page
    second = first.context.new_page()
    first.goto("/")
    second.goto("/")
    wait_for_count(first, 5)
    wait_for_count(second, 5)
    choose(first, "buyer", "Indi")
    choose(second, "buyer", "Peru")
    wait_for_count(first, 1)
    wait_for_count(second, 2)
    choose(second, "type", "heli")
    wait_for_count(second, 1)
    expect(first).to_have_url("/?buyer=IND")
    expect(first.locator(BUYERS)).to_have_text(["India"])
    first.locator("#nav-deals").click()
    expect(first).to_have_url("/deals?buyer=IND")
    assert settled(first, 1)["rows"] == ["Rafale"]
    second.locator("#nav-deals").click()
    expect(second).to_have_url("/deals?buyer=PER&type=helicopter")
    assert settled(second, 1)["rows"] == ["Mi-35"]
    first.reload()
    assert settled(first, 1)["rows"] == ["Rafale"]
    second.close()


def test_back_and_forward_restore_each_view_over_filters_and_pages(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    seen = [settled(page, 5)]
    choose(page, "type", "heli")
    seen.append(settled(page, 2))
    choose(page, "buyer", "Peru")
    seen.append(settled(page, 1))
    page.locator("#nav-deals").click()
    seen.append(settled(page, 1))
    page.get_by_role("link", name="Clear all filters").click()
    seen.append(settled(page, 5))
    choose(page, "from", "2014")
    seen.append(settled(page, 3))
    counts = [5, 2, 1, 1, 5, 3]
    assert [one["path"] for one in seen] == [
        "",
        "?type=helicopter",
        "?buyer=PER&type=helicopter",
        "deals?buyer=PER&type=helicopter",
        "deals",
        "deals?year=2014-",
    ]
    assert (seen[2]["buyer"], seen[2]["type"], seen[5]["from"]) == (["Peru (1)"], ["helicopter (1)"], "2014 (3)")
    for place in (4, 3, 2, 1, 0):
        page.go_back()
        expect(page).to_have_url("/" + seen[place]["path"])
        assert settled(page, counts[place]) == seen[place]
    for place in (1, 2, 3, 4, 5):
        page.go_forward()
        expect(page).to_have_url("/" + seen[place]["path"])
        assert settled(page, counts[place]) == seen[place]


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("/?type=helicopter&counted=all&by=status&side=seller", 3),
        ("/deals?buyer_region=Americas&seller!=RUS", 1),
        ("/?year=2013-2016&unit=claims", 3),
    ],
)
def test_a_link_shows_the_same_after_a_restart(browser: Browser, register_path: Path, link: str, number: int) -> None:
    seen = []
    for _ in range(2):
        with serving(register_path) as address, watching(browser, address) as watched:
            watched.page.goto(link)
            seen.append(settled(watched.page, number))
    assert seen[0] == seen[1]
    assert "/" + seen[0]["path"] == link
