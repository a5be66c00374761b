"""Length-preserving folding, so that offsets into the folded text are offsets into the article's own text.

Typographic hyphens, quotes and spaces become their ASCII kin one for one; nothing is ever deleted, inserted or
lower-cased beyond ASCII (`"İ".lower()` is two characters long).
"""

from __future__ import annotations

FOLD = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‘’ʼ′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\t", " "),
    }
)
ASCII_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)})


def fold(text: str) -> str:
    """The text with typographic variants replaced one for one; same length."""
    return text.translate(FOLD)


def lower(text: str) -> str:
    """ASCII letters lower-cased one for one; same length."""
    return text.translate(ASCII_LOWER)


def mostly_capitals(text: str) -> bool:
    """Whether a headline is set in capitals ("IRAN SAID TO TEST SILKWORM"): then names are matched without case."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 8 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
