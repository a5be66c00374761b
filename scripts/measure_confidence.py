"""Measures how far records can be trusted, and writes the table that fills `confidence`.

    python scripts/measure_confidence.py [--write] [--check GOLD.jsonl ARTICLES.jsonl]... GOLD.jsonl ARTICLES.jsonl ...

Every pair of files is a set of articles and their known records, as for `python -m extractors evaluate`. A record counts as right
if its buyer, system, quantity and year are; records that the gold marks optional or domestic count neither way.

1. Each signal of `extractors/records/confidence.py` gets points by logistic regression, held near zero (ridge), where an article of
   many records weighs less per record. Points are rounded to two decimals.
2. The sums of points are cut into bins of equal size, and bins whose shares do not rise are joined. The sums are out of fold: the
   points that rate an article were fitted without it.
3. The printed figures are out of fold once more: points and bins that rate an article were both made without it. An article of
   `--check` that is not among the fitted ones is rated by the final table. Only totals are printed.

With `--write`, `data/rules/confidence.csv` and `docs/confidence.md` are made anew.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors import Article  # noqa: E402
from extractors.evaluate.files import read_gold  # noqa: E402
from extractors.evaluate.match import TUPLE, Predicted, agreement, pairs, qualifies, uncounted  # noqa: E402
from extractors.ingest.read import read_inputs  # noqa: E402
from extractors.pipeline import analyse  # noqa: E402
from extractors.records.confidence import BIN_RECORDS, SIGNALS, key, scale_of, share, signals  # noqa: E402
from extractors.records.merge import clusters  # noqa: E402
from extractors.tables import ConfidenceRow  # noqa: E402

TABLE = ROOT / "data" / "rules" / "confidence.csv"
PAGE = ROOT / "docs" / "confidence.md"
FOLDS = 10
RIDGE = 4.0
BINS = 10
HIGH = 0.9
# The lowest bin takes whatever is below the others.
LOWEST = -100.0


@dataclass(frozen=True)
class Case:
    """One extracted record of a read article: its signals, and whether it is right."""

    article: str
    part: str
    found: dict[str, str]
    right: bool
    weight: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="GOLD ARTICLES")
    parser.add_argument("--check", nargs=2, type=Path, action="append", default=[], metavar=("GOLD", "ARTICLES"))
    parser.add_argument("--write", action="store_true", help="write the table and the page")
    args = parser.parse_args()
    if len(args.files) % 2:
        parser.error("files come in pairs: GOLD ARTICLES")
    cases = [c for gold, articles in zip(args.files[::2], args.files[1::2], strict=True) for c in read(gold, articles)]
    if len(cases) < 3 * BIN_RECORDS:
        parser.error(f"{len(cases)} records are too few to measure shares; give more articles")
    table = learn(cases)
    held_out = out_of_fold(cases, lambda fitted, rest: rate(learn(fitted), rest))
    sections = [("fitted articles, out of fold", list(zip(held_out, (c.right for c in cases), strict=True)))]
    known = {(c.article, tuple(c.found.items())): p for c, p in zip(cases, held_out, strict=True)}
    fitted = {c.article for c in cases}
    for gold, articles in args.check:
        parts: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        for case in read(gold, articles):
            how = "out of fold" if case.article in fitted else "not fitted"
            confidence = known.get((case.article, tuple(case.found.items())), rate(table, [case])[0])
            parts["all"].append((confidence, case.right))
            if case.part:
                parts[f"{case.part}, {how}"].append((confidence, case.right))
        sections += [(f"check set, {name}", rated) for name, rated in sorted(parts.items())]
    text = page(table, sections, len(fitted))
    print(text[text.index("## Figures") :])
    if args.write:
        TABLE.write_text(as_csv(table), encoding="utf-8")
        PAGE.write_text(text, encoding="utf-8")
    return 0


def read(gold: Path, articles: Path) -> list[Case]:
    """The cases of all articles that have a gold."""
    golds = read_gold(gold)
    cases = []
    for article in read_inputs([articles]):
        if not isinstance(article, Article) or article.id not in golds:
            continue
        analysis = analyse(article)
        made = analysis.records
        predicted = [
            Predicted(r.buyer_iso3 or r.buyer, r.seller_iso3 or r.seller, r.system, r.weapon_type, r.quantity, r.year, r.status)
            for r in made
        ]
        verdicts = judged(predicted, golds[article.id]["records"])
        for record, deal, right in zip(made, clusters(analysis.claims), verdicts, strict=True):
            if right is not None:
                found = signals(record, deal, made, analysis.readings)
                cases.append(Case(article.id, golds[article.id].get("part") or "", found, right, 1 / math.sqrt(len(made))))
    return cases


def judged(predicted: Sequence[Predicted], gold: Sequence[dict]) -> list[bool | None]:
    """Whether each record is right; `None` for one that counts neither way."""
    verdicts: list[bool | None] = []
    matched = {i: (j, agrees) for i, j, agrees in pairs(predicted, gold)}
    for i, one in enumerate(predicted):
        if i in matched:
            j, agrees = matched[i]
            verdicts.append(None if uncounted(gold[j]) else all(agrees[name] for name in TUPLE))
        else:
            again = [g for g in gold if qualifies(one, g, agreement(one, g))]
            verdicts.append(None if again and all(uncounted(g) for g in again) else False)
    return verdicts


def learn(cases: Sequence[Case]) -> list[ConfidenceRow]:
    """The table that the cases give."""
    rows = points_of(cases)
    totals = out_of_fold(cases, lambda fitted, rest: totals_of(points_of(fitted), rest))
    return rows + bins_of(totals, [c.right for c in cases])


def points_of(cases: Sequence[Case]) -> list[ConfidenceRow]:
    """The base and every signal level with its points. The commonest level of a signal has none."""
    counts = Counter((s, level) for c in cases for s, level in c.found.items())
    rights = Counter((s, level) for c in cases if c.right for s, level in c.found.items())
    columns = []
    for signal, levels in SIGNALS.items():
        commonest = max(levels, key=lambda level: counts[signal, level])
        columns += [(signal, level) for level in levels if level != commonest and counts[signal, level]]
    x = np.array([[1.0, *(c.found[s] == level for s, level in columns)] for c in cases])
    y = np.array([float(c.right) for c in cases])
    fitted = regression(x, y, np.array([c.weight for c in cases]))
    weights = {column: round(float(w), 2) for column, w in zip(columns, fitted[1:], strict=True)}
    right = sum(c.right for c in cases)
    rows = [ConfidenceRow("base", "", round(float(fitted[0]), 2), len(cases), right, share(right, len(cases)))]
    for pair in ((s, level) for s, levels in SIGNALS.items() for level in levels):
        n, k = counts[pair], rights[pair]
        rows.append(ConfidenceRow("signal", key(*pair), weights.get(pair, 0.0), n, k, share(k, n)))
    return rows


def regression(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression with a ridge on all but the first column, by Newton's method."""
    w = np.zeros(x.shape[1])
    ridge = np.diag([1e-6] + [RIDGE] * (x.shape[1] - 1))
    for _ in range(15):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        w = w + np.linalg.solve(hessian, x.T @ (weight * (y - p)) - ridge @ w)
    return w


