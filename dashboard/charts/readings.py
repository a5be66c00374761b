"""One-line readings: what a chart shows, in words, with what it leaves out. Pure: small tables in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import figures
from dashboard.aggregate import OTHERS, Grid, Ranking
from dashboard.data import UNKNOWN
from dashboard.figures import plural


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def leader(ranking: Ranking, word: str) -> str:
    """Who has the most; nothing where nobody is known. `word` is what is counted."""
    known = [(name, n) for key, name, n in zip(ranking.keys, ranking.names, ranking.counts, strict=True) if key != UNKNOWN]
    if not known:
        return ""
    first, most = known[0]
    names = [name for name, n in known if n == most]
    share = f"{most:,} of {ranking.total:,}"
    if len(known) == 1:
        return f"{first}: {share}."
    if len(names) == 1:
        return f"{first} leads with {share}."
    rest = names[1] if len(names) == 2 else f"{len(names) - 1} others"
    return f"{first} and {rest} lead with {plural(most, word)} each."


def of_map(ranking: Ranking, side: str, word: str) -> str:
    off = ranking.total - figures.mapped(ranking).total
    rest = f"Not on the map: {plural(off, word)} whose {side} is unknown, or no state of today." if off else ""
    return sentences(leader(ranking, word), rest)


def of_ranking(ranking: Ranking, side: str, word: str, top: int) -> str:
    unknown, rest = ranking.count(UNKNOWN), len(ranking) - top
    undrawn = ranking.total - ranking.top(top).total
    return sentences(
        leader(ranking, word),
        f"{plural(unknown, word)} without a named {side}." if unknown else "",
        f"{plural(rest, side)} with {plural(undrawn, word)} are not drawn." if rest > 0 else "",
    )


def of_years(grid: Grid, word: str) -> str:
    """`grid` has years across, without gaps, the unknown one last."""
    counts = dict(zip(grid.across, grid.counts.sum(axis=0).tolist(), strict=True))
    unknown = counts.pop(UNKNOWN, 0)
    if not counts:
        return f"No {word} in view has a year."
    first, last, most = next(iter(counts)), next(reversed(counts)), max(counts.values())
    best = [year for year, n in counts.items() if n == most]
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
