"""From merged claims to records: names, codes, years, money, events and the spans behind every field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors import tables
from extractors.events.claims import Claim
from extractors.mentions.actors import ActorMention
from extractors.mentions.groups import Group
from extractors.mentions.reading import Reading
from extractors.model import Article, Event, Record, Span
from extractors.records.confidence import rated
from extractors.records.merge import clusters, standing_claim
from extractors.records.packages import with_packages


@dataclass(frozen=True, slots=True)
class When:
    """What an article's years resolve against: the publication date, or a year inferred for an undated one."""

    published: date | None
    inferred: int | None

    @property
    def year(self) -> int | None:
        """The article's own year."""
        return self.published.year if self.published is not None else self.inferred


def records(article: Article, claims: Sequence[Claim], readings: Sequence[Reading], when: When) -> list[Record]:
    """One record per deal, in text order, with ids that are stable across runs."""
    texts: dict[str, str] = {r.where: r.text for r in readings}
    deals = clusters(claims, when.year)
    made = [record(article, deal, texts, when) for deal in deals]
    return with_packages(rated(with_ids(article, made), deals, readings))


def record(article: Article, deal: Sequence[Claim], texts: Mapping[str, str], when: When) -> Record:
    stands = standing_claim(deal)
    named = best_named(deal)
    row = named.group.head.row
    told = telling(deal, stands)
    by_weight = [told, *(c for c in deal if c is not told)]
    buyer = next(
        (c for c in by_weight if c.buyer is not None and not c.buyer_inferred),
        next((c for c in deal if c.buyer is not None), None),
    )
    seller = next(
        (c for c in by_weight if c.seller is not None and not c.seller_inferred),
        next((c for c in deal if c.seller is not None), None),
    )
    counted = best_counted(deal, named)
    quantity = counted.quantity if counted is not None else None
    priced = next((c for c in deal if c.money is not None), None)
    year, basis, dated = year_of(stands, deal, when)
    sentence = told.sentence
    spans: dict[str, tuple[Span, ...]] = {
        "system": (Span(named.group.systems[0].start, named.group.systems[-1].end, named.where),)
    }
    if buyer is not None and buyer.buyer is not None:
        spans["buyer"] = (Span(buyer.buyer.start, buyer.buyer.end, buyer.buyer.where),)
    if seller is not None and seller.seller is not None:
        spans["seller"] = (Span(seller.seller.start, seller.seller.end, seller.seller.where),)
    if counted is not None and quantity is not None:
        spans["quantity"] = (Span(quantity.start, quantity.end, counted.where),)
    if dated is not None and dated.date is not None:
        spans["year"] = (Span(dated.date.start, dated.date.end, dated.where),)
    if priced is not None and priced.money is not None:
        spans["value"] = (Span(priced.money.start, priced.money.end, priced.where),)
    spans["status"] = tuple(dict.fromkeys([stands.trigger, *(Span(c.start, c.end, stands.where) for c in stands.standing.cues)]))
    party = buyer.buyer if buyer is not None else None
    supplier = seller.seller if seller is not None else None
    buyer_iso, buyer_name = identity(party)
    seller_iso, seller_name = identity(supplier)
    return Record(
        buyer=buyer_name,
        system=display(named.group),
        quantity=quantity.low if quantity is not None else None,
        year=year,
        seller=seller_name,
        weapon_type=row.type,
        status=stands.standing.status,
        deal_type=next(
            (c.deal_type for c in deal if c.deal_type not in ("unknown", "sale")),
            next((c.deal_type for c in deal if c.deal_type != "unknown"), "unknown"),
        ),
        domestic=bool(buyer_iso) and buyer_iso == seller_iso,
        quantity_high=quantity.high if quantity is not None else None,
        quantity_note=quantity.note if quantity is not None else "",
        year_basis=basis,
        value=priced.money.amount if priced is not None and priced.money is not None else None,
        currency=priced.money.currency if priced is not None and priced.money is not None else "",
        value_scope="unknown" if priced is not None else "",
        buyer_iso3=buyer_iso,
        seller_iso3=seller_iso,
        buyer_entity=words(texts, spans.get("buyer")),
        seller_entity=words(texts, spans.get("seller")),
        system_text=words(texts, spans["system"]),
        system_id=row.id,
        sipri_category=row.sipri_category,
        unroca_category=row.unroca_category,
        evidence=texts[sentence.where][sentence.start : sentence.end],
        evidence_in=sentence.where,
        evidence_start=sentence.start,
        evidence_end=sentence.end,
        spans=spans,
        events=events(deal, when),
        rule=told.rule,
        rules_version=tables.rules_version(),
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
    )


def words(texts: Mapping[str, str], spans: tuple[Span, ...] | None) -> str:
    return texts[spans[0].where][spans[0].start : spans[0].end] if spans else ""


def identity(mention: ActorMention | None) -> tuple[str, str]:
    """ISO3 and display name of the state that a mention stands for, or the name of a group or body."""
    if mention is None:
        return "", ""
    if mention.iso3:
        return mention.iso3[0], tables.country_names().get(mention.iso3[0], mention.name)
    return "", mention.name


def best_named(deal: Sequence[Claim]) -> Claim:
    """The claim that names the system best: a designation over a class, a variant over its family, the first of equals."""
    return max(
        deal,
        key=lambda c: (
            not c.group.is_class,
            c.group.head.row.id != c.group.head.row.family if not c.group.is_class else len(c.group.name),
            -c.order,
        ),
    )


