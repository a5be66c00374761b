"""Finds the names of a table in a text: one pass of an Aho-Corasick automaton, then whole-word checks.

This module knows nothing of arms. It derives the spellings that the tables leave out (`F-16` -> `F16`, `F 16`), finds
them, and returns every hit that stands as a whole word, with an allowance for a plural or possessive ending.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

# A place in a designation where press spellings differ: "F-16", "F 16", "F16"; "K9", "K-9".
JUNCTION = re.compile(r"(?<=[A-Za-z])[- ]?(?=\d)|(?<=\d)[- ](?=[A-Za-z\d])|(?<=[A-Za-z])-(?=[A-Za-z])")
MAX_JUNCTIONS = 3
VARIANT = re.compile(r"[A-Z]{1,3}(?:\d{1,2}|/[A-Z])?(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface found as a whole word: offsets of the surface itself, and the keys that share the surface."""

    start: int
    end: int
    keys: tuple[int, ...]


def spellings(name: str) -> set[str]:
    """The spellings of a name that differ only by hyphen, space or closing up at letter-digit borders."""
    parts = list(JUNCTION.finditer(name))[:MAX_JUNCTIONS]
    choices = []
    for match in parts:
        letters_only = name[match.start() - 1].isalpha() and name[match.end()].isalpha()
        closing = "" if not letters_only else "-"
        choices.append(sorted({match.group(), "-", " ", closing}))
    found = {name}
    for combination in itertools.product(*choices):
        built, at = "", 0
        for match, separator in zip(parts, combination, strict=True):
            built += name[at : match.start()] + separator
            at = match.end()
        found.add(built + name[at:])
    return found


class Gazetteer:
    """An automaton over surfaces; `keys` are the caller's own row numbers."""

    def __init__(self, surfaces: Iterable[tuple[str, int]], *, vary: bool) -> None:
        by_surface: dict[str, list[int]] = {}
        for surface, key in surfaces:
            for spelling in spellings(surface) if vary else {surface}:
                keys = by_surface.setdefault(spelling, [])
                if key not in keys:
                    keys.append(key)
        self._surfaces: Sequence[str] = sorted(by_surface)
        self._keys = [tuple(sorted(by_surface[s])) for s in self._surfaces]
        self._automaton = ahocorasick_rs.AhoCorasick(self._surfaces, store_patterns=False)

    def scan(self, text: str, *, suffixes: bool = False) -> list[Hit]:
        """Whole-word hits, by start, longest first; hits may overlap, and the caller chooses.

        With `suffixes`, variant letters may close up to a surface that ends in a digit (`F-16` in "F-16CJ"): the hit covers them.
        """
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if whole_word(text, start, end):
                hits.append(Hit(start, end, self._keys[index]))
            elif suffixes and end - start >= 3 and text[end - 1].isdigit():
                variant = VARIANT.match(text, end)
                if variant and whole_word(text, start, variant.end()):
                    hits.append(Hit(start, variant.end(), self._keys[index]))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))


def whole_word(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` stands as a word: a plural or possessive s may follow, letters and digits may not."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    if start > 1 and text[start - 1] in "-/." and text[start - 2].isdigit() and text[start].isdigit():
        return False
    if end >= len(text):
        return True
    after = text[end]
    if not after.isalnum():
        following = text[end + 1 : end + 2]
        return not (after in "-./" and text[end - 1].isdigit() and following.isdigit())
    if not text[end - 1].isalnum():
        return True
    return after == "s" and not text[end + 1 : end + 2].isalnum()
