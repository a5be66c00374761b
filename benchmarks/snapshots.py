"""Pictures of the key pages against those that are kept in `tests/snapshots/`, at three widths, in light and dark.

python -m benchmarks.snapshots [keep]

The register is the one that tests read, so the pictures change with the pages and not with the data. What is kept is small: grey, a sixth
as wide and high, in sixteen shades. A page fails where it is more than `TALLER` taller or shorter than its picture, or where more than
`MOST_PIXELS` of the small pixels differ by more than `SHADES` of 256: a word may change, a chart may not vanish. The present picture of
a page that fails is left in `tests/artifacts/snapshots/`. With `keep`, the present pictures become those that are kept.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import opened
from benchmarks.register import ROOT
from benchmarks.server import serving
from dashboard.source import Source
from extractors import Article, extract, open_register
from tests.conftest import TEXTS

KEPT, PRESENT = ROOT / "tests" / "snapshots", ROOT / "tests" / "artifacts" / "snapshots"
WIDTHS, SCHEMES = (1400, 800, 360), ("light", "dark")
SMALLER, COLOURS, HIGHEST = 6, 16, 3_000
SHADES, MOST_PIXELS, TALLER = 20, 0.01, 0.03
TRIES = 40
# What a page has not got any more once it is drawn: a word that it is loading, a chart without marks, a grid without rows.
UNDRAWN = (".loading:visible", "._dash-loading", ".dash-graph:not(:has(.main-svg))", "#grid:not(:has(.ag-cell))")


def register_of_tests(path: Path) -> None:
    with open_register(path, create=True, label="test") as register:
        for identity, title, text, published, source in TEXTS:
            article = Article(identity, text, title, published, source, f"https://example.org/{identity}")
            register.replace(article, extract(article))


def pages(register: Path) -> dict[str, str]:
    """The name of each key page and its address."""
    row = Source(register).deals().rows([0])[0]
    return {
        "overview": "/",
        "flows": "/flows",
        "deals": "/deals",
        "deal": f"/deal/{row['deal_id']}",
        "article": f"/article/{quote(TEXTS[0][0], safe='')}",
        "country": "/country/PER",
        "system": "/system/Rafale",
        "compare": "/compare",
        "read": "/read",
        "method": "/method",
    }


def pictures(browser: Browser, address: str, register: Path) -> Iterator[tuple[str, Image.Image]]:
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, base_url=address, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            for name, path in pages(register).items():
                page.goto(path)
                page.locator("h1").first.wait_for()
                for undrawn in UNDRAWN:
                    expect(page.locator(undrawn)).to_have_count(0)
                page.wait_for_load_state("networkidle")
                yield f"{name}-{width}-{scheme}", small(still(page))
            context.close()


def still(page: Page) -> bytes:
    """A picture of the whole page, once two in a row are the same."""
    before = b""
    for _ in range(TRIES):
        now = page.screenshot(full_page=True, animations="disabled")
        if now == before:
            return now
        before = now
    raise RuntimeError(f"{page.url} does not come to rest")


def small(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as shot:
        wide, high = shot.width, min(shot.height, HIGHEST)
        grey = shot.convert("L").crop((0, 0, wide, high)).resize((wide // SMALLER, high // SMALLER), Image.Resampling.BOX)
    return grey.quantize(COLOURS)


def differs(now: Image.Image, kept: Image.Image) -> str:
    """What is different beyond the tolerance, in words; empty where nothing is."""
    if now.width != kept.width or abs(now.height - kept.height) > TALLER * kept.height:
        return f"is {now.width} × {now.height}, was {kept.width} × {kept.height} (a {SMALLER}th of the page)"
    high = min(now.height, kept.height)
    one, other = (np.asarray(picture.convert("L"), dtype=np.int16)[:high] for picture in (now, kept))
    share = float((np.abs(one - other) > SHADES).mean())
    return f"{share:.1%} of it differs" if share > MOST_PIXELS else ""


def main(*, keep: bool) -> int:
    folder = KEPT if keep else PRESENT
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    wrong, seen = 0, 0
    with tempfile.TemporaryDirectory() as made:
        register = Path(made) / "test.sqlite"
        register_of_tests(register)
        with serving(register) as served, opened() as browser:
            for name, picture in pictures(browser, served.address, register):
                path, seen = KEPT / f"{name}.png", seen + 1
                if keep:
                    picture.save(path, optimize=True)
                    continue
                if not path.exists():
                    found = "has no picture"
                else:
                    with Image.open(path) as kept:
                        found = differs(picture, kept)
                if found:
                    wrong += 1
                    picture.save(PRESENT / path.name, optimize=True)
                    print(f"{name}: {found}")
    size = sum(path.stat().st_size for path in KEPT.glob("*.png"))
    print(f"{seen} pictures {'kept' if keep else f'compared, {wrong} differ'}; {size / 1000:,.0f} kB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(keep="keep" in sys.argv[1:]))
