"""The newest deals or claims of a view: few rows, found without looking at every row's texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import orjson

from dashboard.data import Data

# So many rows of the latest years are looked at for the latest article.
CANDIDATES = 200


def newest(data: Data, rows: np.ndarray, most: int, *, today: date | None = None) -> list[dict[str, Any]]:
    """Up to `most` rows, those with the latest article first, then the latest year; undated ones last.

    Where a view has more than `CANDIDATES` rows, those of the latest years are looked at, years to come (of plans) as if this year's.
    """
    places = np.flatnonzero(rows)
    if len(places) > CANDIDATES:
        years = np.minimum(data.years[places], (today or date.today()).year)
        enough = np.partition(years, len(years) - CANDIDATES)[-CANDIDATES]
        latest, level = places[years > enough], places[years == enough]
        places = np.concatenate([latest, level[len(level) - (CANDIDATES - len(latest)) :]])
    found = data.rows(places.tolist())
    return sorted(found, key=lambda row: (told(row), row["year"] or 0, identity(row)), reverse=True)[:most]


def identity(row: Mapping[str, Any]) -> str:
    return str(row["deal_id"] if "deal_id" in row else row["record_id"])


def told(row: Mapping[str, Any]) -> str:
    """The day of the latest article that tells of a deal or record, `YYYY-MM-DD`; empty where none is dated."""
    if "published" in row:
        return row["published"].isoformat() if row["published"] else ""
    return max((event.get("published") or "" for event in stages(row)), default="")


def stages(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stages that articles tell of, each with `status` and `year`, in order."""
    return list(orjson.loads(row["events"] or "[]"))


def articles(row: Mapping[str, Any]) -> list[str]:
    """Ids of the articles that tell of a deal's stages, each once, in order; of a record its own."""
    if "article_id" in row:
        return [row["article_id"]]
    return list(dict.fromkeys(one for event in stages(row) for one in event["articles"]))
