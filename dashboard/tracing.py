"""How an article is read by the rules of this program, computed when somebody asks and kept for a while."""

from __future__ import annotations

import functools
from typing import Any

import extractors
from extractors import Article, is_english

# Up to so many characters a text is read at once, in some tenths of a second; a longer one when its reader asks for it.
AT_ONCE = 20_000
# A longer one still would keep the server busy for a minute: the command line reads it.
MOST = 500_000
KEPT = 8


@functools.lru_cache(maxsize=KEPT)
def traced(article: Article) -> dict[str, Any]:
    """The trace of `extractors.explain` as plain values, not to be changed; of a text that is not read, its `gate` says why not."""
    if len(article.text) > MOST:
        return closed(f"the text has more than {MOST:,} characters; python -m extractors explain FILE reads it")
    if not is_english(article.text):
        return closed("the text is not in English")
    return extractors.explain(article).to_json()


def closed(why: str) -> dict[str, Any]:
    return {"gate": why, "mentions": [], "sentences": [], "records": []}