# "AIM-120 missiles" names the AIM-120: what follows the designation in small letters is its class.
CLASS_NOUNS = re.compile(r"(?<=[A-Z0-9\w])(?: [a-z][a-z-]+)+$")


def display(group: Group) -> str:
    """The canonical designation, with the name that the article uses where that is another one ("MQ-1" called Predator)."""
    row, form = group.head.row, CLASS_NOUNS.sub("", group.head.text.strip())
    if form.endswith("s") and form[:-1] in (row.name, *row.aliases, *row.weak_aliases):
        form = form[:-1]
    if group.is_class or not row.id:
        return group.name
    canonical, said = f" {parts(row.name)} ", f" {parts(form)} "
    if said in canonical or canonical in said or canonical.replace(" ", "") == said.replace(" ", ""):
        return row.name
    return form if any(c.isdigit() for c in form) else f"{row.name} {form}"


def parts(name: str) -> str:
    """Runs of letters and of digits, apart: `f 16 c`."""
    return " ".join(re.findall(r"[^\W\d_]+|\d+", name.lower()))


def telling(deal: Sequence[Claim], stands: Claim) -> Claim:
    """The claim whose sentence is quoted: of those with the status that stands, the one that says most; the text before the title."""
    same = [c for c in deal if c.standing.status == stands.standing.status]

    def said(claim: Claim) -> tuple[bool, int, bool, int]:
        parts = (
            claim.quantity,
            claim.buyer if not claim.buyer_inferred else None,
            claim.seller if not claim.seller_inferred else None,
        )
        return (not claim.group.is_class, sum(part is not None for part in parts), claim.where == "text", -claim.order)

    return max(same, key=said)


def best_counted(deal: Sequence[Claim], named: Claim) -> Claim | None:
    """The claim whose count stands: one that names the designation wins over one that only says "the vehicles"."""
    counted = [c for c in deal if c.quantity is not None]
    numbered = [c for c in counted if c.quantity is not None and c.quantity.low is not None] or counted
    exact = [c for c in numbered if c.group.is_class == named.group.is_class] or numbered
    ordered = (
        [c for c in exact if c.standing.status == "ordered"] or [c for c in exact if c.standing.status != "delivered"] or exact
    )
    return ordered[0] if ordered else None


def year_of(stands: Claim, deal: Sequence[Claim], when: When) -> tuple[int | None, str, Claim | None]:
    """The year of the event that stands, its basis, and the claim whose words gave it."""
    same = [stands, *(c for c in deal if c is not stands and c.standing.status == stands.standing.status)]
    for claim in same:
        found = claim_year(claim, when)
        if found is not None:
            return found[0], found[1], claim
    done = stands.perfect and stands.standing.status in ("ordered", "delivered")
    background = (done or stands.ordered is not None) and not any(c.lead for c in deal)
    vague = stands.date is not None and stands.date.basis == "vague" and stands.standing.status in ("ordered", "delivered")
    if when.published is not None and not background and not vague:
        return when.published.year, "published", None
    return None, "none", None


def claim_year(claim: Claim, when: When) -> tuple[int, str] | None:
    """The year that a claim's own date words give, if they speak of the event and not of a delivery to come."""
    day = claim.date
    if day is None or day.year is None:
        return None
    year = day.year
    now = when.published.year if when.published is not None else when.inferred
    planned = claim.standing.status in ("planned", "approved")
    if (
        day.lead in ("by", "until", "till", "through", "no later than", "starting in", "beginning in")
        and claim.standing.status != "delivered"
    ):
        return None
    if now is not None and year > now:
        return None
    if (
        planned
        and day.basis == "stated"
        and when.published is not None
        and year != when.published.year
        and claim.lead
        and day.lead in ("since", "from", "between")
    ):
        return None
    basis = day.basis
    if basis == "relative" and when.published is None:
        basis = "inferred"
    return year, basis


def events(deal: Sequence[Claim], when: When) -> tuple[Event, ...]:
    """Every stage that the article tells of, in text order, without repeats."""
    told: dict[tuple[str, int | None, int | None], Event] = {}
    for claim in deal:
        if claim.ordered is not None and (order := claim_year(claim.with_(date=claim.ordered, ordered=None), when)) is not None:
            span = Span(claim.ordered.start, claim.ordered.end, claim.where)
            told.setdefault(("ordered", order[0], None), Event("ordered", order[0], order[1], None, (span,)))
        found = claim_year(claim, when)
        quantity = claim.quantity.low if claim.quantity is not None else None
        key = (claim.standing.status, found[0] if found else None, quantity)
        told.setdefault(key, Event(key[0], key[1], found[1] if found else "none", quantity, (claim.trigger,)))
    return tuple(told.values())


def with_ids(article: Article, made: Sequence[Record]) -> list[Record]:
    """The records with their ids: sha256 over article, buyer, system and an ordinal among equals."""
    seen: dict[tuple[str, str], int] = {}
    named = []
    for one in made:
        key = (one.buyer_iso3 or one.buyer, one.system_id or one.system)
        ordinal = seen.get(key, 0)
        seen[key] = ordinal + 1
        digest = hashlib.sha256("\x1f".join((article.id, *key, str(ordinal))).encode()).hexdigest()
        named.append(replace(one, record_id=digest[:16]))
    return named
