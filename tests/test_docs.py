"""The documentation agrees with the code."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.filters import KEYS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_current() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_dictionary.py"))["dictionary"]()
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == made


@pytest.mark.parametrize("command", ["extract", "explain", "evaluate", "check-data"])
def test_every_command_is_in_the_readme_with_its_options(command: str) -> None:
    helped = subprocess.run(
        [sys.executable, "-m", "extractors", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f"python -m extractors {command}" in README
    options = set(re.findall(r"--[a-z]+", helped.stdout)) - {"--help", "--label", "--output"}
    assert options <= set(re.findall(r"--[a-z]+", README)), options


def test_every_filter_is_in_the_readme() -> None:
    assert [key for key in KEYS if f"`{key}`" not in README] == []


def test_links_inside_the_repository_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
