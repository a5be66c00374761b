"""The frozen types that flow through the extractors, and the one definition of a record.

An `Article` goes in; `Mention`s, `Trigger`s and `Frame`s are made of it on the way; `Record`s come out.
The columns of CSV, Parquet, SQL, the grid and the data dictionary are all derived from `Record`
through `COLUMNS`; nothing else lists them. Offsets are Unicode code points into the article's own,
unchanged text (or title), half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

Where = Literal["text", "title"]

WEAPON_TYPES = (
    "aircraft",
    "helicopter",
    "drone",
    "armoured vehicle",
    "artillery",
    "air defence",
    "missile",
    "ship",
    "submarine",
    "sensor",
    "engine",
    "satellite",
    "small arms",
    "ammunition",
    "other",
)
STATUSES = ("planned", "approved", "ordered", "delivered", "cancelled")
DEAL_TYPES = ("sale", "aid", "lease", "licence", "unknown")
# SIPRI's armament categories, and ours for small arms, which it does not register.
SIPRI_CATEGORIES = (
    "Aircraft", "Air-defence systems", "Armoured vehicles", "Artillery", "Engines", "Missiles",
    "Naval weapons", "Satellites", "Sensors", "Ships", "Other", "SALW",
)  # fmt: skip
UNROCA_CATEGORIES = ("I", "II", "III", "IV", "V", "VI", "VII", "SALW")
QUANTITY_NOTES = ("exact", "at least", "at most", "about", "range", "vague")
YEAR_BASES = ("stated", "relative", "published", "inferred", "none")
VALUE_SCOPES = ("item", "package", "unknown")


@dataclass(frozen=True, slots=True)
class Article:
    """One input document. `text` and `title` are kept exactly as read: every offset points into them."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, end)` code-point offsets into the article's text or title."""

    start: int
    end: int
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class Event:
    """One stage of a deal that the article tells: its status, when, how many, and the words that say so."""

    status: str
    year: int | None
    year_basis: str
    quantity: int | None
    spans: tuple[Span, ...] = ()


