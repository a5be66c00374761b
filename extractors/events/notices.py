"""Notices of foreign military sales: what the buyer "has requested to buy" stands approved by the government that notifies.

The notice's own words are fixed by the US Arms Export Control Act, section 36(b): a determination, a notification of Congress, the
request item by item, the estimated cost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.events.claims import Claim
from extractors.mentions.actors import ActorMention
from extractors.mentions.reading import Reading

NOTICE = re.compile(
    r"determination approving|notif(?:ied|ying|ies) Congress|certification notifying|transmitted .{0,40}certification"
    r"|(?:approved|cleared|backed|told Congress of|notice of|notified of) (?:a |the |of a )?(?:possible|potential|proposed|planned) (?:\$[\d.,]+ (?:million|billion) )?(?:foreign military )?sale",
    re.IGNORECASE,
)
AGENCIES = re.compile(
    r"State Department|Department of State|Defense Security Cooperation Agency|Pentagon|DSCA|White House|administration",
    re.IGNORECASE,
)
REQUESTED = frozenset({"REQUEST", "BUY", "ASK", "REQ", "SALE"})


def noticed(claims: Sequence[Claim], readings: Sequence[Reading]) -> list[Claim]:
    """The claims with the requests of a notice raised to approved, sold by the state whose agency gives notice."""
    text = next((r for r in readings if r.where == "text"), None)
    if text is None or not NOTICE.search(text.folded):
        return list(claims)
    agency = next((a for a in text.actors if AGENCIES.search(text.folded[a.start : a.end])), None)
    return [approved(c, agency) if agency is not None and is_request(c, agency, text.folded) else c for c in claims]


def is_request(claim: Claim, agency: ActorMention, folded: str) -> bool:
    """Whether the claim is a planned purchase from nobody else that the text words as a request or as the sale itself."""
    if claim.standing.status != "planned" or claim.where != "text" or claim.frame not in REQUESTED:
        return False
    if claim.seller is not None and claim.seller.key != agency.key:
        return False
    words = folded[claim.sentence.start : claim.sentence.end]
    return "request" in words or "possible" in words or "proposed" in words or "potential" in words


def approved(claim: Claim, agency: ActorMention) -> Claim:
    return claim.with_(standing=replace(claim.standing, status="approved"), seller=claim.seller or agency)
