"""Who buys and who sells in a sentence: a frame's own roles, then those of linked frames, then the one party left over."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.events.arguments import actor
from extractors.events.chunks import Chunk
from extractors.events.frames import Frame
from extractors.events.phrases import governing
from extractors.events.roles import export_rank
from extractors.events.wordlists import LOCATIVE
from extractors.mentions.actors import ActorMention
from extractors.mentions.groups import Group

# Frames whose buyer must stand in a slot: the one state left over in the sentence is not taken for it.
NO_LEFTOVER = frozenset(
    {"LEASE", "CANCEL", "STOP", "SELL", "EQUIP", "REQUEST", "BUY", "RECEIVE", "OFFER_N", "APPROVE", "TALK", "TALKS"}
)

# Frames that a buyer heads from afar: "Canada enters talks with Saab for", "India is considering placing an order".
TAKES_SUBJECT = frozenset(
    {
        "SIGN",
        "SELECT",
        "LEASE",
        "ORDER",
        "PURCHASE",
        "DEAL",
        "TALKS",
        "TALK",
        "REQ",
        "LEASE_N",
        "PLACE",
        "REQUEST",
        "BUY",
        "RECEIVE",
    }
)

# The largest exporters: named in passing they are seldom the buyer, and never taken for it without a slot that says so.
GREAT_EXPORTERS = 6

CLAUSE_ENDS = frozenset(
    (";", ":", "but", "while", "although", "because", "said", "says", "after", "before", "where", "when", "if", ".")
)

SYMMETRIC = frozenset({"TALK", "TALKS", "SIGN", "DEAL"})


def names_states(row: Sequence[Chunk], frame: Frame) -> frozenset[str]:
    """The states that the sentence names beside the frame's sellers and authorities, as keys."""
    sellers = {actor(row, s).key for s in (*frame.roles.sellers, *frame.roles.authority)}
    return frozenset(c.actor.key for c in row if c.actor is not None and not c.actor.is_firm) - sellers


