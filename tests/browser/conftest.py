"""A real server process on loopback, and a real Chromium that fails the run when it is missing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A page's scripts are some megabytes, read and run anew in each test: a busy machine takes its time.
expect.set_options(timeout=20_000)


def chromium(playwright: Playwright) -> str:
    """`$CHROMIUM`, the PATH, or Playwright's own; fails with the remedy where there is none."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    if found is None and own and Path(own).exists():
        found = own
    if found is None or not Path(found).exists():
        pytest.fail("no Chromium: run scripts/ensure_chromium, or set CHROMIUM to one", pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else FLAGS
        opened = playwright.chromium.launch(executable_path=chromium(playwright), args=flags)
        yield opened
        opened.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(register: Path) -> Iterator[str]:
    """The address of a dashboard over a register, run as a user runs it and stopped by its own process."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--register", str(register), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = f"http://127.0.0.1:{port}"
            assert address in line, line
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def served(register_path: Path) -> Iterator[str]:
    """The address of a dashboard over the test register."""
    with serving(register_path) as address:
        with urllib.request.urlopen(f"{address}/healthz") as answer:
            assert answer.status == 200
        yield address


class Watched:
    """A page that remembers what went wrong in it, and every host that it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda answer: self.faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)

    def hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)


@contextmanager
def watching(browser: Browser, address: str) -> Iterator[Watched]:
    """A page under an address; fails afterwards where it had faults or asked another host."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=address, accept_downloads=True)
    made = Watched(context.new_page())
    yield made
    context.close()
    assert made.faults == []
    assert [url for url in made.asked if not url.startswith((address, "blob:", "data:"))] == []


@pytest.fixture
def watched(browser: Browser, served: str) -> Iterator[Watched]:
    with watching(browser, served) as made:
        yield made


def count(page: Page) -> int:
    return int(page.locator("#count").get_attribute("data-count") or -1)


def wait_for_count(page: Page, number: int) -> None:
    expect(page.locator(f'#count[data-count="{number}"]')).to_be_visible()


def choose(page: Page, key: str, typed: str) -> None:
    """Types into a select and takes the first option with Enter, as from the keyboard."""
    field = page.locator(f"#filter-{key}")
    field.click()
    # On opening, the list marks its chosen option from a timer of its own: typing before that would be undone by it.
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")
    field.fill(typed)
    expect(page.get_by_role("option").first).to_have_attribute("data-combobox-selected", "true")
    field.press("Enter")
    field.press("Escape")
