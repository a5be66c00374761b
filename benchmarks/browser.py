"""The first page over the wire, and an analyst's way through a large register, in a real Chromium against the real server.

python -m benchmarks.browser first-page|journey REGISTER
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, TimeoutError, expect, sync_playwright

from benchmarks.server import serving
from tests.browser.conftest import FLAGS, choose, chromium, count

PATIENCE = 120_000
# The marks of the overview's five charts: a year's bar, a state, a buyer's and a seller's bar, a band.
MARKS = (
    "#timeline .barlayer .point path",
    "#map .choroplethlocation",
    "#buyers .barlayer .point path",
    "#sellers .barlayer .point path",
    "#flows .sankey-link",
)
LARGEST = 8


@contextmanager
def opened() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else FLAGS
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=flags)
        yield browser
        browser.close()


def wait_for_charts(page: Page) -> None:
    for mark in MARKS:
        page.locator(mark).first.wait_for(state="attached", timeout=PATIENCE)


def first_page(register: Path) -> dict[str, Any]:
    """Bytes as they came over the wire, and milliseconds until all five charts are drawn, with an empty cache; the server is warm."""
    with serving(register) as served, opened() as browser:
        urlopen(f"{served.address}/download/deals.csv?buyer=XXX&raw=1").read()
        loads = [load(browser, served.address) for _ in range(3)]
        # The first one alone meets what the server makes once, as the compressed scripts.
        return {"first": loads[0], "next": min(loads[1:], key=lambda one: float(one["drawn"]))}


def load(browser: Browser, address: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    begun = time.perf_counter()
    page.goto(f"{address}/")
    wait_for_charts(page)
    drawn = (time.perf_counter() - begun) * 1_000
    page.wait_for_load_state("networkidle")
    told: list[tuple[str, float]] = [(urlsplit(names.get(key, "?")).path, size) for key, size in sizes.items()]
    context.close()
    largest = sorted(told, key=lambda one: -one[1])[:LARGEST]
    return {"bytes": sum(size for _, size in told), "requests": len(told), "drawn": drawn, "largest": largest}


def journey(register: Path) -> dict[str, Any]:
    """Milliseconds of each step, from the act until the page shows what it leads to."""
    expect.set_options(timeout=PATIENCE)
    found: dict[str, float] = {}
    with serving(register) as served, opened() as browser:
        page = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=served.address).new_page()
        page.set_default_timeout(PATIENCE)
        for name, step in steps(page):
            begun = time.perf_counter()
            try:
                step()
            except (TimeoutError, AssertionError) as error:
                # What follows starts from here; the rest of the bench does not.
                print(f"the journey ended before its end, at “{name}”: {error}", file=sys.stderr)
                break
            found[name] = (time.perf_counter() - begun) * 1_000
        megabytes = served.megabytes()
    return {"steps": found, "megabytes": megabytes}


def steps(page: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    def counting(act: Callable[[], Any]) -> Callable[[], None]:
        """Acts, and waits until the line under the bar counts something else."""

        def done() -> None:
            before = count(page)
            act()
            expect(page.locator(f'#count:not([data-count="{before}"])')).to_be_visible()

        return done

    first = page.locator('#grid .ag-center-cols-container .ag-row[row-index="0"]')

    def opening() -> None:
        page.goto("/")
        wait_for_charts(page)

    yield "open the overview, the server cold", opening
    yield "open it again", opening

    def filtering() -> None:
        page.locator("#timeline").evaluate("node => { node.dataset.before = 'yes' }")
        counting(lambda: choose(page, "buyer", "Alg"))()
        # The page's charts are new ones once they are redrawn.
        expect(page.locator("#timeline[data-before]")).to_have_count(0)
        wait_for_charts(page)

    yield "filter by a buyer, charts redrawn", filtering

    def deals() -> None:
        page.locator("#nav-deals").click()
        first.locator("[col-id]").first.wait_for()

    yield "turn to the deals", deals

    def sorting() -> None:
        page.locator('#grid .ag-header-cell[col-id="year"] .ag-header-cell-label').click()
        expect(page.locator('#grid .ag-header-cell[col-id="year"]')).to_have_attribute("aria-sort", "ascending")
        expect(first.locator('[col-id="year"]')).to_have_text("1990")

    yield "sort by year", sorting
    panel = page.locator("#grid .ag-paging-panel")

    def paging() -> None:
        panel.locator('[data-ref="btLast"], [ref="btLast"]').click()
        page.locator('#grid .ag-row[row-index="0"]').wait_for(state="detached")
        page.locator("#grid .ag-center-cols-container .ag-row:not(.ag-row-loading) [col-id='year']").first.wait_for()

    yield "turn to the last page", paging

    def searching() -> None:
        page.goto("/deals?buyer=AUS&q=patriot")
        first.locator("[col-id]").first.wait_for()

    yield "search the words of one buyer's deals", searching

    def beside() -> None:
        first.locator('[col-id="system"]').click()
        page.locator("#beside-title").wait_for()

    yield "open a deal beside the table", beside

    def deal() -> None:
        page.locator("#beside-page").click()
        page.locator("h1").filter(has_not_text="Deals").wait_for()

    yield "turn to its page", deal

    def sentence() -> None:
        page.locator("a[href^='/record/']").first.click()
        page.locator(".evidence-quote").wait_for()

    yield "open a claim's sentence", sentence


if __name__ == "__main__":
    json.dump({"first-page": first_page, "journey": journey}[sys.argv[1]](Path(sys.argv[2])), sys.stdout)
