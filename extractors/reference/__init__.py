"""The user's own copy of a reference register, set against our records or deals. Nothing of any register is shipped.

`read_reference` and `parse_reference` read a file, `compare` sets its rows against a frame, `TERMS` says what a user should know.
"""

from extractors.reference.compare import COMPARED, OUTCOMES, Comparison, compare
from extractors.reference.model import Reference, ReferenceFileError, ReferenceRow
from extractors.reference.read import parse_reference, read_reference
from extractors.reference.terms import SIPRI, TERMS, UNROCA

__all__ = [
    "COMPARED",
    "OUTCOMES",
    "SIPRI",
    "TERMS",
    "UNROCA",
    "Comparison",
    "Reference",
    "ReferenceFileError",
    "ReferenceRow",
    "compare",
    "parse_reference",
    "read_reference",
]
