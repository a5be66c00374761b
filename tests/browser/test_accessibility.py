"""Every page under axe-core in light and dark, wide and narrow; the whole way by the keyboard; paper; and reduced motion."""

from __future__ import annotations

import csv
import io
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Watched, serving, wait_for_count, watching

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = ("serious", "critical")
ARTICLE = "/article/trade%2Findia-1"


def rows_of(address: str, kind: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"{address}/download/{kind}.csv?raw=1&buyer=IND") as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"), newline="")))


def deal(address: str) -> str:
    return f"/deal/{rows_of(address, 'deals')[0]['deal_id']}"


def record(address: str) -> str:
    return f"/record/{quote(rows_of(address, 'records')[0]['record_id'])}"


def at(path: str) -> Callable[[str], str]:
    return lambda _: path


PAGES: dict[str, Callable[[str], str]] = {
    "overview": at("/"),
    "nothing found": at("/?buyer=XXX"),
    "bad filter": at("/?type=spoon&q=helicopter"),
    "deals": at("/deals"),
    "claims": at("/deals?unit=claims"),
    "deal": deal,
    "record": record,
    "article": at(ARTICLE),
    "compare": at("/compare"),
    "flows": at("/flows"),
    "flows as a matrix": at("/flows?show=matrix&at=2016"),
    "country": at("/country/PER"),
    "system": at("/system/Rafale"),
    "a heatmap alone": at("/embed/sellers-over-time?buyer=PER&embed=1"),
    "reviews": at("/reviews"),
    "method": at("/method"),
    "no such page": at("/no/such/page"),
    "no such deal": at("/deal/none"),
}


def settled(page: Page) -> None:
    """Waits until a page stands: its heading, its charts, its table's rows."""
    expect(page.locator("main h1")).to_be_visible()
    for chart in page.locator(".graph").all():
        expect(chart.locator(".main-svg").first).to_be_attached()
    if page.locator("#grid").count():
        expect(page.locator("#grid .ag-row").first).to_be_visible()


