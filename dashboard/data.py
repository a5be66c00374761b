"""Loads a register into memory, in the form that filters and charts read, and again whenever it has changed.

Every column that can be filtered becomes a `Facet`: one small integer per row and the list of keys that the integers stand
for, so that a filter is a mask and a chart is a `bincount`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from extractors import Article, RegisterError, open_register

UNKNOWN = "unknown"
NO_YEAR = 0
SEARCHED = ("buyer", "seller", "system", "system_text", "buyer_entity", "seller_entity", "evidence", "title")


@dataclass(frozen=True, slots=True)
class Facet:
    """One filterable column: `codes[row]` indexes `keys` (what an address says) and `names` (what a page says)."""

    codes: np.ndarray
    keys: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int] = field(repr=False)

    def counts(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Rows per key, in the order of `keys`."""
        codes = self.codes if mask is None else self.codes[mask]
        return np.bincount(codes, minlength=len(self.keys))

    def name(self, key: str) -> str:
        """The display name of a key; the key itself where the register does not hold it."""
        position = self.index.get(key)
        return key if position is None else self.names[position]


@dataclass(frozen=True, slots=True)
class Data:
    """One state of a register. `frame` has the record's columns; row numbers agree everywhere."""

    frame: pd.DataFrame
    facets: Mapping[str, Facet]
    years: np.ndarray
    searched: pd.Series
    label: str
    version: str

    def __len__(self) -> int:
        return len(self.frame)


def facet(keys: pd.Series, names: pd.Series) -> Facet:
    """A facet over two aligned text columns; an empty key is `unknown`."""
    keys = keys.astype("str").where(keys != "", UNKNOWN)
    codes, found = pd.factorize(keys)
    first = np.full(len(found), -1)
    first[codes[::-1]] = np.arange(len(keys))[::-1]
    shown = tuple("Unknown" if key == UNKNOWN else str(names.iloc[row]) for key, row in zip(found, first, strict=True))
    keys_found = tuple(str(key) for key in found)
    return Facet(codes.astype(np.int32), keys_found, shown, {key: i for i, key in enumerate(keys_found)})


def either(frame: pd.DataFrame, first: str, second: str) -> pd.Series:
    """`first` where it says something, else `second`."""
    return frame[first].astype("str").where(frame[first] != "", frame[second].astype("str"))


def prepare(frame: pd.DataFrame, label: str = "", version: str = "") -> Data:
    """A record frame (the columns of `extractors.COLUMNS`) made ready."""
    plain = {name: frame[name].astype("str") for name in ("weapon_type", "status", "deal_type", "source")}
    facets = {
        "buyer": facet(either(frame, "buyer_iso3", "buyer"), frame["buyer"]),
        "seller": facet(either(frame, "seller_iso3", "seller"), frame["seller"]),
        "system": facet(either(frame, "system_id", "system"), frame["system"]),
        "type": facet(plain["weapon_type"], plain["weapon_type"]),
        "status": facet(plain["status"], plain["status"]),
        "deal_type": facet(plain["deal_type"], plain["deal_type"]),
        "source": facet(plain["source"], plain["source"]),
    }
    years = frame["year"].fillna(NO_YEAR).to_numpy(dtype=np.int32)
    searched = (
        frame[list(SEARCHED)].astype("str").agg("\n".join, axis=1).str.lower() if len(frame) else pd.Series([], dtype="str")
    )
    return Data(frame, facets, years, searched, label, version)


class Source:
    """The register behind the pages: loads it when asked, and again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._held: Data | None = None

    def data(self) -> Data:
        """The register as it stands. Raises `RegisterError`, whose message says what is wrong and what to do."""
        with self._lock, open_register(self.path) as register:
            version = register.version()
            if self._held is None or self._held.version != version:
                self._held = prepare(register.frame(), register.label, version)
            return self._held

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or `None`. Raises `RegisterError`."""
        with open_register(self.path) as register:
            return register.article(article_id)

    def count(self) -> int:
        """The number of records, read from the register itself. Raises `RegisterError`."""
        with open_register(self.path) as register:
            return register.count()


__all__ = ["NO_YEAR", "UNKNOWN", "Data", "Facet", "RegisterError", "Source", "facet", "prepare"]
