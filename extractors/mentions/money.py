"""Sums of money with their currency: "$4.6 billion", "EUR 350m", "102.4 mln dlrs", "Rs 21,935 crore". Never converted."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCALE = {
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "crore": 1e7,
    "cr": 1e7,
    "million": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "lakh crore": 1e12,
}
SYMBOL = {
    "US$": "USD", "U.S.$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "HK$": "HKD",
    "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS",
    "Rs": "INR", "Rs.": "INR", "RM": "MYR",
}  # fmt: skip
CODES = [
    "USD",
    "EUR",
    "GBP",
    "AUD",
    "CAD",
    "NZD",
    "SGD",
    "TWD",
    "JPY",
    "INR",
    "KRW",
    "TRY",
    "UAH",
    "ILS",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "CHF",
    "BRL",
    "ZAR",
    "THB",
    "IDR",
    "MYR",
    "PHP",
    "PKR",
    "SAR",
    "AED",
    "QAR",
    "KWD",
    "EGP",
    "RUB",
    "CNY",
]
WORDS = {
    r"u\.?s\.? dollars?|dollars?|dlrs?|u\.s\. dlrs?": "USD",
    r"euros?": "EUR",
    r"pounds?(?: sterling)?|stg": "GBP",
    r"australian dollars?": "AUD",
    r"canadian dollars?": "CAD",
    r"singapore dollars?": "SGD",
    r"(?:new )?taiwan(?:ese)? dollars?": "TWD",
    r"yen": "JPY",
    r"rupees": "INR",
    r"crore|crores": "INR",
    r"won": "KRW",
    r"(?:turkish )?lira": "TRY",
    r"(?:swedish )?(?:kronor|crowns)": "SEK",
    r"(?:norwegian )?(?:kroner|crowns)": "NOK",
    r"(?:danish )kroner": "DKK",
    r"zlotys?": "PLN",
    r"swiss francs?": "CHF",
    r"francs?": "FRF",
    r"(?:deutsche )?marks?": "DEM",
    r"yuan|renminbi": "CNY",
    r"rubles?|roubles?": "RUB",
    r"rand": "ZAR",
    r"shekels?": "ILS",
    r"reais": "BRL",
    r"baht": "THB",
    r"ringgit": "MYR",
    r"pesos": "PHP",
    r"riyals?": "SAR",
    r"dirhams?": "AED",
}
NUMBER = r"(?P<n{0}>\d{{1,3}}(?:,\d{{2,3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
SCALES = "|".join(sorted(SCALE, key=len, reverse=True))
LEADING = re.compile(
    rf"(?<![A-Za-z])(?P<mark>{'|'.join(re.escape(s) for s in sorted(SYMBOL, key=len, reverse=True))}|(?:{'|'.join(CODES)})(?= ?\d)) ?"
    + NUMBER.format(1)
    + rf"(?:[ -]?(?P<s1>{SCALES})(?![A-Za-z]))?",
    re.IGNORECASE,
)
TRAILING = re.compile(
    NUMBER.format(2)
    + rf"(?:[ -]?(?P<s2>{SCALES})(?![A-Za-z]))?[ -](?P<word>{'|'.join(f'(?:{w})' for w in WORDS)}|{'|'.join(CODES)})(?![A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: offsets, amount in units of the currency, ISO 4217 code (FRF, DEM for the old ones)."""

    start: int
    end: int
    amount: float
    currency: str


def currency_of(word: str) -> str:
    """The code of a currency word or code."""
    if word.upper() in CODES:
        return word.upper()
    return next(code for pattern, code in WORDS.items() if re.fullmatch(pattern, word, re.IGNORECASE))


def money(text: str) -> list[Money]:
    """Sums in the (folded) text, by position, without overlaps."""
    found: list[Money] = []
    for match in LEADING.finditer(text):
        mark = match.group("mark")
        code = next((c for s, c in SYMBOL.items() if s.lower() == mark.lower()), mark.upper())
        found.append(Money(match.start(), match.end(), amount(match.group("n1"), match.group("s1")), code))
    for match in TRAILING.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in found):
            continue
        word = match.group("word")
        scale = match.group("s2") or ("crore" if word.lower().startswith("crore") else None)
        found.append(Money(match.start(), match.end(), amount(match.group("n2"), scale), currency_of(word)))
    return sorted(found, key=lambda m: m.start)


def amount(digits: str, scale: str | None) -> float:
    return round(float(digits.replace(",", "")) * SCALE[scale.lower() if scale else "hundred"] / (1 if scale else 100), 2)