def fill(
    row: Sequence[Chunk], found: Sequence[Frame], frame: Frame, group: Group | None
) -> tuple[list[ActorMention], list[ActorMention]]:
    """Buyers and sellers of the frame, else of the frames linked to it in the sentence, else the one state left over."""
    origins = group.head.row.origin if group is not None else ()
    buyers, sellers, authority = list(frame.roles.buyers), list(frame.roles.sellers), list(frame.roles.authority)
    linked = sorted((f for f in found if f is not frame), key=lambda f: abs(f.at - frame.at))
    for other in linked:
        if other.kind in ("SELL", "EQUIP") and not other.roles.systems and not holds_deal_noun(row, other):
            # "given London ten days": what is given is no weapon, so who gets it buys none
            continue
        authority += other.roles.authority
        if not buyers:
            buyers = [b for b in other.roles.buyers if b not in sellers]
        if not sellers:
            sellers = [s for s in other.roles.sellers if s not in buyers]
        if not sellers and other.kind in SYMMETRIC and buyers:
            # "India is in talks with Washington to buy": the other side of the talks sells
            other_side = [b for b in other.roles.buyers if actor(row, b).key not in {actor(row, i).key for i in buyers}]
            sellers = other_side if len({actor(row, b).key for b in other_side}) == 1 else []
    if frame.kind in ("TALKS", "DEAL") and buyers and not sellers:
        # "Argentina was in talks with Russia": the clause's subject is the other side
        others = [b for b in buyers if governing(row, b) == "with"]
        heads = [s for s in clause_subjects(row, frame.at) if actor(row, s).key not in {actor(row, b).key for b in buyers}]
        if heads and len(others) == len(buyers):
            buyers, sellers = heads, others
            if {actor(row, b).key for b in buyers} & set(origins) and not {actor(row, s).key for s in sellers} & set(origins):
                buyers, sellers = sellers, buyers
    if frame.kind in SYMMETRIC and not sellers:
        # "Turkey expands exports of drones, negotiating deals with Morocco": who exports sells
        exporting = {
            actor(row, s).key for f in linked if f.kind in ("SELL", "SALE") for s in f.roles.sellers or exporters(row, f)
        }
        others = [b for b in buyers if actor(row, b).key not in exporting]
        if others and len(others) < len(buyers):
            buyers, sellers = others, [b for b in buyers if b not in others]
    stopped = {actor(row, a).key for f in linked if f.kind == "STOP" and f.at < frame.at for a in f.roles.authority}
    made_by_one = [b for b in buyers if actor(row, b).key in origins]
    if frame.kind == "BUY" and not sellers and len(buyers) == 2 and len(made_by_one) == 1:
        # "India and Russia agreed to purchase five S-400 regiments"
        sellers, buyers = made_by_one, [b for b in buyers if b not in made_by_one]
    if frame.kind in ("BUY", "PURCHASE", "ORDER"):
        # "Washington blocked a deal to buy": who blocks it is not who buys
        buyers = [b for b in buyers if actor(row, b).key not in stopped]
    owner = group_owner(row, frame, group)
    if owner is not None and frame.kind == "REQ":
        # "Tel Aviv's jet trainer competition"
        return [owner], unique(row, [s for s in sellers if actor(row, s).key != owner.key])
    through = frame.kind in ("AWARD", "WIN", "BUILD") and bool(sellers) and all(actor(row, s).is_firm for s in sellers)
    if (not buyers or through) and owner is not None and owner.key not in {actor(row, i).key for i in sellers}:
        return [owner], unique(row, sellers)
    used = {actor(row, i).key for i in (*buyers, *sellers)}
    if not sellers and authority:
        sold = frame.kind == "APPROVE" and any(f.kind in ("SALE", "DELIVERY", "SELL") for f in linked)
        selling = (
            sold
            or frame.kind in ("SALE", "DELIVERY", "SELL", "PACKAGE", "OFFER_N")
            or (frame.kind not in TAKES_SUBJECT and bool({actor(row, a).key for a in authority} & set(origins)))
        )
        elsewhere = {o.key for o in group.origins} if group is not None else set()
        chosen = [a for a in authority if actor(row, a).key not in used and (not elsewhere or actor(row, a).key in elsewhere)]
        if selling or buyers:
            sellers = chosen
        elif not buyers:
            buyers = chosen
    used = {actor(row, i).key for i in (*buyers, *sellers, *authority)}
    left = [i for i, c in enumerate(row) if c.actor is not None and c.actor.key not in used and not is_place(row, i)]
    if not sellers:
        firms = [i for i in left if actor(row, i).is_firm]
        if len({actor(row, i).key for i in firms}) == 1 and not (group is not None and group.origins):
            sellers = firms[:1]
            left = [i for i in left if actor(row, i).key != actor(row, firms[0]).key]
    if not buyers and frame.kind in TAKES_SUBJECT:
        subjects = [s for s in clause_subjects(row, frame.at) if actor(row, s).key not in stopped]
        if len(subjects) == 2 and frame.kind in SYMMETRIC and not sellers:
            sellers = [s for s in subjects if actor(row, s).key in origins] or [
                min(subjects, key=lambda i: export_rank(actor(row, i)))
            ]
            subjects = [s for s in subjects if s not in sellers]
        buyers = [s for s in subjects if actor(row, s).key not in {actor(row, i).key for i in sellers}]
    if not buyers and sellers and frame.kind not in NO_LEFTOVER and all(actor(row, s).is_firm for s in sellers):
        platform = fitted_platform(row, frame, group)
        if platform is not None and platform.key not in {actor(row, i).key for i in sellers}:
            return [platform], unique(row, sellers)
    in_headline = frame.kind == "SELL" and any(c.actor is not None and c.actor.where == "title" for c in row)
    if not buyers and (frame.kind not in NO_LEFTOVER or in_headline):
        givers = set(clause_subjects(row, frame.at)) if frame.kind in ("PACKAGE", "DELIVERY", "SALE", "SELL") else set()
        states = [
            i
            for i in left
            if i not in givers
            and export_rank(actor(row, i)) >= GREAT_EXPORTERS
            and not actor(row, i).is_firm
            and actor(row, i).how in ("name", "force", "body")
            and may_receive(row, frame, i)
        ]
        if len({actor(row, i).key for i in states}) == 1 and actor(row, states[0]).key not in origins:
            buyers = states[:1]
    if (
        not sellers
        and buyers
        and not frame.roles.buyers
        and all(governing(row, b) == "with" and actor(row, b).key in origins for b in buyers)
    ):
        # "a contract with the US signed in 2024 for 31 MQ-9B drones"
        buyers, sellers = [], buyers
    return unique(row, buyers), unique(row, sellers)


