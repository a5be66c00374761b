"""The newest deals or claims of a view: few rows, found without looking at every row's texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import orjson

from dashboard.data import Data

# So many places are looked at before more of them are.
BLOCK = 4_096
NEVER = -1


def newest(data: Data, rows: np.ndarray, most: int) -> dict[int, dict[str, Any]]:
    """Place -> row of up to `most` rows, those with the latest article first, then the latest year; undated ones last."""
    order = data.made("newest first", lambda: newest_first(data))
    places: list[int] = []
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        places += block[rows[block]].tolist()
        if len(places) >= most:
            break
    return dict(zip(places[:most], data.rows(places[:most]), strict=True))


def newest_first(data: Data) -> np.ndarray:
    """Every place, by the day of its latest article, then its year, then its place, the latest first."""
    claims = data.claims or data
    days = np.nan_to_num(claims.numbers("published"), nan=NEVER)
    latest = days
    if data.home is not None:
        latest = np.full(len(data), float(NEVER))
        np.maximum.at(latest, data.home, days)
    return np.lexsort((np.arange(len(data)), data.years, latest))[::-1].astype(np.int32)


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
