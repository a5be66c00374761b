"""Articles that people checked whole, in the form that `evaluate` takes for gold: a newsroom's own test set. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from extractors.model import Article
from extractors.records.joined import plain_rows


def checked(records: pd.DataFrame) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """Article id -> its gold records, of articles whose every record was confirmed, corrected or rejected; and how many were in part.

    `records` are those of a whole register with the column `review`, as `reviewed` gives them. A rejected record is none.
    """
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in plain_rows(records):
        by_article[row["article_id"]].append(row)
    whole = {one: rows for one, rows in by_article.items() if all(row["review"] for row in rows)}
    partly = sum(any(row["review"] for row in rows) for one, rows in by_article.items() if one not in whole)
    return {one: [gold(row) for row in rows if row["review"] != "rejected"] for one, rows in whole.items()}, partly


def gold(row: Mapping[str, Any]) -> dict[str, Any]:
    """One record: every field a list of accepted values, empty where the article does not say."""

    def listed(*values: Any) -> list[Any]:
        return list(dict.fromkeys(value for value in values if value not in (None, "")))

    found: dict[str, Any] = {
        "buyer": listed(row["buyer_iso3"] or row["buyer"]),
        "seller": listed(row["seller_iso3"] or row["seller"]),
        "system": listed(row["system"], *([row["system_text"]] if "system" not in row["machine"] else [])),
        "type": listed(row["weapon_type"]),
        "quantity": listed(row["quantity"]),
        "year": listed(row["year"]),
        "status": listed(row["status"]),
        "evidence": row["evidence"],
    }
    if row["domestic"]:
        found["domestic"] = True
    return found


def gold_line(article: Article, records: list[dict[str, Any]]) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else ""
    return {"id": article.id, "published": published, "records": records}


def article_line(article: Article) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else ""
    return {
        "id": article.id, "title": article.title, "text": article.text, "published": published, "source": article.source, "url": article.url,
    }  # fmt: skip
