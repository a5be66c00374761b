"""The files of an evaluation: gold, articles, and the records of an earlier run."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from extractors.evaluate.match import Predicted
from extractors.ingest.language import is_english
from extractors.ingest.read import Failure, read_inputs
from extractors.model import Article
from extractors.pipeline import analyse


class EvaluationError(ValueError):
    """A file that cannot be evaluated, in words for its user."""


@dataclass(frozen=True, slots=True)
class Set:
    """A set of articles with gold, the records that the extractor makes of them, and what identifies the set."""

    name: str
    sha256: str
    golds: dict[str, dict[str, Any]]
    sources: dict[str, str]
    predictions: dict[str, list[Predicted]]
    problems: tuple[str, ...] = ()

    def parts(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The gold articles of the whole set and of each part that its gold marks."""
        found = {"all": self.golds}
        for part in sorted({g["part"] for g in self.golds.values() if g.get("part")}, reverse=True):
            found[part] = {k: g for k, g in self.golds.items() if g.get("part") == part}
        return found


def lines(path: Path) -> list[Any]:
    try:
        return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    except orjson.JSONDecodeError as error:
        raise EvaluationError(f"{path}: not JSON Lines ({error})") from None


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Gold articles by id; the year of publication is copied into each record."""
    found = {}
    for article in lines(path):
        try:
            published = article.get("published")
            for record in article["records"]:
                if not record["system"]:
                    raise EvaluationError(f"{path}: a record of {article['id']} names no system")
                record["published"] = int(published[:4]) if published else None
            found[str(article["id"])] = article
        except (KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(f"{path}: a line is no gold article ({error!r} is missing or wrong)") from None
    return found


def predict(articles: Iterable[Article]) -> dict[str, list[Predicted]]:
    """The extractor's records by article; none for an article that is not in English."""
    found = {}
    for article in articles:
        records = analyse(article).records if is_english(article.text) else ()
        found[article.id] = [
            Predicted(
                r.buyer_iso3 or r.buyer, r.seller_iso3 or r.seller, r.system, r.weapon_type, r.quantity, r.year, r.status, r.rule
            )
            for r in records
        ]
    return found


def read_records(path: Path) -> dict[str, list[Predicted]]:
    """The records of an earlier run, CSV or JSONL, by article."""
    if path.suffix == ".jsonl":
        rows = lines(path)
    else:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
    found: dict[str, list[Predicted]] = defaultdict(list)
    for r in rows:
        if "article_id" not in r:
            raise EvaluationError(f"{path}: has no article_id; give a file that `extract -o` wrote")
        buyer, seller = r.get("buyer_iso3") or r.get("buyer") or "", r.get("seller_iso3") or r.get("seller") or ""
        system, kind = r.get("system") or "", r.get("weapon_type") or ""
        quantity, year = whole(r.get("quantity")), whole(r.get("year"))
        found[str(r["article_id"])].append(
            Predicted(buyer, seller, system, kind, quantity, year, r.get("status") or "", r.get("rule") or "")
        )
    return found


def whole(value: Any) -> int | None:
    return None if value in (None, "") else int(float(value))


def files_of(folder: Path) -> tuple[Path, Path]:
    """The gold and the articles of a folder: gold.jsonl and articles.jsonl, or NAME.gold.jsonl and NAME.jsonl."""
    if (folder / "gold.jsonl").is_file() and (folder / "articles.jsonl").is_file():
        return folder / "gold.jsonl", folder / "articles.jsonl"
    found = sorted(p for p in folder.glob("*.gold.jsonl") if p.with_name(p.name.replace(".gold.", ".")).is_file())
    if len(found) != 1:
        raise EvaluationError(f"{folder}: needs gold.jsonl and articles.jsonl, or one NAME.gold.jsonl and NAME.jsonl")
    return found[0], found[0].with_name(found[0].name.replace(".gold.", "."))


def load(gold: Path, articles: Path) -> Set:
    """Reads a set and runs the extractor over its articles."""
    golds = read_gold(gold)
    inputs = list(read_inputs([articles]))
    read = [a for a in inputs if isinstance(a, Article)]
    problems = [str(f) for f in inputs if isinstance(f, Failure) and not f.warning]
    lost = len(golds.keys() - {a.id for a in read})
    if lost:
        problems.append(f"{articles}: {lost} of the gold's {len(golds)} articles are not in it; their records count as missed")
    name = gold.name.removesuffix(".jsonl").removesuffix(".gold").replace("gold", "") or gold.resolve().parent.name
    sources = {a.id: a.source or "none" for a in read}
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    return Set(name, digest, golds, sources, predict(a for a in read if a.id in golds), tuple(problems))
