"""The Read page without a browser: its address, what is shown of a batch, its CSV, and what a read-only server leaves out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.components import batch
from dashboard.pages import read
from dashboard.read_address import Shown, asked_for
from dashboard.reading import inputs
from dashboard.reading.desk import Desk
from dashboard.reading.job import Job
from dashboard.routing import route
from dashboard.source import Source
from tests.dashboard.test_compare_page import texts
from tests.dashboard.test_reading import CHAD, PERU, brought, done


@pytest.fixture
def desk(register_path: Path) -> Desk:
    return Desk(Source(register_path))


def shown(desk: Desk, register: Path, address: str) -> str:
    page, name, _ = route(Source(register), address, desk=desk)
    assert name == "Read"
    return " ".join(texts(page))


def identities(part: Any) -> set[str]:
    """The ids of a component and of all that is in it."""
    if part is None or isinstance(part, (str, int)):
        return set()
    if isinstance(part, (list, tuple)):
        return set().union(*map(identities, part))
    own = getattr(part, "id", None)
    return ({own} if isinstance(own, str) else set()) | identities(getattr(part, "children", None))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Shown()),
        ("job=a-_9&article=3&page=2", Shown("a-_9", 3, 2)),
        ("job=<b>&article=-1&page=0", Shown()),
        (f"job={'a' * 100}&article=99999999999&page=x", Shown()),
    ],
)
def test_an_address_is_what_it_asks_for(query: str, wanted: Shown) -> None:
    assert asked_for(query) == wanted
    assert asked_for(wanted.address().partition("?")[2]) == wanted


def test_a_read_only_server_offers_neither_fetching_nor_adding(register_path: Path) -> None:
    for read_only in (False, True):
        desk = Desk(Source(register_path), read_only=read_only)
        job = done(desk, inputs.pasted(PERU))
        found = identities(read.layout(desk, f"job={job.key}"))
        assert {"read-text", "read-files", "download", "read-why"} <= found
        assert ({"read-address", "read-fetch", "read-add"} & found == set()) is read_only
        assert ("This server is read-only" in " ".join(texts(read.layout(desk, "")))) is read_only


def test_one_article_is_shown_with_its_records(desk: Desk, register_path: Path) -> None:
    job = done(desk, inputs.pasted(f"<b>{PERU}</b>", "<i>Tanks</i>", "2022-01-05", "Wire"))
    said = shown(desk, register_path, Shown(job.key).address())
    assert "1 article read: 1 record." in said
    assert "Peru: 15 K2 from South Korea, ordered" in said
    assert "<b>" in said
    assert "<i>Tanks</i>" in said
    assert "Wire, 2022-01-05" in said
    assert "DangerouslySetInnerHTML" not in str(read.layout(desk, f"job={job.key}"))


def test_many_articles_are_a_list_that_leads_to_each(desk: Desk, register_path: Path) -> None:
    files = {"a.txt": PERU.encode(), "b.txt": CHAD.encode(), "c.txt": b"The weather was fine.", "d.pdf": b"%"}
    job = done(desk, brought(files))
    said = shown(desk, register_path, Shown(job.key).address())
    assert "4 files" in said
    assert "3 articles read: 2 records in 2 of them." in said
    assert "1 article without a record" in said
    assert "files of this kind are not read" in said
    assert "Chad: 4 Mi-24" in shown(desk, register_path, Shown(job.key, 2).address())
    assert "No record: no sentence of it says" in shown(desk, register_path, Shown(job.key, 3).address())
    assert "3 articles read" in shown(desk, register_path, Shown(job.key, 9).address())


def test_a_long_list_has_pages(desk: Desk, register_path: Path) -> None:
    job = done(desk, brought({f"{number}.txt": f"{PERU} {number}".encode() for number in range(batch.PAGE + 1)}))
    assert "Page 1 of 2" in shown(desk, register_path, Shown(job.key).address())
    last = shown(desk, register_path, Shown(job.key, page=2).address())
    assert last.count("Peru: 15 K2 from South Korea, ordered") == 1
    assert "Page 2 of 2" in shown(desk, register_path, Shown(job.key, page=99).address())


def test_what_gave_nothing_is_said(desk: Desk, register_path: Path) -> None:
    job = done(
        desk,
        inputs.pasted("Le Pérou a commandé quinze chars à la Corée du Sud, et la livraison est prévue pour l’année prochaine."),
    )
    said = shown(desk, register_path, Shown(job.key).address())
    assert "1 article read: no arms transfer was found." in said
    assert "only articles in English are read" in said
    job = done(desk, brought({"empty.txt": b""}))
    said = shown(desk, register_path, Shown(job.key).address())
    assert "No article was read." in said
    assert "empty.txt: the file is empty" in said
    assert "read-add" not in identities(read.layout(desk, f"job={job.key}"))


def test_a_batch_that_is_gone_is_said(desk: Desk, register_path: Path) -> None:
    assert "does not hold this batch any more" in shown(desk, register_path, "/read?job=none")
    client = create_app(register_path).server.test_client()
    answer = client.get("/download/read.csv?job=none")
    assert answer.status_code == 404
    assert "does not hold this batch any more" in answer.text


def test_the_page_opens_over_a_register_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert "Read articles" in shown(Desk(Source(path)), path, "/read")


def test_nothing_is_sent_again_while_nothing_changes(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    now = read.seen(job)
    told = read.update(job, Shown(job.key), now, read_only=False)
    assert [type(part).__name__ for part in told[:7]] == ["NoUpdate"] * 7
    assert told[7] is True
    begun = read.update(job, Shown(job.key), {"changes": 0, "state": "waiting"}, read_only=False)
    assert begun[:2] == ("1 article read: 1 record.", "done")
    assert begun[6] == now


def test_an_end_is_told_also_where_no_page_saw_it_begin(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    before = read.seen(job)
    job.fail("something")
    told = read.update(job, Shown(job.key), before, read_only=False)
    assert "read-add" in identities(told[4])
    assert "something" in texts(told[5])


@pytest.mark.parametrize(
    ("state", "value", "words"),
    [("waiting", None, ""), ("opening", None, "3 articles found"), ("reading", "2", "2 of 3 articles, 0 records")],
)
def test_the_bar_says_how_far_it_is(state: str, value: str | None, words: str) -> None:
    job = Job("k", inputs.pasted(PERU), lambda _: [], state=state, done=2, total=3)
    bar, count = batch.progress(job)
    assert getattr(bar, "value", None) == value
    assert count.children == words
