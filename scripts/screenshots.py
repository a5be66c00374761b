"""Takes the README's picture: `python scripts/screenshots.py [REGISTER]`, by default of seeds/ alone, read anew.

The register is served on a free loopback port by a process of its own, which is stopped at the end.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshot.png"
LARGEST = 400_000
WINDOW = {"width": 1280, "height": 900}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def sample(folder: Path) -> Path:
    """A register of the articles in seeds/ and nothing else."""
    register = folder / "sample.sqlite"
    command = [sys.executable, "-m", "extractors", "extract", "seeds", "--register", str(register), "--label", "sample"]
    subprocess.run(command, cwd=ROOT, check=True)
    return register


@contextmanager
def served(register: Path) -> Iterator[str]:
    """The address of a dashboard over the register, as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--register", str(register), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = f"http://127.0.0.1:{port}"
            line = process.stdout.readline()
            if address not in line:
                raise SystemExit(f"the dashboard did not start: {line}")
            yield address
        finally:
            process.terminate()


def shoot(address: str, target: Path) -> None:
    """The overview down to its second chart, once map, bars and flows stand."""
    flags = [*FLAGS, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else FLAGS
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(address)
        for drawn in ("#map .choroplethlocation", "#timeline .barlayer .point", "#flows .sankey-link"):
            page.wait_for_selector(drawn, state="attached")
        page.wait_for_load_state("networkidle")
        card = page.locator(".card", has=page.locator("#timeline")).bounding_box()
        assert card is not None
        page.screenshot(path=target, full_page=True, clip={**WINDOW, "x": 0, "y": 0, "height": card["y"] + card["height"] + 16})
        browser.close()


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        register = Path(arguments[0]) if arguments else sample(Path(folder))
        with served(register) as address:
            shoot(address, TARGET)
    size = TARGET.stat().st_size
    print(f"{TARGET.relative_to(ROOT)}: {size:,} bytes")
    return 0 if size <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