def totals_of(rows: Iterable[ConfidenceRow], cases: Iterable[Case]) -> list[float]:
    scale = scale_of(rows)
    return [scale.total(c.found) for c in cases]


def rate(rows: Iterable[ConfidenceRow], cases: Iterable[Case]) -> list[float]:
    scale = scale_of(rows)
    return [scale.confidence(c.found) for c in cases]


def bins_of(totals: Sequence[float], rights: Sequence[bool]) -> list[ConfidenceRow]:
    """Bins of equal size over the sums of points, joined until their shares rise."""
    ranked = sorted(zip(totals, rights, strict=True))
    size = max(BIN_RECORDS, math.ceil(len(ranked) / BINS))
    bins: list[list[float]] = []  # where it begins, records, right
    last = -math.inf
    for total, right in ranked:
        if not bins or (bins[-1][1] >= size and total > last):
            bins.append([total, 0, 0])
        bins[-1][1] += 1
        bins[-1][2] += right
        last = total
    if len(bins) > 1 and bins[-1][1] < BIN_RECORDS:
        join(bins, len(bins) - 2)
    i = 0
    while i < len(bins) - 1:
        if share(int(bins[i][2]), int(bins[i][1])) >= share(int(bins[i + 1][2]), int(bins[i + 1][1])):
            join(bins, i)
            i = max(0, i - 1)
        else:
            i += 1
    bins[0][0] = LOWEST
    return [ConfidenceRow("bin", "", start, int(n), int(k), share(int(k), int(n))) for start, n, k in bins]


