"""One-line readings: what a chart shows, in words, with what it leaves out. Pure: small tables in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from dashboard import figures
from dashboard.aggregate import OTHERS, Grid
from dashboard.data import NO_YEAR, UNKNOWN
from dashboard.figures import plural


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def share(table: pd.DataFrame, count: int) -> str:
    return f"{count:,} of {int(table['count'].sum()):,}"


def leader(table: pd.DataFrame, word: str) -> str:
    """Who has the most; nothing where nobody is known. `word` is what is counted."""
    known = table[table["key"] != UNKNOWN]
    if not len(known):
        return ""
    most = int(known["count"].iloc[0])
    names = known.loc[known["count"] == most, "name"].tolist()
    if len(known) == 1:
        return f"{names[0]}: {share(table, most)}."
    if len(names) == 1:
        return f"{names[0]} leads with {share(table, most)}."
    rest = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{names[0]} and {rest} lead with {plural(most, word)} each."


def of_map(table: pd.DataFrame, side: str, word: str) -> str:
    off = int(table.loc[~figures.mapped(table["key"]), "count"].sum())
    rest = f"Not on the map: {plural(off, word)} whose {side} is unknown, or no state of today." if off else ""
    return sentences(leader(table, word), rest)


def of_ranking(table: pd.DataFrame, side: str, word: str, top: int) -> str:
    unknown = int(table.loc[table["key"] == UNKNOWN, "count"].sum())
    rest = table["count"].iloc[top:]
    return sentences(
        leader(table, word),
        f"{plural(unknown, word)} without a named {side}." if unknown else "",
        f"{plural(len(rest), side)} with {plural(int(rest.sum()), word)} are not drawn." if len(rest) else "",
    )


def of_years(years: np.ndarray, word: str) -> str:
    """`years` are those of the rows in view."""
    known = years[years != NO_YEAR]
    unknown = len(years) - len(known)
    if not len(known):
        return f"No {word} in view has a year."
    first, last = int(known.min()), int(known.max())
    counts = np.bincount(known - first)
    most = int(counts.max())
    best = [first + int(place) for place in np.flatnonzero(counts == most)]
    span = f"Year {first}: {plural(most, word)}." if first == last else f"From {first} to {last}"
    if first != last:
        span += f"; most in {best[0]}, {plural(most, word)}." if len(best) == 1 else f"; at most {plural(most, word)} in a year."
    apart = f"{plural(unknown, word)} without a year stand{'s' if unknown == 1 else ''} apart at the right." if unknown else ""
    return sentences(span, apart)


def of_flows(cells: Sequence[tuple[str, str, int]], names: Mapping[str, str], word: str, *, at: int, undated: int) -> str:
    """`cells` are seller, buyer and count, most first; `at` is the one year that is drawn, and `undated` rows have none."""
    count = sum(n for _, _, n in cells)
    if at and not count:
        return f"No {word} of {at} is in view."
    whole = [cell for cell in cells if OTHERS not in cell[:2] and UNKNOWN not in cell[:2]]
    grouped = OTHERS in {key for cell in cells for key in cell[:2]}
    return sentences(
        f"{plural(count, word)}{f' of {at}' if at else ''}.",
        f"Between those named, the largest flow is from {names[whole[0][0]]} to {names[whole[0][1]]} ({whole[0][2]:,})."
        if whole
        else "",
        "Smaller sellers and buyers are taken together as others." if grouped else "",
        f"{plural(undated, word)} without a year {'is' if undated == 1 else 'are'} in no year." if at and undated else "",
    )


def of_partners(grid: Grid, names: Sequence[str], side: str, word: str) -> str:
    """Of a heatmap of buyers or sellers and years."""
    counts = grid.counts
    if not counts.size:
        return f"No {word} is in view."
    i, j = divmod(int(counts.argmax()), counts.shape[1])
    most, year = int(counts[i, j]), grid.across[j]
    return sentences(
        f"Darkest: {names[i]}, {'without a year' if year == UNKNOWN else year}, with {plural(most, word)}.",
        f"Smaller {side}s are taken together as others." if OTHERS in grid.down else "",
    )
