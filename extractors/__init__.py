"""Arms-transfer articles in, records out: the public verbs of the extractors.

Everything that other packages may use is named here; nothing else is promised.
"""

from extractors.explain import Trace, explain
from extractors.ingest.language import is_english
from extractors.model import COLUMNS, DEAL_TYPES, STATUSES, WEAPON_TYPES, Article, Column, Event, Record, Span
from extractors.pipeline import analyse
from extractors.records.register import Register, RegisterError, default_register_path, open_register


def extract(article: Article) -> list[Record]:
    """The arms transfers that an article claims, in text order; none for an article that is not in English."""
    if not is_english(article.text):
        return []
    return list(analyse(article).records)


__all__ = [
    "COLUMNS",
    "DEAL_TYPES",
    "STATUSES",
    "WEAPON_TYPES",
    "Article",
    "Column",
    "Event",
    "Record",
    "Register",
    "RegisterError",
    "Span",
    "Trace",
    "default_register_path",
    "explain",
    "extract",
    "is_english",
    "open_register",
]
