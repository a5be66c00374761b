"""Writes docs/how-it-reads.md: an invented article, walked through every stage with what `explain` prints for it.

`python scripts/make_how_it_reads.py`. A test holds the page to what is printed now.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import orjson

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors import Article, explain  # noqa: E402

TARGET = ROOT / "docs" / "how-it-reads.md"

ARTICLE = Article(
    "chile",
    """SANTIAGO, June 14 - Chile has signed a contract with the United States for 12 UH-60M Black Hawk helicopters, the defence \
ministry said on Friday. Deliveries of the helicopters are due to begin next year.

Chile also plans to buy up to 30 Patria AMV armoured vehicles from Finland. The army has operated Leopard 2 tanks since 2007. In 2023 \
Chile cancelled an order for six Israeli Hermes 900 drones.

Neighbouring Peru received 24 K200 troop carriers from South Korea in 2021. The country has also ordered 10 CAESAR howitzers from \
France's Nexter.

"We did not buy the cheapest helicopter," the minister said. Nobody at the ceremony watched the Patriots beat Georgia Tech.
""",
    "Chile signs for Black Hawks",
    date(2024, 6, 14),
    "Made-up example",
)

# What is said of each sentence, by words that it holds.
SAID = {
    "Chile signs for": """**A headline.** It has neither number nor seller. The claim that it makes is about the same deal as the lead's, so it
ends up in the lead's record, and the trace says that no record of its own came of it.""",
    "12 UH-60M": """**A verb and a noun for one deal.** "signed" and "contract" each open a frame; the buyer comes from the subject, the seller from
"with", the system from "for". Both frames speak of the same group of words, which makes one claim. "on Friday" is a day of the week
of publication.""",
    "Deliveries of": """**The same deal, later.** A delivery that is only due does not raise the deal's status, and its year is not the order's.""",
    "Patria AMV": """**A plan.** The cue "plans to" acts on "buy" and makes the claim a planned one. "up to" belongs to the number: 30, at most.""",
    "Leopard 2": """**Possession.** The words for a weapon and a year are there, but no word of trade: refused, with the reason.""",
    "Hermes 900": """**A cancellation** with its own year. "Israeli" stands before the system, which makes Israel the seller; a demonym before a deal
("the Israeli order") would make it the buyer.""",
    "K200": """**Another buyer.** Each state fills the slot that the verb gives it: who receives is the subject, "from" gives the seller.""",
    "CAESAR": """**"The country"** is looked up: the only state that the sentence before is about is Peru. Nexter is a company and counts as its home
state, France. Nothing fixes the year of this background sentence, so it stays empty.""",
    "cheapest": """**A denial.** "did not" takes the claim away.""",
}
HEAD = """# How an article is read

An article of our own (the deals are invented), through every stage, with what `python -m extractors explain` prints for it. Made by
`make how-it-reads`; a test holds it to what is printed now. The stages are described in [how-it-works.md](how-it-works.md).

Published on {day}, titled "{title}":

{quoted}

## Gate and mentions

The article names weapons, so the gate is {gate}. One scan finds every state, company and weapon, small grammars find numbers, money and
dates; as JSON, `explain --format json` gives each with its place. Of the last sentence nothing is found: "Patriots" and "Georgia" are
weak names, which count only beside a word that licenses them.

```json
{mentions}
```

## Sentence by sentence

Sentences without a weapon or a word of trade are left out. A *trigger* opens a *frame*, whose roles are read off the words around it;
a *claim* is a frame with a system; *cues* decide how far the deal has come.
"""


def page() -> str:
    """The page's text."""
    trace = explain(ARTICLE)
    told = trace.to_json()
    first, *blocks = trace.to_text().split("\n\n")
    records = blocks.pop()
    quoted = "\n>\n".join(f"> {line}" for line in ARTICLE.text.split("\n") if line)
    mentions = "\n".join(
        orjson.dumps(m).decode() for m in sorted(told["mentions"], key=lambda m: (m["where"] != "title", m["start"]))
    )
    text = HEAD.format(day=ARTICLE.published, title=ARTICLE.title, quoted=quoted, gate=told["gate"], mentions=mentions)
    for block in blocks:
        said = next((words for key, words in SAID.items() if key in block.splitlines()[0]), "")
        text += f"\n{said}\n\n```text\n{block.strip()}\n```\n" if said else f"\n```text\n{block.strip()}\n```\n"
    return f"{text}\n## Records\n\n{RECORDS}\n\n```text\n{records.strip()}\n```\n"


RECORDS = """Claims about the same buyer, system and deal merge into one record with the furthest status; each keeps the places of its words and
the sentence that says most. How far records with the same signals were right when measured is their `confidence`."""


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
