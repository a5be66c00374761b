"""Coreference across sentences: who "the kingdom", "it", "the deal" and "the jets" are, and what an ellipsis leaves out.

A referent is accepted only when exactly one candidate survives; otherwise the role stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.events.claims import Claim
from extractors.events.roles import export_rank
from extractors.mentions.actors import ActorMention
from extractors.mentions.groups import Group
from extractors.mentions.reading import Reading


def resolve(claims: Sequence[Claim], readings: Sequence[Reading], topics: Mapping[int, ActorMention]) -> list[Claim]:
    """Claims in text order with open buyers and sellers filled from what came before; `topics` are the states that sentences are about."""
    makers = article_makers(readings)
    nationalities = system_nationalities(readings)
    resolved: list[Claim] = []
    for claim in claims:
        claim = claim.with_(group=designated(claim, resolved, readings))
        if claim.buyer is None:
            buyer = (
                described(claim, readings)
                or home(claim, readings, topics)
                or antecedent(claim, resolved)
                or sole_buyer(claim, claims)
                or topic(claim, topics)
                or only_buyer(claim, claims)
            )
            origins, seller = claim.group.head.row.origin, claim.seller.key if claim.seller is not None else ""
            if buyer is not None and (buyer.key not in origins or (seller in origins and seller != buyer.key)):
                claim = claim.with_(buyer=buyer, buyer_inferred=True)
        resolved.append(claim)
    sold = [fill_seller(c, resolved, makers, nationalities) for c in resolved]
    return [with_giver(usual_seller(c, sold), readings) for c in sold]


# Class nouns so general that they take up a designation named before.
GENERIC = frozenset(
    ["aircraft", "plane", "jet", "warplane", "airplane", "fighter", "helicopter", "chopper", "tank", "missile", "ship", "vessel", "boat", "submarine", "drone", "howitzer", "launcher", "radar", "warship", "frigate", "corvette", "system", "vehicle", "gun", "uav"]
) | {
    "fighter jet", "fighter plane", "fighter aircraft", "jet fighter", "military plane", "military aircraft", "combat aircraft", "military jet", "attack helicopter",
    "air defence system", "missile system", "unmanned aerial vehicle", "armoured vehicle", "battle tank", "missile battery", "missile defence system", "air defence missile system",
}  # fmt: skip


# What sets a class noun off from the designation before it: "a number of smaller boats".
COMPARED = re.compile(r"\b(?:smaller|larger|bigger|lighter|heavier)\b")
# A name that no table knows, before its class noun: "the venerable Super Sherman tanks".
NAMED = re.compile(r"(?<=[a-z] )[A-Z][a-z]+ (?:[A-Z][a-z]+ )*$")
# Between the last two of a list.
ADDED = re.compile(r",? (?:and|plus|along with|together with|as well as) ")


def designated(claim: Claim, earlier: Sequence[Claim], readings: Sequence[Reading]) -> Group:
    """The claim's group, with the designation that a general class noun takes up ("the jets", "another 50 planes").

    Taken up is the one designation of the type in the sentence before the noun, in the title, or in an earlier claim of the same buyer.
    """
    group = claim.group
    reading = next(r for r in readings if r.where == claim.where)
    if not group.is_class or group.name not in GENERIC or COMPARED.search(reading.folded, group.start, group.end):
        return group
    named_start = max([group.start, *(o.end for o in group.origins)])
    if NAMED.search(reading.folded, named_start, group.systems[0].start):
        return group
    same_sentence = [g for g in reading.groups if claim.sentence.start <= g.start < group.start]
    last = same_sentence[-1] if same_sentence else None
    counted = group.name == "launcher" and group.quantity is not None
    if counted and last is not None and not last.is_class and ADDED.fullmatch(reading.folded, last.end, group.start):
        # "150 Javelin missiles and ten launchers": what is added is something else
        return group
    title = [g for r in readings if r.where == "title" and claim.where != "title" for g in r.groups]
    of_buyer = [c.group for c in earlier if c.buyer is not None and claim.buyer is not None and c.buyer.key == claim.buyer.key]
    recent = [c.group for c in earlier if group.definite and c.order >= claim.order - 3]
    for candidates in (same_sentence, title, of_buyer, recent):
        named = {
            g.head.row.family or g.name: g for g in candidates if not g.is_class and takes_up_type(group, g) and not g.accessory
        }
        if len(named) == 1:
            taken = next(iter(named.values()))
            return replace(
                group, head=taken.head, systems=taken.systems if claim.where == taken_where(taken, readings) else group.systems
            )
    return group


def takes_up_type(noun: Group, named: Group) -> bool:
    """Whether a class noun can stand for the designation: of its type; "the aircraft" are helicopters and drones too."""
    flies = noun.name == "aircraft" and noun.definite and named.type in ("helicopter", "drone")
    return noun.type == named.type or flies


def taken_where(group: Group, readings: Sequence[Reading]) -> str:
    return next((r.where for r in readings if group in r.groups), "text")


def antecedent(claim: Claim, earlier: Sequence[Claim]) -> ActorMention | None:
    """The buyer that a claim without one takes up: of the same system's buyers, else of the buyers just spoken of, if there is one."""
    if not claim.takes_up:
        return None
    seller = claim.seller.key if claim.seller is not None else ""
    known = [c for c in earlier if c.buyer is not None and c.buyer.key != seller]
    same = [c for c in known if same_system(c.group, claim.group)]
    recent = [c for c in known if c.order >= claim.order - 2]
    for candidates in (same, recent, known):
        buyers = {c.buyer.key: c.buyer for c in candidates if c.buyer is not None}
        if len(buyers) == 1:
            return next(iter(buyers.values()))
    return None


