"""Which articles and sources stand behind the rows of a view, counted once each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.data import UNKNOWN, Data

BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Behind:
    """The articles of a view, those with the most rows first: `layers[k][i]` is the place of the `k`-th row that article `i` stands
    behind, and `sources[i]` the code of its source. Layers get shorter, as few articles have many rows."""

    layers: tuple[np.ndarray, ...]
    sources: np.ndarray


def seen(data: Data, rows: np.ndarray) -> tuple[int, int]:
    """How many articles, and how many named sources, stand behind the rows."""
    behind: Behind = data.made("articles behind", lambda: behind_of(data))
    found = np.zeros(len(behind.sources), dtype=bool)
    for layer in behind.layers:
        found[: len(layer)] |= rows[layer]
    facet = (data.claims or data).facets["source"]
    named = np.zeros(len(facet.keys), dtype=bool)
    for start in range(0, len(found), BLOCK):
        if named.all():
            break
        named[behind.sources[start : start + BLOCK].compress(found[start : start + BLOCK])] = True
    unknown = facet.index.get(UNKNOWN)
    return int(np.count_nonzero(found)), int(np.count_nonzero(named)) - int(unknown is not None and named[unknown])


def behind_of(data: Data) -> Behind:
    """The articles behind every row of a view; an article has one source."""
    claims = data.claims or data
    home = np.arange(len(data)) if data.home is None else data.home
    articles, wide = claims.coded("article_id").codes, max(1, len(data))
    pairs = np.unique(articles.astype(np.int64) * wide + home)
    _, first, sizes = np.unique(pairs // wide, return_index=True, return_counts=True)
    place = np.empty(len(sizes), dtype=np.int64)
    place[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    rank = np.arange(len(pairs)) - np.repeat(first, sizes)
    order = np.lexsort((np.repeat(place, sizes), rank))
    layers = np.split(pairs[order] % wide, np.cumsum(np.bincount(rank))[:-1]) if len(pairs) else []
    sources = np.zeros(len(sizes), dtype=np.intp)
    held, one = np.unique(articles, return_index=True)
    sources[place] = claims.facets["source"].codes[one]
    return Behind(tuple(layers), sources)