def exporters(row: Sequence[Chunk], frame: Frame) -> list[int]:
    """The states that head the clause of a noun of exporting: "Turkey has expanded its exports"."""
    return clause_subjects(row, frame.at) if frame.rule == "n-export" else []


def holds_deal_noun(row: Sequence[Chunk], frame: Frame) -> bool:
    """Whether a deal noun stands close after the frame's verb: "gave approval for", "provided a list of deliveries"."""
    after = row[frame.at + 1 : frame.at + 6]
    return any(c.trigger is not None and c.trigger.row.pos == "noun" for c in after)


def group_owner(row: Sequence[Chunk], frame: Frame, group: Group | None) -> ActorMention | None:
    """The state whose systems they are, where these are handed over or delivered: "Kuwait's first two Typhoons arrived"."""
    compound = frame.at > 0 and row[frame.at - 1].group is group and frame.kind in ("REQ", "PURCHASE", "ORDER", "DEAL")
    if group is None or not (
        compound or frame.passive or frame.kind in ("DELIVERY", "RECEIVE", "IDIOM", "AWARD", "WIN", "BUILD")
    ):
        return None
    owners = [o for o in group.origins if o.possessive and not o.is_firm and o.key not in group.head.row.origin]
    return owners[0] if len(owners) == 1 else None


def fitted_platform(row: Sequence[Chunk], frame: Frame, group: Group | None) -> ActorMention | None:
    """The state whose platforms a contract fits out: "a radar contract for Australian frigates"."""
    for i in range(frame.at + 1, len(row)):
        other = row[i].group
        if (
            other is not None
            and other is not group
            and other.is_class
            and other.origins
            and governing(row, i) in ("for", "on", "aboard")
        ):
            return next((o for o in other.origins if not o.is_firm), None)
    return None


# Verbs by which a state only takes a stand on a deal of others.
REACTS = frozenset(
    "objected objects objecting protested protests criticised criticized criticises condemned condemns denounced denounces welcomed welcomes praised "
    "warned warns urged urges imposed imposes sanctioned threatened threatens slammed decried feared fears complained lose loses losing lost".split()
)


def clause_subjects(row: Sequence[Chunk], at: int) -> list[int]:
    """The states that head the trigger's clause: the nearest party to the left that no preposition governs, with its list; no firms."""
    for j in range(at - 1, -1, -1):
        chunk = row[j]
        if chunk.kind == "break" and chunk.text in CLAUSE_ENDS:
            return []
        if chunk.actor is None or chunk.actor.possessive or chunk.actor.how == "demonym" or governing(row, j) != "":
            continue
        if any(c.text in REACTS for c in row[j + 1 : at]):
            return []
        found = [j]
        while (
            j >= 2
            and row[j - 1].kind in ("conjunction", "comma")
            and row[j - 2].kind == "actor"
            and not actor(row, j - 2).possessive
        ):
            j -= 2
            found.insert(0, j)
        return [i for i in found if not actor(row, i).is_firm]
    return []


def may_receive(row: Sequence[Chunk], frame: Frame, at: int) -> bool:
    """Whether a party that no slot took may still be the buyer: it stands in the trigger's clause."""
    low, high = sorted((at, frame.at))
    return not any(
        c.kind == "break" and c.text in (";", "but", "while", "although", "because", "said") for c in row[low + 1 : high]
    )


def unique(row: Sequence[Chunk], positions: Sequence[int]) -> list[ActorMention]:
    seen: dict[str, ActorMention] = {}
    for position in positions:
        mention = actor(row, position)
        seen.setdefault(mention.key, mention)
    return list(seen.values())


def is_place(row: Sequence[Chunk], at: int) -> bool:
    """Whether an actor is only where something happens."""
    return governing(row, at) in LOCATIVE


def pick_seller(sellers: Sequence[ActorMention], buyer: ActorMention | None, group: Group) -> ActorMention | None:
    """The seller for one buyer: a frame's own, else the group's nationality or maker, never the buyer's own name twice."""
    own = [s for s in sellers if buyer is None or s.key != buyer.key or s.is_firm]
    if own:
        origins = group.head.row.origin
        return next((s for s in own if s.key in origins), own[0])
    for origin in group.origins:
        if buyer is None or origin.key != buyer.key or origin.is_firm:
            return origin
    return None
