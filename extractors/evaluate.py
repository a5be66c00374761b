"""Scores extracted records against gold records, by the rules of matching that the gold's guideline sets.

Predicted and gold records of an article are matched one to one, best pair first; a pair qualifies when the systems agree and
the buyers agree (or, where either side has none, the sellers). `tuple` counts pairs with buyer, system, quantity and year all
right. Gold records marked optional or domestic count neither for nor against.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from extractors.ingest.read import read_inputs
from extractors.model import STATUSES, Article
from extractors.pipeline import analyse

FIELDS = ("buyer", "seller", "type", "quantity", "year", "status")
TUPLE = ("buyer", "system", "quantity", "year")
# Words that name no system by themselves: they agree only with themselves.
GENERAL = frozenset(["arm", "arms", "weapon", "system", "equipment", "aid", "hardware"])


@dataclass(frozen=True, slots=True)
class Predicted:
    """The fields of an extracted record that are compared; parties by ISO code, else by name."""

    buyer: str
    seller: str
    system: str
    type: str
    quantity: int | None
    year: int | None
    status: str
    rule: str = ""


@dataclass(slots=True)
class Tally:
    """Counts of one run, by name, and by rule the counts of fired, right and wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    right: set[tuple[str, int]] = field(default_factory=set)


def plain(text: str) -> tuple[str, frozenset[int]]:
    """Lower-case letters and digits without plural s, and the places where words, or runs of letters or digits, begin or end."""
    joined, places = "", {0}
    for word in re.findall(r"[^\W\d_]+|\d+", text):
        word = word.lower()
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
        joined += word.replace("armored", "armoured").replace("defense", "defence")
        places.add(len(joined))
    return joined, frozenset(places)


def systems_agree(predicted: str, accepted: Sequence[str]) -> bool:
    """Equal, or one inside the other from border to border: F-16 in F-16V, tank in battle tank, but not MiG-2 in MiG-29."""
    ours, our_places = plain(predicted)
    for value in accepted if ours else ():
        theirs, their_places = plain(value)
        if ours == theirs:
            return True
        if ours in GENERAL or theirs in GENERAL or len(predicted.split()) > len(value.split()) + 3:
            continue
        short, long, places = (ours, theirs, their_places) if len(ours) <= len(theirs) else (theirs, ours, our_places)
        if len(short) < 3 or not re.search("[a-z]", short):
            continue
        if any({m.start(), m.start() + len(short)} <= places for m in re.finditer(f"(?={re.escape(short)})", long)):
            return True
    return False


def parties_agree(predicted: str, accepted: Sequence[str | None]) -> bool:
    return plain(predicted)[0] in {plain(a or "")[0] for a in accepted or [None]}


def quantities_agree(predicted: int | None, accepted: Sequence[int | None]) -> bool:
    if predicted is None:
        return not accepted or None in accepted
    numbers = sorted(n for n in accepted if n is not None)
    close = len(numbers) == 2 and numbers[1] <= 2 * numbers[0] and numbers[0] <= predicted <= numbers[1]
    return predicted in numbers or close


def years_agree(predicted: int | None, accepted: Sequence[int | None], published: int | None) -> bool:
    return predicted in (accepted or (None, published))


def agreement(predicted: Predicted, gold: dict[str, Any]) -> dict[str, bool]:
    """Which fields of a predicted record the gold record accepts."""
    return {
        "system": systems_agree(predicted.system, gold["system"]),
        "buyer": parties_agree(predicted.buyer, gold.get("buyer", ())),
        "seller": parties_agree(predicted.seller, gold.get("seller", ())),
        "type": not gold.get("type") or predicted.type in gold["type"],
        "quantity": quantities_agree(predicted.quantity, gold.get("quantity", ())),
        "year": years_agree(predicted.year, gold.get("year", ()), gold.get("published")),
        "status": not gold.get("status") or predicted.status in gold["status"],
    }


def qualifies(predicted: Predicted, gold: dict[str, Any], agrees: dict[str, bool]) -> bool:
    if not agrees["system"]:
        return False
    if predicted.buyer and gold.get("buyer"):
        return agrees["buyer"]
    return bool(predicted.seller and gold.get("seller")) and agrees["seller"]