# States that a description can stand for.
DESCRIBED = {
    "kingdom": "SAU MAR JOR BHR THA GBR ESP NLD NOR SWE DNK BEL KHM TON LSO SWZ BTN",
    "emirate": "KWT QAT ARE", "sultanate": "OMN BRN", "city-state": "SGP QAT", "archipelago": "PHL IDN MDV BHR",
    "island": "TWN CYP MLT LKA JPN SGP", "islamic republic": "IRN PAK MRT AFG",
}  # fmt: skip
DESCRIPTION = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (?:\w+ ){0,2}?(?P<noun>kingdom|emirate|sultanate|city-state|archipelago|island|[Ii]slamic [Rr]epublic)\b"
)


def described(claim: Claim, readings: Sequence[Reading]) -> ActorMention | None:
    """The state last named before the claim's sentence that its description fits: "the emirate ordered 28 jets"."""
    reading = next(r for r in readings if r.where == claim.where)
    match = DESCRIPTION.search(reading.folded, claim.sentence.start, claim.trigger.start)
    if match is None:
        return None
    fitting = DESCRIBED[match.group("noun").lower()].split()
    title = [a for r in readings if r.where == "title" and claim.where != "title" for a in r.actors]
    before = [a for a in (*title, *reading.actors) if (a.where == "title" and claim.where != "title") or a.end <= match.start()]
    named = [a for a in before if a.key in fitting and not a.is_firm]
    return named[-1] if named else None


def only_buyer(claim: Claim, claims: Sequence[Claim]) -> ActorMention | None:
    """The one buyer of all the article's claims, for a claim whose clause names no other state."""
    buyers = {c.buyer.key: c.buyer for c in claims if c.buyer is not None}
    vague = claim.group.is_class and claim.quantity is None and not claim.buyer_word
    if len(buyers) != 1 or claim.other_states or vague or (claim.seller is not None and claim.seller.key in buyers):
        return None
    return next(iter(buyers.values()))


def home(claim: Claim, readings: Sequence[Reading], topics: Mapping[int, ActorMention]) -> ActorMention | None:
    """The dateline's state, for "the government", "the army" of an article that has named no state before."""
    if claim.buyer_word != "body" or any(order <= claim.order for order in topics):
        return None
    return next((r.dateline for r in readings if r.dateline is not None), None)


def topic(claim: Claim, topics: Mapping[int, ActorMention]) -> ActorMention | None:
    """The state that the sentence before is about, for a claim whose buyer a pronoun or "the country" takes up."""
    if not claim.takes_up or not claim.buyer_word:
        return None
    seller = claim.seller.key if claim.seller is not None else ""
    for order in (claim.order, claim.order - 1, claim.order - 2):
        found = topics.get(order)
        if found is not None and found.key != seller and export_rank(found) >= 3 and found.start < claim.trigger.start:
            return found
    return None


def sole_buyer(claim: Claim, claims: Sequence[Claim]) -> ActorMention | None:
    """The one buyer that the whole article names for the claim's own designation, before it or after."""
    if claim.group.is_class:
        return None
    family = claim.group.head.row.family or claim.group.name
    named = [
        c for c in claims if c.buyer is not None and not c.group.is_class and (c.group.head.row.family or c.group.name) == family
    ]
    buyers = {c.buyer.key: c.buyer for c in named if c.buyer is not None}
    if len(buyers) != 1 or (claim.seller is not None and claim.seller.key in buyers):
        return None
    return next(iter(buyers.values()))


def same_system(a: Group, b: Group) -> bool:
    """Whether two groups can speak of one system: same family, or a class noun of the other's type."""
    if a.head.row.family and a.head.row.family == b.head.row.family and one_line(a, b):
        return True
    if not (a.is_class or b.is_class):
        return False
    generic = a if a.is_class else b
    return a.type == b.type or (
        {a.type, b.type} == {"air defence", "missile"}
        and generic.name in ("missile", "missile system", "system", "missile complex")
    )


