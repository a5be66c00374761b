"""Arms-transfer articles in, records out: the public verbs of the extractors.

Everything that other packages may use is named here; nothing else is promised.
"""

from extractors.explain import Trace, explain
from extractors.ingest.language import is_english
from extractors.ingest.published import parse_published
from extractors.ingest.read import Failure, read_bytes
from extractors.model import (
    COLUMNS,
    DEAL_COLUMNS,
    DEAL_TYPES,
    REVIEW_COLUMNS,
    STATUSES,
    WEAPON_TYPES,
    Article,
    Column,
    Event,
    Record,
    Span,
)
from extractors.pipeline import analyse
from extractors.records.corrections import CORRECTABLE, shown, value_of
from extractors.records.export import to_row
from extractors.records.joined import Joined, join
from extractors.records.judged import Judged, judge
from extractors.records.register import (
    Place,
    Register,
    RegisterError,
    State,
    Unstorable,
    default_register,
    open_register,
    place_of,
)
from extractors.records.reviews import Review, ReviewError
from extractors.reference import (
    COMPARED,
    OUTCOMES,
    SIPRI,
    TERMS,
    Comparison,
    Reference,
    ReferenceFileError,
    compare,
    parse_reference,
)
from extractors.tables import rules_version


def extract(article: Article) -> list[Record]:
    """The arms transfers that an article claims, in text order; none for an article that is not in English."""
    if not is_english(article.text):
        return []
    return list(analyse(article).records)


__all__ = [
    "COLUMNS",
    "COMPARED",
    "CORRECTABLE",
    "DEAL_COLUMNS",
    "DEAL_TYPES",
    "OUTCOMES",
    "REVIEW_COLUMNS",
    "SIPRI",
    "STATUSES",
    "TERMS",
    "WEAPON_TYPES",
    "Article",
    "Column",
    "Comparison",
    "Event",
    "Failure",
    "Joined",
    "Judged",
    "Place",
    "Record",
    "Reference",
    "ReferenceFileError",
    "Register",
    "RegisterError",
    "Review",
    "ReviewError",
    "Span",
    "State",
    "Trace",
    "Unstorable",
    "compare",
    "default_register",
    "explain",
    "extract",
    "is_english",
    "join",
    "judge",
    "open_register",
    "parse_published",
    "parse_reference",
    "place_of",
    "read_bytes",
    "rules_version",
    "shown",
    "to_row",
    "value_of",
]
