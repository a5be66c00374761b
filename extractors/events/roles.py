"""Buyers, sellers and systems of one trigger, and how parties of equal standing are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.events.arguments import actor
from extractors.events.chunks import Chunk
from extractors.events.phrases import governing
from extractors.mentions.actors import ActorMention


@dataclass(frozen=True, slots=True)
class Roles:
    """Positions in the chunk row of buyers, sellers and systems; `authority` approved or stopped the transfer."""

    buyers: tuple[int, ...] = ()
    sellers: tuple[int, ...] = ()
    systems: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    authority: tuple[int, ...] = ()


# The largest exporters of major arms in SIPRI's tables over 2000 to 2024, largest first: of two states that "signed a deal", who sells.
EXPORTERS = (
    "USA RUS FRA DEU CHN GBR ITA ISR ESP KOR SWE NLD UKR TUR CHE NOR CAN ZAF POL JPN BLR CZE FIN BRA AUS BEL SRB IND ARE AUT JOR IRN PAK SGP IDN"
).split()


def export_rank(party: ActorMention) -> int:
    return EXPORTERS.index(party.key) if party.key in EXPORTERS else len(EXPORTERS)


def faces(row: Sequence[Chunk], at: int) -> bool:
    """Whether a party is the other side of talks: after "with", or after a trigger that ends in it ("talking to")."""
    return governing(row, at) == "with" or (at > 0 and row[at - 1].text.endswith((" with", " to")))


def settle(row: Sequence[Chunk], roles: Roles) -> Roles:
    """Roles with firms kept out of the buyer's place, symmetric parties told apart, and each party in one role only."""
    buyers = [b for b in roles.buyers if not actor(row, b).is_firm]
    sellers = list(roles.sellers)
    for party in roles.parties:
        if actor(row, party).is_firm and party not in sellers:
            sellers.append(party)
    states = [p for p in dict.fromkeys(roles.parties) if not actor(row, p).is_firm and p not in sellers and p not in buyers]
    origins = {iso for i in roles.systems if (g := row[i].group) is not None for iso in g.head.row.origin}
    named = {o.key for i in roles.systems if (g := row[i].group) is not None for o in g.origins}
    for party in states:
        key = actor(row, party).key
        if len(states) == 1 and not sellers and faces(row, party) and (key in origins or key in named):
            # "a deal agreed with Moscow for the submarines", "the emirate is talking to Paris about Rafales"
            sellers.append(party)
            continue
        if (
            not sellers
            and len({actor(row, p).key for p in states}) > 1
            and (key in origins or key in named)
            and not all(actor(row, p).key in origins for p in states)
        ):
            sellers.append(party)
        else:
            buyers.append(party)
    if len({actor(row, b).key for b in buyers}) == 2 and roles.parties and not roles.buyers and not sellers:
        # "India signed a deal with France": the subject buys; "Japan and Vietnam signed a deal": the larger exporter sells
        one, other = buyers[0], buyers[-1]
        if governing(row, one) == governing(row, other) == "with":
            # "deals with Indonesia and Vietnam": they are on the same side
            return Roles(tuple(dict.fromkeys(buyers)), (), roles.systems, (), roles.authority)
        between = row[one + 1 : other]
        together = any(c.kind == "conjunction" for c in between) and all(
            c.kind in ("conjunction", "comma", "word") or c.text == "of" for c in between
        )
        sold_by = one if together and export_rank(actor(row, one)) < export_rank(actor(row, other)) else other
        sellers = [sold_by]
        buyers = [b for b in buyers if actor(row, b).key != actor(row, sold_by).key]
    seller_keys = {actor(row, s).key for s in sellers}
    if roles.parties:
        buyers = [b for b in buyers if actor(row, b).key not in seller_keys or len(buyers) == 1]
    return Roles(tuple(dict.fromkeys(buyers)), tuple(dict.fromkeys(sellers)), roles.systems, (), roles.authority)
