"""Arms-transfer articles in, records out: the public verbs of the extractors.

Everything that other packages may use is named here; nothing else is promised.
"""

from extractors.explain import Trace, explain
from extractors.groups import Membership, alliance_names, alliances, region_names, regions
from extractors.ingest.language import is_english
from extractors.ingest.published import parse_published
from extractors.ingest.read import Failure, read_bytes
from extractors.model import (
    COLUMNS,
    DEAL_COLUMNS,
    DEAL_TYPES,
    REVIEW_COLUMNS,
    SIPRI_CATEGORIES,
    STATUSES,
    UNROCA_CATEGORIES,
    WEAPON_TYPES,
    Article,
    Column,
    Event,
    Record,
    Span,
)
from extractors.pipeline import analyse
from extractors.records.corrections import CORRECTABLE, shown, value_of
from extractors.records.deal_claims import lines as families
from extractors.records.export import frame_of, to_row
from extractors.records.joined import Joined, join
from extractors.records.judged import Judged, judge, judged_rows
from extractors.records.register import (
    Place,
    Register,
    RegisterError,
    Snapshot,
    State,
    Unstorable,
    default_register,
    open_register,
    place_of,
)
from extractors.records.reviews import Review, ReviewError
from extractors.records.store.standing import Patch
from extractors.records.store.together import Together
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
    "SIPRI_CATEGORIES",
    "STATUSES",
    "TERMS",
    "UNROCA_CATEGORIES",
    "WEAPON_TYPES",
    "Article",
    "Column",
    "Comparison",
    "Event",
    "Failure",
    "Joined",
    "Judged",
    "Membership",
    "Patch",
    "Place",
    "Record",
    "Reference",
    "ReferenceFileError",
    "Register",
    "RegisterError",
    "Review",
    "ReviewError",
    "Snapshot",
    "Span",
    "State",
    "Together",
    "Trace",
    "Unstorable",
    "alliance_names",
    "alliances",
    "compare",
    "default_register",
    "explain",
    "extract",
    "families",
    "frame_of",
    "is_english",
    "join",
    "judge",
    "judged_rows",
    "open_register",
    "parse_published",
    "parse_reference",
    "place_of",
    "read_bytes",
    "region_names",
    "regions",
    "rules_version",
    "shown",
    "to_row",
    "value_of",
]
