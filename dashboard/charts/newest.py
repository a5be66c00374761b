"""The newest deals or claims of a view: few rows, found without looking at every row's texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import orjson

from dashboard.data import Data

# So many times the rows asked for, and at least so many, are looked at for the latest article.
TIMES, LEAST = 4, 60


def newest(data: Data, rows: np.ndarray, most: int, *, today: date | None = None) -> dict[int, dict[str, Any]]:
    """Place -> row of up to `most` rows, those with the latest article first, then the latest year; undated ones last.

    Of a view with many rows, only those of the latest years are looked at, years to come (of plans) as if this year's.
    """
    places = candidates(data.years, rows, max(LEAST, TIMES * most), (today or date.today()).year)
    found = zip(places.tolist(), data.rows(places.tolist()), strict=True)
    ordered = sorted(found, key=lambda one: (told(one[1]), one[1]["year"] or 0, identity(one[1])), reverse=True)
    return dict(ordered[:most])


def candidates(years: np.ndarray, rows: np.ndarray, most: int, this_year: int) -> np.ndarray:
    """Places of up to `most` rows of the latest years; of the earliest year among them the last rows."""
    per_year = np.bincount(years[rows])
    if int(per_year.sum()) <= most:
        return np.flatnonzero(rows)
    per_year[this_year : this_year + 1] += per_year[this_year + 1 :].sum()
    from_year_on = per_year[: this_year + 1][::-1].cumsum()[::-1]
    level = int(np.flatnonzero(from_year_on >= most)[-1])
    later, same = np.flatnonzero(rows & (years > level)), np.flatnonzero(rows & (years == level))
    if level == this_year:
        same, later = np.flatnonzero(rows & (years >= level)), later[:0]
    return np.concatenate([later, same[len(same) - (most - len(later)) :]])


def identity(row: Mapping[str, Any]) -> str:
    return str(row["deal_id"] if "record_id" not in row else row["record_id"])


def told(row: Mapping[str, Any]) -> str:
    """The day of the latest article that tells of a deal or record, `YYYY-MM-DD`; empty where none is dated."""
    if "published" in row:
        return row["published"].isoformat() if row["published"] else ""
    return max((event.get("published") or "" for event in stages(row)), default="")


def stages(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stages that articles tell of, each with `status` and `year`, in order."""
    return list(orjson.loads(row["events"] or "[]"))


def articles_behind(deals: Data, places: Iterable[int]) -> dict[int, dict[str, str]]:
    """Place -> article id -> title (the id where it has none) of the articles behind some deals, latest first."""
    assert deals.claims is not None
    assert deals.home is not None
    wanted = np.fromiter(places, dtype=np.int64)
    at = np.flatnonzero(np.isin(deals.home, wanted))
    claims = sorted(
        zip(deals.home[at].tolist(), deals.claims.rows(at.tolist()), strict=True), key=lambda one: told(one[1]), reverse=True
    )
    behind: dict[int, dict[str, str]] = {int(place): {} for place in wanted}
    for place, claim in claims:
        behind[place].setdefault(claim["article_id"], claim["title"] or claim["article_id"])
    return behind