def join(bins: list[list[float]], at: int) -> None:
    """Makes one bin of the bin at `at` and the next."""
    start, n, k = bins[at]
    bins[at : at + 2] = [[start, n + bins[at + 1][1], k + bins[at + 1][2]]]


def out_of_fold(cases: Sequence[Case], rated: Callable[[Sequence[Case], Sequence[Case]], list[float]]) -> list[float]:
    """A number for each case, by what is learnt from the articles of the other folds."""
    folds = [int(hashlib.sha256(c.article.encode()).hexdigest(), 16) % FOLDS for c in cases]
    result = [0.0] * len(cases)
    for fold in sorted(set(folds)):
        inside = [i for i, f in enumerate(folds) if f == fold]
        fitted = [c for c, f in zip(cases, folds, strict=True) if f != fold]
        for i, number in zip(inside, rated(fitted, [cases[i] for i in inside]), strict=True):
            result[i] = number
    return result


def tenths(rated: Iterable[tuple[float, bool]]) -> list[tuple[int, int, float, float]]:
    """Per tenth of confidence that holds a record: its number, records, mean confidence, share right."""
    inside: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in rated:
        inside[min(9, int(confidence * 10 + 1e-9))].append((confidence, right))
    return [
        (tenth, len(some), sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some))
        for tenth, some in sorted(inside.items())
    ]


def expected_error(rated: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins."""
    return sum(n * abs(mean - right) for _, n, mean, right in tenths(rated)) / len(rated)


def as_csv(rows: Iterable[ConfidenceRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kind", "signal", "points", "records", "right", "confidence"))
    for r in rows:
        writer.writerow((r.kind, r.signal, f"{r.points:.2f}", r.records, r.right, f"{r.confidence:.2f}"))
    return out.getvalue()


def page(rows: Sequence[ConfidenceRow], sections: Sequence[tuple[str, list[tuple[float, bool]]]], articles: int) -> str:
    """The text of docs/confidence.md."""
    base = rows[0]
    lines = [
        "# Confidence",
        "",
        "`confidence` of a record is a measured share: of the records with the same signals, so many had buyer, system, quantity and year",
        f"all right. It was measured on {base.records} records in {articles} real articles that a reader had annotated; {base.right} of these records were right.",
        "Made by `scripts/measure_confidence.py --write`, which also explains the method; the numbers are in `data/rules/confidence.csv`.",
        "",
        "Each signal adds its points to the base, and the sum falls into a bin. A bin's share was measured with points that were fitted",
        "without the article in question, and is rounded down. The articles served to improve the extractor too, so on articles from other",
        "sources, fewer records are right than the confidence says; the figures below show by how much where a check set is listed.",
        "",
        "## Points",
        "",
        "| signal | points | records | share right |",
        "|---|---:|---:|---:|",
        f"| base | {base.points:+.2f} | {base.records} | {base.confidence:.2f} |",
        *(f"| {r.signal} | {r.points:+.2f} | {r.records} | {r.confidence:.2f} |" for r in rows if r.kind == "signal"),
        "",
        "## Bins",
        "",
        "| sum of points from | records | right | confidence |",
        "|---:|---:|---:|---:|",
        *(
            f"| {'the lowest' if r.points == LOWEST else f'{r.points:+.2f}'} | {r.records} | {r.right} | {r.confidence:.2f} |"
            for r in rows
            if r.kind == "bin"
        ),
        "",
        "## Figures",
        "",
        f"| records of | records | share right | mean confidence | share with {HIGH} or more | of these right | calibration error |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, rated in sections:
        high = [right for confidence, right in rated if confidence >= HIGH]
        lines.append(
            f"| {name} | {len(rated)} | {sum(r for _, r in rated) / len(rated):.3f} | {sum(c for c, _ in rated) / len(rated):.3f} "
            f"| {len(high) / len(rated):.3f} | {f'{sum(high) / len(high):.3f}' if high else 'none'} | {expected_error(rated):.3f} |"
        )
    lines += [
        "",
        "Calibration error is the expected error over ten bins of confidence: the mean of |confidence - share right|, by records.",
    ]
    for name, rated in sections:
        lines += [
            "",
            f"### Reliability: {name}",
            "",
            "| confidence | records | mean confidence | share right |",
            "|---|---:|---:|---:|",
        ]
        lines += [
            f"| {t / 10:.1f} to {(t + 1) / 10:.1f} | {n} | {mean:.2f} | {right:.2f} |" for t, n, mean, right in tenths(rated)
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
