"""Lists and continuations: items below "the package includes:", and sentences that go on with the deal told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.events.chunks import Chunk, CueMention
from extractors.events.claims import Claim
from extractors.events.frames import Frame
from extractors.events.lots import DISTRIBUTES
from extractors.events.modality import standing
from extractors.events.parties import fill, pick_seller, unique
from extractors.events.refusals import is_hypernym, is_purpose
from extractors.events.times import nearest_date, nearest_money
from extractors.mentions.actors import ActorMention
from extractors.mentions.quantities import Quantity
from extractors.model import Span


@dataclass(frozen=True, slots=True)
class OpenList:
    """The sentence that opened a list ("The package includes:"): its chunk row, frames, the frame that the items continue, its cues, and the claims made of it."""

    row: tuple[Chunk, ...]
    found: tuple[Frame, ...]
    frame: Frame
    cues: tuple[CueMention, ...]
    told: tuple[Claim, ...] = ()


def list_context(row: Sequence[Chunk], found: Sequence[Frame]) -> Frame | None:
    """The frame that a list of items continues: the sentence ends in a colon, or with the word that opens a list."""
    closing = [c.text for c in row[-3:]]
    opens = any(
        word in ("include", "includes", "including", "included", "following", "follows", ":", "contains", "comprises")
        for word in closing
    )
    kinds = {
        "PACKAGE": 0,
        "SALE": 1,
        "DELIVERY": 1,
        "SELL": 1,
        "BUY": 1,
        "ORDER": 1,
        "PURCHASE": 1,
        "DEAL": 2,
        "REQUEST": 2,
        "APPROVE": 3,
    }
    usable = [f for f in found if f.kind in kinds]
    return min(usable, key=lambda f: (kinds[f.kind], f.at)) if opens and usable else None


LISTED_SINGLY = frozenset(
    {"ship", "submarine", "aircraft", "helicopter", "satellite", "sensor", "air defence", "armoured vehicle", "artillery"}
)


def is_list_item(text: str, sentence: Span, row: Sequence[Chunk]) -> bool:
    """Whether a sentence is an item of a list: it has a bullet before it, or begins with a count or a system; no verb of its own."""
    if any(c.text in FINITE or (c.kind == "break" and c.text in ("said", "says")) for c in row):
        return False
    bullet = BULLET.search(text[max(0, sentence.start - 4) : sentence.start]) or BULLET.match(text, sentence.start)
    line = text.rfind("\n", 0, sentence.start) + 1
    if bullet or (
        text[line : sentence.start].strip() == "" and len(row) <= 14 and not text[sentence.start : sentence.end].endswith(".")
    ):
        return True
    body = [c for c in row if c.kind not in ("break", "comma")]
    if any(c.trigger is not None and c.trigger.row.pos == "verb" and not c.text.endswith(("ed", "ing")) for c in row):
        return False
    start = next((i for i, c in enumerate(body) if c.kind in ("group", "quantity")), None)
    return start is not None and start <= 3 and not any(c.kind == "actor" for c in body[:start])


# Words that make a sentence say something by itself.
FINITE = frozenset("is are was were has have had will would could may can must".split())
BULLET = re.compile(r"\s*(?:[-*•▪·●–]|\d{1,2}[.)])\s+")
# What takes up a deal told before: "it also includes", "the package comprises".
DEAL_WORDS = frozenset(
    "it this these which deal contract order package agreement aid assistance tranche shipment delivery sale purchase list announcement arms weapons".split()
)
INCLUDES = frozenset(
    "includes include included contains contain comprises comprise comprised covers cover covered encompasses features consists".split()
)


def goes_on(row: Sequence[Chunk]) -> bool:
    """Whether a sentence goes on with the deal told before: "it also includes six launchers"."""
    at = next((i for i, c in enumerate(row) if c.text in INCLUDES), -1)
    if (
        len(row) > 3
        and row[0].text in ("these", "they")
        and row[1].text == "are"
        and row[2].kind in ("break", "group", "quantity")
    ):
        return any(c.group is not None for c in row)
    part = next((i for i, c in enumerate(row[:-2]) if c.text == "part" and row[i + 1].text == "of"), -1)
    if part > 0 and any(c.group is not None and not c.group.accessory for c in row[:part]):
        # "eight Hawk trainers were part of the deal"
        belongs = any(c.text in DEAL_WORDS for c in row[part + 2 : part + 6])
        return belongs and not any(c.trigger is not None or c.kind == "actor" for c in row[:part])
    if completed(row) > 0:
        return True
    aside = next((i for i, c in enumerate(row[:at]) if c.text == "," and row[i + 1].kind == "relative"), at)
    before = row[:aside]
    return (
        at > 0
        and any(c.group is not None for c in row[at + 1 :])
        and any(c.text in DEAL_WORDS for c in before)
        and len(before) <= 7
        and not any(c.kind in ("actor", "break") or (c.group is not None and c.group.head.row.id != "arms") for c in before)
    )


# What adds systems to the deal told before: "twelve helicopters complete the purchase", "bombs are included in the package".
COMPLETING = re.compile(
    r" (?:complete|completes|completed|round out|rounds out|(?:are|is|were|was) (?:also )?(?:included|covered|part|contained)|come with|comes with|came with|"
    r"go with|belong to|belongs to|(?:are|were|was|is) added(?! (?:by|under))|(?:will )?accompany)\b"
)


def completed(row: Sequence[Chunk]) -> int:
    """Where the verb stands by which a sentence adds the systems before it to the deal told before; -1 where it adds none.

    Before the verb stand no state, no trigger and no break.
    """
    words = "".join(f" {c.text}" for c in row)
    match = COMPLETING.search(words)
    if match is None:
        return -1
    place = next(i for i in range(len(row)) if len("".join(f" {c.text}" for c in row[: i + 1])) > match.start())
    before, after = row[:place], row[place:]
    names = any(c.group is not None and c.group.head.row.id != "arms" and not c.group.accessory for c in before)
    added = "added" in match.group()
    deal = any(c.text in DEAL_WORDS for c in after[1:8]) or any(c.group is not None and c.group.definite for c in after[1:8])
    own = any(c.trigger is not None or c.kind == "break" or (c.actor is not None and not c.actor.is_firm) for c in before)
    return place if names and (added or deal) and not own else -1


def deal_context(found: Sequence[Frame]) -> Frame | None:
    """The frame of a sentence that later sentences take up as "the deal"."""
    usable = [f for f in found if f.kind in DISTRIBUTES or f.kind in ("RECEIVE", "LEASE")]
    return min(usable, key=lambda f: (not f.roles.buyers, f.at), default=None)


def recipients_of(row: Sequence[Chunk], found: Sequence[Frame]) -> tuple[ActorMention, ...]:
    """The buyers of a frame that names no system yet: "announced $800 million in security assistance to Ukraine"."""
    for frame in found:
        if frame.kind in ("PACKAGE", "SALE", "DELIVERY", "DEAL", "SELL") and frame.roles.buyers:
            return tuple(unique(row, frame.roles.buyers))
    return ()


def items(
    row: Sequence[Chunk], opened: OpenList, recipients: Sequence[ActorMention], sentence: Span, *, order: int
) -> list[Claim]:
    """A claim for each system of a list item, in the roles and standing of the sentence that opened the list."""
    frame = opened.frame
    told = [c for c in opened.told if c.buyer is not None]
    if told:
        buyers = list({c.buyer.key: c.buyer for c in told if c.buyer is not None}.values())
        sellers = list({c.seller.key: c.seller for c in told if c.seller is not None}.values())
    else:
        buyers, sellers = fill(opened.row, opened.found, frame, None)
        if recipients and frame.kind in ("PACKAGE", "SALE", "DELIVERY", "APPROVE"):
            buyers = [r for r in recipients if r.key not in {s.key for s in sellers}]
    state = standing(opened.row, frame, opened.cues)
    trigger = Span(opened.row[frame.at].start, opened.row[frame.at].end, sentence.where)
    date, money = nearest_date(opened.row, frame.at), nearest_money(opened.row, frame.at)
    made = []
    for at, chunk in enumerate(row[:place] if (place := completed(row)) > 0 else row):
        group = chunk.group
        if group is None or group.accessory or group.head.row.id == "arms" or is_purpose(row, at):
            continue
        if is_hypernym(row, at, chunk.text):
            continue
        chosen: Sequence[ActorMention | None] = buyers or recipients or [None]
        count = group.quantity
        if count is None and group.unit == "a" and group.singular and group.type in LISTED_SINGLY:
            # in a list of what is given, "an air defence radar" is one
            count = Quantity(group.start, group.end, 1, 1, "exact")
        for buyer in chosen:
            made.append(
                Claim(
                    sentence.where, sentence, group, buyer, pick_seller(sellers, buyer, group), count, state, date, money,
                    frame.rule, frame.kind, frame.deal_type, trigger, False, False, order, False, True, item_of=opened.row[0].start,
                )
            )  # fmt: skip
    return made