def pairs(predicted: Sequence[Predicted], gold: Sequence[dict[str, Any]]) -> list[tuple[int, int, dict[str, bool]]]:
    """Matched (predicted, gold, agreement), one to one, best first."""
    weights = {"buyer": 4, "quantity": 3, "year": 2, "seller": 1, "status": 1}
    ranked = []
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            agrees = agreement(ours, theirs)
            if qualifies(ours, theirs, agrees):
                exact = plain(ours.system)[0] == plain(theirs["system"][0])[0]
                ranked.append((-sum(w for name, w in weights.items() if agrees[name]) - exact, i, j, agrees))
    ranked.sort(key=lambda r: r[:3])
    used_i: set[int] = set()
    used_j: set[int] = set()
    matched = []
    for _, i, j, agrees in ranked:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            matched.append((i, j, agrees))
    return matched


def uncounted(gold: dict[str, Any]) -> bool:
    return bool(gold.get("optional") or gold.get("domestic"))


def score(golds: dict[str, list[dict[str, Any]]], predictions: dict[str, list[Predicted]]) -> Tally:
    """Counts over all gold articles."""
    tally = Tally()
    n = tally.counts
    for article, gold in golds.items():
        predicted = predictions.get(article, [])
        matched = pairs(predicted, gold)
        for i, j, agrees in matched:
            rule = tally.rules[predicted[i].rule]
            if uncounted(gold[j]):
                n["ignored"] += 1
                continue
            n.update(("predicted", "gold", "found"))
            n.update(f"right {name}" for name in FIELDS if agrees[name])
            status = (gold[j].get("status") or ["none"])[0]
            n[f"gold status {status}"] += 1
            n[f"right status {status}"] += agrees["status"]
            if any(q is not None for q in gold[j].get("quantity", ())):
                n["gold number"] += 1
                n["right number"] += agrees["quantity"]
            years = [y for y in gold[j].get("year", ()) if y is not None]
            if years and gold[j].get("published") not in years:
                n["gold other year"] += 1
                n["right other year"] += agrees["year"]
            exact = all(agrees[name] for name in TUPLE)
            n["tuple"] += exact
            if exact:
                tally.right.add((article, j))
            rule.update(("fired", "right" if exact else "wrong"))
        taken = {i for i, _, _ in matched}
        for i, ours in enumerate(predicted):
            if i in taken:
                continue
            again = [g for g in gold if qualifies(ours, g, agreement(ours, g))]
            if again and all(uncounted(g) for g in again):
                n["ignored"] += 1
                continue
            n.update(("predicted", "repeated" if again else "spurious"))
            n["spurious in negatives"] += not gold
            tally.rules[ours.rule].update(("fired", "wrong"))
        found = {j for _, j, _ in matched}
        missed = sum(j not in found and not uncounted(g) for j, g in enumerate(gold))
        n["gold"] += missed
        n["missed"] += missed
        n["articles"] += 1
        n["negatives"] += not gold
    return tally


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def figures(tally: Tally) -> dict[str, Any]:
    """Precision, recall and F1 of `tuple` and `found`, shares of right fields, and the counts."""
    n = tally.counts
    result: dict[str, Any] = {}
    for name in ("tuple", "found"):
        p, r = ratio(n[name], n["predicted"]), ratio(n[name], n["gold"])
        result[name] = {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}
    result["fields"] = {name: ratio(n[f"right {name}"], n["found"]) for name in FIELDS}
    result["stated number"] = [n["right number"], n["gold number"]]
    result["other year"] = [n["right other year"], n["gold other year"]]
    result["status"] = {s: [n[f"right status {s}"], n[f"gold status {s}"]] for s in STATUSES}
    names = (
        "gold",
        "predicted",
        "found",
        "tuple",
        "missed",
        "spurious",
        "repeated",
        "ignored",
        "spurious in negatives",
        "articles",
        "negatives",
    )
    result["counts"] = {name: n[name] for name in names}
    result["rules"] = {rule: dict(counts) for rule, counts in sorted(tally.rules.items())}
    return result


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Gold articles by id; the year of publication is copied into each record."""
    found = {}
    for line in path.read_bytes().splitlines():
        if line.strip():
            article = orjson.loads(line)
            published = article.get("published")
            for record in article["records"]:
                record["published"] = int(published[:4]) if published else None
            found[str(article["id"])] = article
    return found


def predict(articles: Iterable[Article]) -> dict[str, list[Predicted]]:
    """The extractor's records by article."""
    found = {}
    for article in articles:
        found[article.id] = [
            Predicted(
                r.buyer_iso3 or r.buyer, r.seller_iso3 or r.seller, r.system, r.weapon_type, r.quantity, r.year, r.status, r.rule
            )
            for r in analyse(article).records
        ]
    return found


