"""One row for a deal: of every field the value preferred among its records, why, and where its articles disagree.

Preferred is what is stated over what is inferred, official sources over the press, what more articles say, and the later report.
A number is the order's where one is told, else the approval's, else the plan's; what was delivered is kept apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from extractors.records.deal_claims import number
from extractors.records.sources import is_official, source_key

Row = Mapping[str, Any]
STAGES = ("planned", "approved", "ordered", "delivered", "cancelled")
RANK = {stage: rank for rank, stage in enumerate(STAGES)}
BASIS_RANK = {"stated": 3, "relative": 2, "published": 1, "inferred": 0, "none": 0, "": 0}
NUMBERED = ("ordered", "approved", "planned", "cancelled", "delivered")


def summary(deal_id: str, rows: Sequence[Row]) -> dict[str, Any]:
    """The deal's row over its records' rows, by column of `DEAL_COLUMNS`; JSON columns as compact text."""
    told = life_cycle(rows)
    status, status_why = standing(rows)
    seller, seller_why = preferred([r for r in rows if r["seller"]], lambda r: r["seller_iso3"] or r["seller"])
    named, system_why = best_system(rows)
    counted, quantity_why = best_number(rows)
    years = {stage: stage_year(told, stage) for stage in STAGES}
    priced = best_priced(rows)
    supplied = next((r for r in rows if (r["seller_iso3"] or r["seller"]) == seller and r["seller"]), None)
    why = {"status": status_why, "system": system_why}
    if seller:
        why["seller"] = seller_why
    if counted is not None:
        why["quantity"] = quantity_why
    if years[status][1]:
        why["year"] = years[status][1]
    if priced is not None:
        why["value"] = "from the latest report of the money" + (" of an official source" if official(priced) else "")
    low, high = bounds(rows)
    return {
        "deal_id": deal_id,
        "buyer": rows[0]["buyer"],
        "system": named["system"],
        "quantity": number(counted["quantity"]) if counted is not None else None,
        "year": years[status][0],
        "seller": supplied["seller"] if supplied is not None else "",
        "weapon_type": named["weapon_type"],
        "status": status,
        "deal_type": commonest(r["deal_type"] for r in rows if r["deal_type"] != "unknown") or "unknown",
        "domestic": any(r["domestic"] for r in rows)
        if not seller
        else bool(rows[0]["buyer_iso3"]) and rows[0]["buyer_iso3"] == seller,
        "quantity_low": low,
        "quantity_high": high,
        "value": priced["value"] if priced is not None else None,
        "currency": priced["currency"] if priced is not None else "",
        "value_scope": priced["value_scope"] if priced is not None else "",
        "package_id": priced["package_id"] if priced is not None else "",
        "buyer_iso3": rows[0]["buyer_iso3"],
        "seller_iso3": supplied["seller_iso3"] if supplied is not None else "",
        "system_id": named["system_id"],
        "sipri_category": named["sipri_category"],
        "unroca_category": named["unroca_category"],
        "confidence": max(
            (r["confidence"] for r in rows if r["confidence"] is not None and r["confidence"] == r["confidence"]), default=None
        ),
        **{f"year_{stage}": years[stage][0] for stage in STAGES},
        "quantity_ordered": stage_number(rows, "ordered"),
        "quantity_delivered": stage_number(rows, "delivered"),
        "articles": len({r["article_id"] for r in rows}),
        "sources": len({source_key(r["source"], r["url"]) or r["article_id"] for r in rows}),
        "disagree": text(disagreements(rows, told)),
        "why": text(why),
        "events": text(told),
    }


def text(value: Any) -> str:
    return orjson.dumps(value).decode()


def official(row: Row) -> bool:
    return is_official(row["source"], row["url"])


def day(row: Row) -> date:
    return row["published"] or date.min


def commonest(values: Iterable[str]) -> str:
    """The value given most often, the first of equals; empty for none."""
    return next((value for value, _ in Counter(values).most_common(1)), "")


def checked(row: Row) -> bool:
    """Whether a person confirmed or corrected the record."""
    return row.get("review", "") in ("confirmed", "corrected")


def preferred(rows: Sequence[Row], key: Any) -> tuple[Any, str]:
    """The value of the rows preferred by review, official source, number of articles and later report, with the reason in words."""
    if any(checked(row) for row in rows) and not all(checked(row) for row in rows):
        return preferred([row for row in rows if checked(row)], key)[0], "a record that was checked by a person"
    articles: dict[Any, set[str]] = defaultdict(set)
    formal: dict[Any, bool] = defaultdict(bool)
    last: dict[Any, date] = defaultdict(lambda: date.min)
    for row in rows:
        value = key(row)
        articles[value].add(row["article_id"])
        formal[value] |= official(row)
        last[value] = max(last[value], day(row))
    if not articles:
        return None, ""
    best = max(articles, key=lambda v: (formal[v], len(articles[v]), last[v], str(v)))
    total = len({row["article_id"] for row in rows})
    if len(articles) == 1:
        return best, {1: "the only article that says", 2: "both articles agree"}.get(total, f"all {total} articles agree")
    if formal[best] and sum(formal.values()) == 1:
        return best, "an official source over the press"
    if len(articles[best]) > max(len(found) for value, found in articles.items() if value != best):
        return best, f"{len(articles[best])} of {total} articles"
    return best, "the later report"


def standing(rows: Sequence[Row]) -> tuple[str, str]:
    """The status that stands: the furthest stage told; a cancellation outranks the rest unless a later report goes on with the deal."""
    ended = [r for r in rows if r["status"] == "cancelled"]
    going = [r for r in rows if r["status"] != "cancelled"]
    if ended and going:
        revived = [r for r in going if day(r) > max(day(e) for e in ended) and RANK[r["status"]] >= RANK["ordered"]]
        if not revived:
            return "cancelled", "a cancellation that no later report takes back"
        going = revived
    if not going:
        return "cancelled", "told as cancelled only"
    best = max(going, key=lambda r: RANK[r["status"]])["status"]
    return best, "the furthest stage told"


def life_cycle(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Every stage that the records tell of, by year and order of reporting, each with its article and record; repeats once."""
    seen: dict[tuple[str, int | None, int | None], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda r: (day(r), r["article_id"])):
        events = orjson.loads(row["events"]) if row["events"] else []
        if number(row["year"]) is not None and not any(
            e["status"] == row["status"] and e["year"] == number(row["year"]) for e in events
        ):
            events = [e for e in events if e["status"] != row["status"] or e["year"] is not None]
            events.append(
                {
                    "status": row["status"],
                    "year": number(row["year"]),
                    "year_basis": row["year_basis"],
                    "quantity": number(row["quantity"]) if stage_told(row) == row["status"] else None,
                }
            )
        for event in events:
            key = (event["status"], event["year"], event["quantity"])
            if key in seen:
                seen[key]["articles"].append(row["article_id"])
                continue
            seen[key] = {
                "status": event["status"],
                "year": event["year"],
                "year_basis": event["year_basis"],
                "quantity": event["quantity"],
                "published": row["published"].isoformat() if row["published"] else "",
                "record_id": row["record_id"],
                "articles": [row["article_id"]],
            }
    told = list(seen.values())
    for event in told:
        event["articles"] = list(dict.fromkeys(event["articles"]))
    return sorted(told, key=lambda e: (e["year"] is None, e["year"] or 0, RANK[e["status"]], e["published"]))


