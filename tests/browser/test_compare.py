"""A register's file from choosing it to the CSV: brought, set against the deals, filtered, opened, downloaded."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched, count, wait_for_count
from tests.dashboard.test_compare_page import WHOLE


class Chooser:
    """Answers the browser's file dialogs; set up before the page, for the browser hands them over only from then on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.next: list[Path] = []
        page.on("filechooser", lambda asked: asked.set_files(self.next.pop()))

    def bring(self, path: Path) -> None:
        """Chooses a file with the keyboard alone."""
        self.next.append(path)
        self.page.locator("#compare-choose").press("Enter")


def choose_seller(page: Page, typed: str) -> None:
    field = page.locator("#compare-seller")
    field.click()
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")
    field.fill(typed)
    expect(page.get_by_role("option").first).to_have_attribute("data-combobox-selected", "true")
    field.press("Enter")
    field.press("Escape")


def test_a_register_s_file_beside_the_deals(watched: Watched, tmp_path: Path) -> None:
    page, path = watched.page, tmp_path / "trade-register.csv"
    path.write_bytes(WHOLE)
    chooser = Chooser(page)
    page.goto("/compare")
    expect(page.locator("#terms")).to_contain_text("Stockholm International Peace Research Institute")
    chooser.bring(path)
    expect(page.locator("#understood")).to_contain_text("trade-register.csv: SIPRI Arms Transfers Database")
    wait_for_count(page, 2)
    apart = page.locator("#pairs tr", has_text="Peru").locator("td.apart")
    expect(apart).to_have_text(["24", "≠\u00a020\u00a0ordered?20\u00a0delivered"])

    choose_seller(page, "Russ")
    wait_for_count(page, 1)
    expect(page.locator("#compare-summary")).to_contain_text("Under these filters: 1 row of the register matched")
    assert "seller=RUS" in page.url
    page.reload()
    wait_for_count(page, 1)
    page.get_by_role("link", name="Clear all filters").click()
    wait_for_count(page, 2)
    page.go_back()
    wait_for_count(page, 1)

    page.locator("#pairs").get_by_role("link", name="Mi-35").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Peru: 24 Mi-35 from Russia, ordered")
    page.go_back()
    wait_for_count(page, 1)
    page.locator("#nav-deals").click()
    expect(page).to_have_url("/deals?seller=RUS")
    page.locator("#nav-compare").click()
    wait_for_count(page, 1)

    page.goto(page.url.replace("&seller=RUS", ""))
    page.locator("#found-register").click()
    wait_for_count(page, 2)
    expect(page.locator("#pairs tbody tr")).to_have_count(2)
    expect(page.locator("#pairs")).to_contain_text("<b>Q-5</b>")
    with page.expect_download() as got:
        page.locator("#download").click()
    assert got.value.suggested_filename.startswith("arms-comparison-test-20")
    text = Path(got.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == count(page)
    lines = page.locator("#pairs tbody tr small").all_inner_texts()
    assert [f"line {row['row']}" for row in rows] == [line.split(";")[0] for line in lines]
    assert [row["buyer"] for row in rows] == page.locator("#pairs tbody th").all_inner_texts()


def test_a_wrong_file_a_cut_one_and_a_large_one_are_refused_in_words(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    wrong, cut, large = tmp_path / "wrong.csv", tmp_path / "cut.csv", tmp_path / "large.csv"
    wrong.write_text("name,age\nmade up,1\n", encoding="utf-8")
    cut.write_bytes(WHOLE[:-30])
    with large.open("wb") as file:
        file.truncate(17 * 2**20)
    chooser = Chooser(page)
    page.goto("/compare")
    said = page.locator("#compare-said")
    chooser.bring(wrong)
    expect(said).to_contain_text("wrong.csv, lines 1 to 2: no header of a known register was found")
    chooser.bring(cut)
    expect(said).to_contain_text("the file was cut off on its way: download it again")
    chooser.bring(large)
    expect(said).to_contain_text("large.csv: is larger than 16 MB")
    expect(page.locator("#understood")).to_have_count(0)
    expect(page).to_have_url("/compare")


def test_a_refused_file_can_be_chosen_again(watched: Watched, tmp_path: Path) -> None:
    page, path = watched.page, tmp_path / "register.csv"
    path.write_text("name,age\nmade up,1\n", encoding="utf-8")
    chooser = Chooser(page)
    page.goto("/compare")
    for _ in range(2):
        chooser.bring(path)
        expect(page.locator("#refused")).to_contain_text("register.csv, lines 1 to 2: no header")
        page.evaluate("window.dash_clientside.set_props('compare-said', { children: 'gone' })")
        expect(page.locator("#refused")).to_have_count(0)
    path.write_bytes(WHOLE)
    chooser.bring(path)
    expect(page.locator("#understood")).to_contain_text("register.csv: SIPRI Arms Transfers Database")
    expect(page.locator("#left-out")).to_contain_text("1 planned and 1 cancelled deals of the articles are left out.")
    page.locator("#found-articles").click()
    # As many rows differ as are only in the articles: the outcome that is shown is no link.
    expect(page.locator("a#found-articles")).to_have_count(0)
    wait_for_count(page, 2)
    page.locator("#count-all").press("Enter")
    wait_for_count(page, 4)
    page.locator("#nav-deals").click()
    expect(page).to_have_url("/deals?counted=all")


def test_a_file_is_dropped_on_a_narrow_screen(watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/compare")
    expect(page.locator("#compare-choose")).to_be_visible()
    held = page.evaluate_handle(
        """(text) => {
            const held = new DataTransfer();
            held.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
            return held;
        }""",
        WHOLE.decode("latin-1"),
    )
    page.dispatch_event("#compare-file .drop", "drop", {"dataTransfer": held})
    expect(page.locator("#understood")).to_contain_text("dropped.csv")
    wait_for_count(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto("/compare?file=" + "0" * 64)
    expect(page.locator("#gone")).to_contain_text("does not hold this file any more")