def one_line(a: Group, b: Group) -> bool:
    """Whether of two names of a family one is the other with a variant ("F-16", "F-16V"); not a gun and its supply vehicle."""
    if a.head.row.id == b.head.row.id:
        return True
    one, other = ("".join(c for c in g.head.row.name.lower() if c.isalnum()) for g in (a, b))
    return one in other or other in one or not (one[-1].isdigit() and other[-1].isdigit())


def article_makers(readings: Sequence[Reading]) -> dict[str, list[ActorMention]]:
    """Firms named in the article, by company name."""
    found: dict[str, list[ActorMention]] = {}
    for reading in readings:
        for mention in reading.actors:
            if mention.kind == "company":
                found.setdefault(mention.name, []).append(mention)
    return found


def system_nationalities(readings: Sequence[Reading]) -> dict[str, ActorMention]:
    """System family -> the nationality or maker that the article sets before its name ("a Russian T-90 tank")."""
    found: dict[str, ActorMention] = {}
    for reading in readings:
        for group in reading.groups:
            row = group.head.row
            for origin in group.origins:
                if not row.is_class and row.family and (origin.key in row.origin or origin.is_firm):
                    found.setdefault(row.family, origin)
    return found


def fill_seller(
    claim: Claim, claims: Sequence[Claim], makers: dict[str, list[ActorMention]], nationalities: dict[str, ActorMention]
) -> Claim:
    """The claim with a seller that the article names elsewhere: the same deal's, the system's nationality, or its maker."""
    if claim.seller is not None:
        return claim
    buyer = claim.buyer.key if claim.buyer is not None else ""
    same = [c for c in claims if c.seller is not None and same_system(c.group, claim.group)]
    own = {c.seller.key: c.seller for c in same if c.buyer is not None and c.buyer.key == buyer and c.seller is not None}
    if len(own) == 1:
        return claim.with_(seller=next(iter(own.values())), seller_inferred=True)
    helped = {
        c.seller.key: c.seller
        for c in claims
        if c.seller is not None and c.deal_type == "aid" and c.buyer is not None and c.buyer.key == buyer
    }
    if claim.deal_type == "aid" and len(helped) == 1:
        return claim.with_(seller=next(iter(helped.values())), seller_inferred=True)
    for maker in claim.group.head.row.maker:
        if maker in makers and (makers[maker][0].key != buyer or claim.buyer is None):
            return claim.with_(seller=makers[maker][0], seller_inferred=True)
    nationality = None if claim.group.is_class else nationalities.get(claim.group.head.row.family)
    if nationality is not None and (nationality.key != buyer or nationality.is_firm):
        return claim.with_(seller=nationality, seller_inferred=True)
    family = [c for c in same if not c.group.is_class and c.group.head.row.family == claim.group.head.row.family]
    sellers = {c.seller.key: c.seller for c in family if c.seller is not None and c.seller.key != buyer}
    if len(sellers) == 1 and not claim.group.is_class:
        return claim.with_(seller=next(iter(sellers.values())), seller_inferred=True)
    return claim


def usual_seller(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """The claim with the one seller from whom the article says its buyer gets all else, where origins do not speak against it."""
    if claim.seller is not None or claim.buyer is None:
        return claim
    buyer, origins = claim.buyer.key, claim.group.head.row.origin
    sellers = {c.seller.key: c.seller for c in claims if c.seller is not None and c.buyer is not None and c.buyer.key == buyer}
    if len(sellers) != 1:
        return claim
    seller = next(iter(sellers.values()))
    if origins and seller.key not in origins:
        return claim
    return claim.with_(seller=seller, seller_inferred=True)


# Words beside a state that make it the foe against whom aid is given.
FOE = re.compile(r"(?:'s?)? (?:invasion|aggression|war|attacks?|offensive|forces|assaults?|occupation|missiles|strikes)\b")


def with_giver(claim: Claim, readings: Sequence[Reading]) -> Claim:
    """A claim of aid without a giver, with the one state that the headline, else the text, names beside recipient and foe."""
    if claim.seller is not None or claim.buyer is None or claim.deal_type != "aid":
        return claim
    for reading in readings:
        foes = {
            a.key
            for a in reading.actors
            if FOE.match(reading.folded, a.end) or reading.folded[max(0, a.start - 8) : a.start] == "against "
        }
        states = [a for a in reading.actors if a.iso3 and not a.is_firm and a.key != claim.buyer.key and a.key not in foes]
        named = {a.key: a for a in reversed(states)}
        if len(named) == 1:
            return claim.with_(seller=next(iter(named.values())), seller_inferred=True)
    return claim