def stage_year(told: Sequence[Mapping[str, Any]], stage: str) -> tuple[int | None, str]:
    """The year of a stage: stated over relative over published, then what more articles say; of a delivery the last, else the first."""
    dated = [e for e in told if e["status"] == stage and e["year"] is not None]
    if not dated:
        return None, ""
    best = max(BASIS_RANK[e["year_basis"]] for e in dated)
    firm = [e for e in dated if BASIS_RANK[e["year_basis"]] == best]
    counts: Counter[int] = Counter()
    for event in firm:
        counts[event["year"]] += len(event["articles"])
    most = max(counts.values())
    years = [year for year, count in counts.items() if count == most]
    reason = {3: "stated in the text", 2: "told from the day of the report", 1: "the year of the report"}.get(best, "inferred")
    return (max(years) if stage == "delivered" else min(years)), reason


def best_system(rows: Sequence[Row]) -> tuple[Row, str]:
    """The row that names the system best: a designation over a class noun, the name that most articles use."""
    names = Counter(r["system"] for r in rows)
    best = max(
        rows, key=lambda r: (r["system_text"] != r["system_text"].lower(), names[r["system"]], len(r["system"]), r["system"])
    )
    others = {r["system"] for r in rows} - {best["system"]}
    return best, "the name that most articles use" if others else "all articles name it so"


