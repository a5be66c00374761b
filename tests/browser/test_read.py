"""Reading in the browser: pasted, brought and fetched; records with their words; why; added, downloaded, stopped; two tabs."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving, watching
from tests.dashboard.pages_server import pages_server
from tests.dashboard.test_reading import CHAD, PERU

DONE = '#read-status[data-state="done"]'


@pytest.fixture
def address(register_path: Path, tmp_path: Path) -> Iterator[str]:
    """A dashboard over a register of its own, which is added to."""
    with serving(Path(shutil.copy(register_path, tmp_path / "own.sqlite"))) as made:
        yield made


def bring(page: Page, *files: Path) -> None:
    page.goto("/read")
    page.locator("#read-tab-files").click()
    with page.expect_file_chooser() as asked:
        page.locator("#read-choose").press("Enter")
    asked.value.set_files(files)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_pasted_text_becomes_a_deal(browser: Browser, address: str) -> None:
    with watching(browser, address) as watched:
        page = watched.page
        page.goto("/")
        page.locator("#nav-read").press("Enter")
        page.locator("#read-paste").press("Enter")
        expect(page.locator("#read-refused")).to_have_text("Paste the article’s text first.")
        page.locator("#read-tab-files").click()
        expect(page.locator("#read-refused")).to_have_count(0)
        page.locator("#read-tab-paste").click()
        page.get_by_label("Text of the article").fill(f"{CHAD} Its army has shown two old T-55 tanks.")
        page.get_by_label("Title").fill("<b>Gunships</b> for Chad")
        page.get_by_label("Published").fill("soon")
        page.locator("#read-paste").press("Enter")
        expect(page.locator("#read-refused")).to_contain_text("“soon” is not a date")
        page.get_by_label("Published").fill("2008-05-01")
        page.locator("#read-paste").press("Enter")

        expect(page.locator(DONE)).to_have_text("1 article read: 1 record.")
        expect(page.locator("#read-name")).to_be_focused()
        expect(page.locator(".read-record > summary")).to_have_text("Chad: 4 Mi-24 from Ukraine, delivered")
        expect(page.locator(".article-text mark.m-quantity")).to_have_text("four")
        expect(page.locator(".article-body h2")).to_contain_text("<b>Gunships</b>")
        page.locator("#read-why").press("Enter")
        expect(page.locator("#trace")).to_contain_text("no word that claims a transfer takes it as what is transferred")

        with page.expect_download() as got:
            page.locator("#download").click()
        assert got.value.suggested_filename.startswith("arms-records-read-20")
        text = Path(got.value.path()).read_bytes().decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert (row["buyer"], row["system"], row["quantity"], row["year"], row["seller"]) == (
            "Chad",
            "Mi-24",
            "4",
            "2008",
            "Ukraine",
        )

        page.locator("#read-add").press("Enter")
        expect(page.locator("#read-added")).to_contain_text("1 article added.")
        expect(page.locator(DONE)).to_have_text("Added to the register.")
        page.get_by_role("link", name="Open the article").click()
        page.get_by_role("link", name="Chad: 4 Mi-24 from Ukraine, delivered").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Chad: 4 Mi-24 from Ukraine, delivered")
        page.locator("#nav-read").click()
        expect(page.locator(DONE)).to_have_text("Added to the register.")
        page.goto("/deals?buyer=TCD")
        expect(page.locator('#count[data-count="1"]')).to_be_visible()


def test_files_on_a_narrow_screen_beside_a_long_batch_in_another_tab(browser: Browser, address: str, tmp_path: Path) -> None:
    long, peru, wrong = tmp_path / "long.jsonl", tmp_path / "peru.txt", tmp_path / "wrong.pdf"
    long.write_bytes(b"\n".join(orjson.dumps({"id": f"n{n}", "text": f"{PERU} " * 20}) for n in range(3_000)))
    peru.write_text(PERU, encoding="utf-8")
    wrong.write_bytes(b"%PDF")
    with watching(browser, address) as first, watching(browser, address) as second:
        bring(first.page, long)
        expect(first.page.locator("#read-progress progress[value]")).to_be_visible()
        expect(first.page.locator(".batch > li").first).to_be_visible()

        page = second.page
        page.set_viewport_size({"width": 360, "height": 800})
        bring(page, peru, wrong)
        expect(page.locator(DONE)).to_have_text("1 article read: 1 record.")
        expect(page.locator("#read-failures")).to_contain_text("wrong.pdf: files of this kind are not read")
        assert fits(page)
        page.reload()
        expect(page.locator(".read-record > summary")).to_have_text("Peru: 15 K2 from South Korea, ordered")

        expect(first.page.locator("#read-status")).to_have_text("Reading…")
        first.page.locator("#read-stop").press("Enter")
        expect(first.page.locator(DONE)).to_contain_text("Stopped.")
        first.page.locator(".batch a").first.click()
        expect(first.page.locator("#read-why")).to_be_visible()
        first.page.go_back()
        expect(first.page.locator(DONE)).to_contain_text("Stopped.")


def test_files_too_large_and_batches_that_are_gone_are_said(browser: Browser, address: str, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(17 * 2**20)
    with watching(browser, address) as watched:
        page = watched.page
        bring(page, large)
        expect(page.locator("#read-said")).to_contain_text("large.txt: larger than 16 MB")
        page.goto("/read?job=none")
        expect(page.locator("#gone")).to_contain_text("does not hold this batch any more")


def test_this_machine_is_not_asked_for_a_page(browser: Browser, address: str) -> None:
    with watching(browser, address) as watched, pages_server() as server:
        page = watched.page
        page.goto("/read")
        for url, said in (
            (server.put("/", PERU.encode(), "text/plain"), "Only the web’s own ports"),
            ("http://127.0.0.1/", "not a host of the public internet"),
            ("http://2130706433/", "not the name of a host"),
        ):
            page.goto("/read")
            page.locator("#read-tab-address").click()
            page.get_by_label("Address of the page").fill(url)
            page.locator("#read-fetch").press("Enter")
            expect(page.locator(DONE)).to_have_text("No article was read.")
            expect(page.locator("#read-failures")).to_contain_text(said)
        assert server.asked == []