def grave(page: Page, what: str) -> list[str]:
    """What axe-core finds serious or critical, a line for each element."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{what}: {one['id']} ({one['impact']}): {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def looked_over(page: Page) -> list[str]:
    """The findings of a page as it stands, in light and dark, wide and narrow."""
    found = []
    for scheme in ("light", "dark"):
        # A colour that is on its way to another has a contrast of its own.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        for width in (1400, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found += grave(page, f"{scheme}, {width} px")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_grave(watched: Watched, served: str, name: str) -> None:
    page = watched.page
    page.goto(PAGES[name](served))
    settled(page)
    assert looked_over(page) == []


def test_axe_looks_at_every_page_of_the_navigation(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto("/")
    settled(page)
    known = {find(served).partition("?")[0] for find in PAGES.values()}
    paths = page.locator(".top nav a").evaluate_all("links => links.map(link => link.pathname)")
    assert set(paths) >= {"/", "/deals", "/method"}
    found = []
    for path in sorted(set(paths) - known):
        page.goto(path)
        settled(page)
        found += looked_over(page)
    assert found == []


def test_axe_sees_what_is_wrong(watched: Watched) -> None:
    page = watched.page
    page.goto("/method")
    settled(page)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [line for line in grave(page, "a button without a name") if "button-name" in line]


def test_axe_finds_nothing_grave_in_what_opens(watched: Watched) -> None:
    page = watched.page
    page.goto("/")
    settled(page)
    page.locator("#filter-buyer").click()
    expect(page.get_by_role("option").first).to_be_visible()
    found = grave(page, "an open menu")
    page.set_viewport_size({"width": 360, "height": 900})
    page.reload()
    settled(page)
    page.locator("#filters-toggle").click()
    found += grave(page, "filters on a phone")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(ARTICLE)
    page.get_by_text("Why these records, and what was refused").click()
    expect(page.locator("#why")).to_contain_text("claims: Rafale, ordered")
    page.get_by_role("link", name="Show its words").click()
    expect(page.locator("#article-words mark.chosen").first).to_be_visible()
    found += looked_over(page)
    page.goto("/method")
    settled(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert [*found, *looked_over(page)] == []


def test_axe_finds_nothing_grave_beside_the_table_and_in_the_choice_of_columns(watched: Watched, served: str) -> None:
    page = watched.page
    found = []
    for key, identity in (("deal", "deal_id"), ("record", "record_id")):
        unit = "" if key == "deal" else "&unit=claims"
        page.goto(f"/deals?{key}={rows_of(served, key + 's')[0][identity]}{unit}")
        settled(page)
        expect(page.locator("#beside-title")).to_contain_text("India: ")
        page.locator("#columns-toggle").click()
        expect(page.get_by_role("checkbox", name="Status")).to_be_visible()
        found += looked_over(page)
        page.locator("#columns-toggle").click()
    assert found == []


# Of the element in focus and what stands around it: how it is drawn. Whatever looks the same a Tab later showed no focus.
STEP = """() => {
  const look = (element) => {
    const s = getComputedStyle(element);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.left].join(" ");
  };
  const faults = [];
  const last = window.lastFocus;
  if (last && last.chain.every((element, i) => element.isConnected && look(element) === last.looks[i]))
    faults.push("no visible focus: " + last.chain[0].outerHTML.slice(0, 160));
  const now = document.activeElement;
  const chain = [];
  for (let element = now; element && element !== document.body && chain.length < 4; element = element.parentElement) chain.push(element);
  window.lastFocus = chain.length ? { chain, looks: chain.map(look) } : null;
  const box = now.getBoundingClientRect();
  if (now !== document.body && (box.bottom <= 0 || box.top >= innerHeight)) faults.push("out of sight: " + now.outerHTML.slice(0, 160));
  return faults;
}"""


def tab_to(page: Page, wanted: str, *, most: int = 80) -> list[str]:
    """Presses Tab until what a selector names has the focus; tells of every stop that could not be seen."""
    page.evaluate("window.lastFocus = null")
    faults: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        faults += page.evaluate(STEP)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return faults
    pytest.fail(
        f"{most} times Tab do not lead to {wanted}; the focus is on {page.evaluate('document.activeElement.outerHTML')[:200]}"
    )


@pytest.fixture
def own(browser: Browser, register_path: Path, tmp_path: Path) -> Iterator[Watched]:
    path = Path(shutil.copy(register_path, tmp_path / "own.sqlite"))
    with serving(path) as address, watching(browser, address) as made:
        yield made


def test_the_keyboard_goes_the_whole_way(own: Watched) -> None:
    page = own.page
    page.emulate_media(reduced_motion="reduce")
    page.goto("/?counted=all")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()
    faults = tab_to(page, "#filter-buyer")
    page.keyboard.type("Indi")
    expect(page.get_by_role("option").first).to_have_text("India (2)")
    expect(page.get_by_role("option").first).to_have_attribute("data-combobox-selected", "true")
    page.keyboard.press("Enter")
    wait_for_count(page, 2)
    page.keyboard.press("Escape")
    expect(page).to_have_url("/?buyer=IND&counted=all")
    # the charts' own buttons are on the way; then round by the top of the page
    page.reload()
    settled(page)
    faults += tab_to(page, "#nav-deals")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Deals")
    settled(page)
    faults += tab_to(page, "#grid .ag-header-cell, #grid .ag-cell")
    for _ in range(3):
        if page.evaluate("document.activeElement.matches('#grid .ag-cell')"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#beside-title")).to_be_focused()
    expect(page.locator("#beside-title")).to_contain_text("India: ")
    faults += tab_to(page, ".review input[type=text]")
    page.keyboard.type("Ann")
    faults += tab_to(page, ".review button")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Confirmed.")
    expect(page.locator("#review-heading")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.reload()
    settled(page)
    faults += tab_to(page, "#beside-page")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("India: ")
    settled(page)
    faults += tab_to(page, "#back")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Deals")
    settled(page)
    faults += tab_to(page, "#download")
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert "India" in Path(found.value.path()).read_text(encoding="utf-8-sig")
    assert faults == []


def test_the_keyboard_leads_from_a_record_to_its_words(watched: Watched) -> None:
    page = watched.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(ARTICLE)
    settled(page)
    faults = tab_to(page, ".choose[data-record]")
    page.keyboard.press("Enter")
    expect(page.locator("#article-words mark:focus")).to_have_attribute("data-of", page.evaluate("location.hash.slice(4)"))
    expect(page.locator(".choose[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#article-words mark.chosen")).to_have_count(0)
    faults += tab_to(page, "#why-summary")
    page.keyboard.press("Enter")
    expect(page.locator("#why")).to_contain_text("What was refused")
    assert faults == []


def printed(page: Page, path: Path) -> str:
    page.pdf(path=path, format="A4")
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages)


def test_paper_holds_the_title_the_figures_and_the_charts(watched: Watched, served: str, tmp_path: Path) -> None:
    page = watched.page
    page.emulate_media(color_scheme="dark")
    page.goto("/?buyer=IND&buyer=PER")
    settled(page)
    expect(page.locator("#flows .sankey-node").first).to_be_attached()
    told = printed(page, tmp_path / "overview.pdf")
    figures = page.locator(".figures dd").all_inner_texts()
    assert "Who buys what from whom" in told
    assert all(f"{number} " in told for number in figures), (figures, told)
    for words in ("Buyers with the most deals", "India", "Peru", "Russia"):
        assert words in told
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.goto(deal(served))
    settled(page)
    title = page.locator("main h1").inner_text()
    told = printed(page, tmp_path / "deal.pdf")
    assert title in told
    for words in ("Its life", "What each article claims", "Year"):
        assert words in told
    assert "Your name" not in told


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=served, reduced_motion="reduce")
    page = context.new_page()
    moving = """() => [...document.querySelectorAll("body *")].filter((element) => {
        const s = getComputedStyle(element);
        const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        return long(s.transitionDuration) || (s.animationName !== "none" && long(s.animationDuration)) || s.scrollBehavior === "smooth";
    }).map((element) => element.outerHTML.slice(0, 120))"""
    for path in ("/", "/deals", ARTICLE, "/method"):
        page.goto(path)
        settled(page)
        assert page.evaluate(moving) == []
    context.close()