def read_records(path: Path) -> dict[str, list[Predicted]]:
    """The records of an earlier run, CSV or JSONL, by article."""
    if path.suffix == ".jsonl":
        rows = [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    else:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
    found: dict[str, list[Predicted]] = defaultdict(list)

    def whole(value: Any) -> int | None:
        return None if value in (None, "") else int(float(value))

    for r in rows:
        buyer, seller = r.get("buyer_iso3") or r.get("buyer") or "", r.get("seller_iso3") or r.get("seller") or ""
        quantity, year = whole(r.get("quantity")), whole(r.get("year"))
        found[str(r["article_id"])].append(
            Predicted(
                buyer,
                seller,
                r.get("system") or "",
                r.get("weapon_type") or "",
                quantity,
                year,
                r.get("status") or "",
                r.get("rule") or "",
            )
        )
    return found


def main(gold: Path, articles: Path, against: Path | None = None, as_json: bool = False) -> int:
    """Prints the figures of all articles and of each part; with `against`, what an earlier run's records had right and lost."""
    golds = read_gold(gold)
    inputs = [a for a in read_inputs([articles]) if isinstance(a, Article)]
    predictions = predict(inputs)
    parts = {"all": golds}
    for name in sorted({g["part"] for g in golds.values() if g.get("part")}):
        parts[name] = {k: g for k, g in golds.items() if g.get("part") == name}
    results = {}
    for name, part in parts.items():
        tally = score({k: g["records"] for k, g in part.items()}, predictions)
        results[name] = figures(tally)
        if against is not None:
            before = score({k: g["records"] for k, g in part.items()}, read_records(against))
            results[name]["gains"] = len(tally.right - before.right)
            results[name]["losses"] = len(before.right - tally.right)
            results[name]["gained and lost in"] = sorted({a for a, _ in tally.right ^ before.right})
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(results, option=orjson.OPT_INDENT_2) + b"\n")
        return 0
    for name, result in results.items():
        print_figures(name, result)
    return 0


def print_figures(name: str, result: dict[str, Any]) -> None:
    print(f"--- {name}: {result['counts']['articles']} articles, {result['counts']['negatives']} without a record")
    for key in ("tuple", "found"):
        print(f"{key:6} precision {result[key]['precision']:.3f}  recall {result[key]['recall']:.3f}  f1 {result[key]['f1']:.3f}")
    print("fields on found  " + "  ".join(f"{k} {v:.3f}" for k, v in result["fields"].items()))
    print(
        f"right of found   stated number {result['stated number'][0]}/{result['stated number'][1]}  other year {result['other year'][0]}/{result['other year'][1]}"
    )
    print("status of found  " + "  ".join(f"{k} {a}/{b}" for k, (a, b) in result["status"].items()))
    print("counts           " + "  ".join(f"{k} {v}" for k, v in result["counts"].items()))
    worst = sorted(((c.get("wrong", 0), rule, c) for rule, c in result["rules"].items()), key=lambda r: (-r[0], r[1]))[:12]
    print(
        "rules (fired/right/wrong)  "
        + "  ".join(f"{rule} {c.get('fired', 0)}/{c.get('right', 0)}/{c.get('wrong', 0)}" for _, rule, c in worst)
    )
    if "gains" in result:
        print(
            f"against the earlier run: {result['gains']} gained, {result['losses']} lost, in {', '.join(result['gained and lost in']) or 'no article'}"
        )