def best_number(rows: Sequence[Row]) -> tuple[Row | None, str]:
    """The row whose number stands for the whole deal."""
    counted = [r for r in rows if number(r["quantity"]) is not None]
    for stage in NUMBERED:
        staged = [r for r in counted if r["status"] == stage]
        exact = [r for r in staged if r["quantity_note"] in ("exact", "")] or staged
        if exact:
            value, why = preferred(exact, lambda r: number(r["quantity"]))
            best = next(r for r in exact if number(r["quantity"]) == value)
            return best, f"the number {stage_told(best)}: {why}"
    return None, ""


def stage_told(row: Row) -> str:
    """The stage that a row's number is of: of its own one, unless its events tell that number of another alone."""
    told = numbers_by_stage(row)
    own, whole = row["status"], number(row["quantity"])
    return next((stage for stage in (own, *NUMBERED) if whole in told[stage]), own)


def bounds(rows: Sequence[Row]) -> tuple[int | None, int | None]:
    """Lowest and highest number told of the whole deal; of deliveries only where nothing else is told."""
    counted = [r for r in rows if number(r["quantity"]) is not None]
    whole = [r for r in counted if r["status"] != "delivered"] or counted
    if not whole:
        return None, None
    lows = [number(r["quantity"]) or 0 for r in whole]
    highs = [number(r["quantity_high"]) or number(r["quantity"]) or 0 for r in whole]
    return min(lows), max(highs)


def stage_number(rows: Sequence[Row], stage: str) -> int | None:
    """The number told of a stage: of an order the preferred one, of deliveries the largest, for reports of parts add up to it."""
    if stage == "delivered":
        return max((n for r in rows for n in arrived(r)), default=None)
    staged = [r for r in rows if r["status"] == stage and number(r["quantity"]) is not None]
    if staged:
        value: int = preferred(staged, lambda r: number(r["quantity"]))[0]
        return value
    return max((n for r in rows for n in numbers_by_stage(r)[stage]), default=None)


def arrived(row: Row) -> list[int]:
    """The numbers that a row tells as delivered: its own one only where it is not that of another stage, as of the order."""
    told, own = numbers_by_stage(row)["delivered"], number(row["quantity"])
    if told or row["status"] != "delivered" or own is None:
        return told
    return [own] if stage_told(row) == "delivered" else []


def numbers_by_stage(row: Row) -> dict[str, list[int]]:
    """Status -> the numbers of a row's events of that status."""
    found: dict[str, list[int]] = defaultdict(list)
    for event in orjson.loads(row["events"]) if row["events"] else []:
        if event["quantity"] is not None:
            found[event["status"]].append(event["quantity"])
    return found


def best_priced(rows: Sequence[Row]) -> Row | None:
    """The row whose money stands; of reports of one day that of the later article id, so that the deals of a package take one article's."""
    priced = [r for r in rows if r["value"] is not None and r["value"] == r["value"]]
    return max(priced, key=lambda r: (official(r), day(r), r["article_id"], r["record_id"]), default=None)


def disagreements(rows: Sequence[Row], told: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Field -> the values that articles give it, each with its articles, where there is more than one."""
    sides: dict[str, dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    staged: dict[str, dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        article = row["article_id"]
        if row["seller"]:
            sides["seller"][row["seller"]].append(article)
        if number(row["quantity"]) is not None and row["status"] != "delivered" and row["quantity_note"] in ("exact", ""):
            staged[row["status"]][number(row["quantity"])].append(article)
    for numbers in staged.values():
        # a plan of 24 and an order of 18 are two stages, not two opinions
        if len(numbers) > 1:
            for value, articles in numbers.items():
                sides["quantity"][value] += articles
    for event in told:
        if event["year"] is not None and event["status"] == "ordered":
            sides["year"][event["year"]] += event["articles"]
    return {
        name: [
            {"value": value, "articles": sorted(set(articles))}
            for value, articles in sorted(values.items(), key=lambda v: str(v[0]))
        ]
        for name, values in sides.items()
        if len(values) > 1
    }
