"""Whether a text is English, by the share of English function words among its words.

The extractors read English only; an article in another language gives no record and is counted as "language not read".
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FUNCTION_WORDS = frozenset(
    "the of and to in a is that for it on was with as at by be from are this have has had an or its which were not but their they will would been more after than "
    "also who when about into over could we he his said says there out up first two may other between under during our you your if can should".split()
)
# Words that another language uses often and English does not: they outvote what the two share ("in", "a", "on").
FOREIGN_WORDS = frozenset(
    "der die das und ist nicht mit von den dem ein eine für auf sich des im zu wird le la les des et est dans pour que une du sur avec par au aux el los las y en por con una del para se su "
    "che il di della per non gli nel o os uma do da em não com het van een voor niet zijn met aan ve bir için ile bu yang dan untuk dengan dari ini och att som på det af og til".split()
)
SHORT = 8
LEAST_SHARE = 0.12


def is_english(text: str) -> bool:
    """True for English; a text of fewer than eight words counts as English unless most of its letters are not Latin."""
    letters = [c for c in text[:5000] if c.isalpha()]
    if letters and sum(c < "\u0250" or "\u1e00" <= c <= "\u1eff" for c in letters) < 0.5 * len(letters):
        return False
    words = [w.lower() for w in WORD.findall(text[:20_000])]
    english = sum(w in FUNCTION_WORDS for w in words)
    foreign = sum(w in FOREIGN_WORDS for w in words)
    if len(words) < SHORT:
        return foreign < 2 or english >= foreign
    if foreign > english:
        return False
    return english >= LEAST_SHARE * len(words) or (len(words) < 60 and foreign <= 0.05 * len(words))