def column(dtype: str, description: str, default: Any = "") -> Any:
    """A record's column: its dtype (`string`, `Int64`, `Float64`, `boolean`, `category`, `date`, `JSON`) and meaning."""
    metadata = {"dtype": dtype, "description": description}
    if isinstance(default, (dict, list)):
        raise TypeError("a frozen record takes no mutable default")
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One arms transfer claimed by one article: one row. Empty strings and `None` mean that the article does not say."""

    buyer: str = column("string", "recipient: a state by its CLDR short English name, or a group or body")
    system: str = column("string", "canonical designation, or the class in the singular where only that is named")
    quantity: int | None = column("Int64", "the stated number, or the lower end of a range; empty where vague", None)
    year: int | None = column("Int64", "year of the event that `status` names", None)
    seller: str = column("string", "supplier, named like the buyer; empty where the article does not say")
    weapon_type: str = column("category", "one of: " + ", ".join(WEAPON_TYPES), "other")
    status: str = column("category", "furthest stage reached: " + ", ".join(STATUSES), "planned")
    deal_type: str = column("category", "one of: " + ", ".join(DEAL_TYPES), "unknown")
    domestic: bool = column("boolean", "the text shows a state buying from its own industry", False)
    quantity_high: int | None = column("Int64", "upper end of a range of quantities, else the quantity", None)
    quantity_note: str = column("category", "how the quantity is worded: " + ", ".join(QUANTITY_NOTES) + "; empty without one")
    year_basis: str = column("category", "where the year comes from: " + ", ".join(YEAR_BASES), "none")
    value: float | None = column("Float64", "money in the currency stated, never converted", None)
    currency: str = column("string", "ISO 4217 code of `value`")
    value_scope: str = column("category", "what `value` pays for: " + ", ".join(VALUE_SCOPES) + "; empty without a value")
    package_id: str = column("string", "shared by records that one price or one notice covers: count its value once")
    buyer_iso3: str = column("string", "ISO 3166 alpha-3 of the buyer (XKX Kosovo, SUN, YUG, CSK, DDR), empty for others")
    seller_iso3: str = column("string", "ISO 3166 alpha-3 of the seller, likewise")
    buyer_entity: str = column("string", "the article's own words for the buyer")
    seller_entity: str = column("string", "the article's own words for the seller")
    system_text: str = column("string", "the article's own words for the system")
    system_id: str = column("string", "id of the system's row, else of its class noun's row, else empty")
    sipri_category: str = column(
        "category", "SIPRI armament category of the row (SALW, which SIPRI does not register, for small arms), else empty"
    )
    unroca_category: str = column("category", "UN Register category (I to VII, SALW) of the row, else empty")
    confidence: float | None = column(
        "Float64", "measured share of right records with the same signals; empty until measured", None
    )
    evidence: str = column("string", "the sentence that makes the claim")
    evidence_in: str = column("category", "whether the sentence stands in text or title", "text")
    evidence_start: int | None = column("Int64", "where the sentence starts: code points from the start of text or title", None)
    evidence_end: int | None = column("Int64", "where the sentence ends (exclusive)", None)
    spans: Mapping[str, tuple[Span, ...]] | None = column(
        "JSON", "field -> list of [start, end, text or title] of its words", None
    )
    events: tuple[Event, ...] = column("JSON", "every stage the article tells of this deal, in text order", ())
    rule: str = column("string", "id of the rule that made the record")
    rules_version: str = column("string", "version of the rules and tables")
    article_id: str = column("string", "the article's id")
    title: str = column("string", "the article's title")
    source: str = column("string", "the article's source")
    url: str = column("string", "the article's address")
    published: date | None = column("date", "the article's publication date", None)
    record_id: str = column("string", "16 hex digits of sha256 over article_id, buyer, system_id and an ordinal")


@dataclass(frozen=True, slots=True)
class Column:
    """Name, dtype and meaning of one column of a record."""

    name: str
    dtype: str
    description: str


COLUMNS: tuple[Column, ...] = tuple(Column(f.name, f.metadata["dtype"], f.metadata["description"]) for f in fields(Record))


def deal_columns() -> tuple[Column, ...]:
    """The columns of a deal: those that it shares with its records mean the same, of the value preferred among them."""
    shared = {c.name: c for c in COLUMNS}

    def same(*names: str) -> list[Column]:
        return [shared[name] for name in names]

    return (
        Column("deal_id", "string", "16 hex digits: kept while articles come and go; an id that a merge used up redirects"),
        *same("buyer", "system"),
        Column("quantity", "Int64", "the preferred number of the whole deal: of the order, else the approval, else the plan"),
        *same("year", "seller", "weapon_type"),
        Column("status", "category", "furthest stage that stands: " + ", ".join(STATUSES)),
        *same("deal_type", "domestic"),
        Column("quantity_low", "Int64", "lowest number told of the whole deal"),
        Column("quantity_high", "Int64", "highest number told of the whole deal"),
        *same(
            "value",
            "currency",
            "value_scope",
            "package_id",
            "buyer_iso3",
            "seller_iso3",
            "system_id",
            "sipri_category",
            "unroca_category",
        ),
        Column("confidence", "Float64", "the highest confidence of its records"),
        *(
            Column(f"year_{status}", "Int64", f"year in which the deal was {status}; empty where no article says")
            for status in STATUSES
        ),
        Column("quantity_ordered", "Int64", "number told as ordered"),
        Column("quantity_delivered", "Int64", "largest number told as delivered"),
        Column("articles", "Int64", "number of articles that tell of the deal"),
        Column("sources", "Int64", "number of distinct sources among them"),
        Column("disagree", "JSON", "field -> the values that articles give it, each with its articles, where they differ"),
        Column("why", "JSON", "field -> why its value was preferred"),
        Column("events", "JSON", "the life-cycle: every stage told, with year, number, record and articles, in order"),
    )


DEAL_COLUMNS: tuple[Column, ...] = deal_columns()

# What downloads add to records and deals.
REVIEW_COLUMNS = (
    Column("review", "string", "what a person said of it: confirmed, corrected, or empty; what was rejected is left out"),
    Column("machine", "string", "JSON: the machine's value of every column that a person corrected; empty where none was"),
)
