"""Batches: what is brought becomes articles, is read in turns, can be stopped, is held within bounds, and enters the register."""

from __future__ import annotations

import base64
import csv
import io
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import orjson
import pytest

from dashboard.components import batch, read_files
from dashboard.reading import desk as desks
from dashboard.reading import inputs
from dashboard.reading.desk import Declined, Desk
from dashboard.reading.inputs import Brought, Found, NotReadable
from dashboard.reading.job import LONGEST_TEXT, Job
from dashboard.source import Source
from extractors import Article, open_register
from tests.dashboard.pages_server import pages_server

PERU = "Peru ordered 15 K2 tanks from South Korea in 2021."
CHAD = "Chad received four Mi-24 helicopters from Ukraine in 2008."


@pytest.fixture
def own(register_path: Path, tmp_path: Path) -> Path:
    """A copy of the test register, to be changed."""
    return Path(shutil.copy(register_path, tmp_path / "own.sqlite"))


@pytest.fixture
def desk(own: Path) -> Desk:
    return Desk(Source(own))


def sent(data: bytes) -> str:
    return "data:application/octet-stream;base64," + base64.b64encode(data).decode()


def done(desk: Desk, brought: Brought) -> Job:
    """The batch once it has been read."""
    job = desk.get(desk.read(brought))
    assert job is not None
    assert job.ended.wait(60)
    return job


def added(desk: Desk, job: Job, *, replacing: bool = False) -> dict[str, int]:
    desk.add(job.key, replacing=replacing)
    assert job.ended.wait(60)
    assert job.added is not None
    assert job.added.problem == ""
    return {name: count for name, count in job.added.counts.items() if count}


def articles_of(brought: Brought) -> list[Article | str]:
    return list(brought.found(lambda: False))


def test_a_pasted_text_is_an_article() -> None:
    (article,) = articles_of(inputs.pasted(PERU, " Tanks ", "2022-01-05", "Wire", "https://www.example.org/news/tanks/?id=4"))
    assert article == Article(
        "example.org/news/tanks/?id=4", PERU, "Tanks", date(2022, 1, 5), "Wire", "https://www.example.org/news/tanks/?id=4"
    )
    (bare,), (again,) = articles_of(inputs.pasted(PERU)), articles_of(inputs.pasted(PERU))
    assert isinstance(bare, Article)
    assert bare == again
    assert bare.id.startswith("pasted/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ((" \n",), "Paste the article’s text"),
        ((PERU, "", "last year"), "“last year” is not a date"),
        ((PERU, "", "2021"), "“2021” is not a date"),
        ((PERU, "", "", "", "javascript:alert(1)"), "must begin with http"),
        ((PERU, "", "", "", "http://[::1"), "must begin with http"),
    ],
)
def test_what_cannot_be_pasted_is_said(fields: tuple[str, ...], said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        inputs.pasted(*fields)


FILES = {
    "peru.txt": PERU.encode(),
    "chad.md": f"---\ntitle: Helicopters\npublished: 2008-05-01\nsource: Wire\n---\n{CHAD}\n".encode(),
    "page.html": f"<html><head><title>Tanks</title></head><body><article><p>{PERU} {'It was long awaited. ' * 20}</p></article></body></html>".encode(),
    "lines.jsonl": b"\n".join(
        [orjson.dumps({"id": "a", "text": PERU, "published": "2022-01-05"}), b"{", orjson.dumps({"id": "b", "text": CHAD})]
    ),
    "rows.csv": f'id,text,title\nc,"{CHAD}",=1+1\nd,Nothing of note.,\n'.encode(),
    "latin.txt": "Türkiye delivered 6 Bayraktar TB2 drones to Niger in 2022.".encode("iso-8859-9"),
    "empty.txt": b"",
    "page.pdf": b"%PDF",
}


def brought(files: dict[str, bytes], day: str = "") -> Brought:
    return inputs.files([sent(data) for data in files.values()], list(files), day)


def test_files_are_read_as_the_command_reads_them(desk: Desk, tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    out = tmp_path / "out.csv"
    command = [sys.executable, "-m", "extractors", "extract", *(str(tmp_path / name) for name in FILES), "-o", str(out)]
    ran = subprocess.run([*command, "--published", "2023-01-01"], capture_output=True, text=True, check=False)
    job = done(desk, brought(FILES, "2023-01-01"))
    wanted = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
    blocks = b"".join(read_files.pieces(job, "csv", raw=True)).decode()
    told = list(csv.DictReader(io.StringIO(blocks, newline="")))
    assert [(row.pop("review"), row.pop("machine")) for row in told] == [("", "")] * len(wanted)
    assert told == wanted
    assert len(wanted) >= 6
    failures = [line.replace(f"{tmp_path}/", "") for line in ran.stderr.splitlines() if "articles read" not in line]
    assert job.failures == failures
    assert len(failures) == 3


def test_formulas_are_made_harmless_unless_raw(desk: Desk) -> None:
    job = done(desk, brought({"rows.csv": FILES["rows.csv"]}))
    assert ",'=1+1," in b"".join(read_files.pieces(job, "csv")).decode()
    assert ",=1+1," in b"".join(read_files.pieces(job, "csv", raw=True)).decode()


@pytest.mark.parametrize(
    ("contents", "names", "said"),
    [
        ([], [], "Choose a file"),
        (["data:;base64,###"], ["a.txt"], "did not arrive whole"),
        ([sent(b"a")] * 501, ["a.txt"] * 501, "at most 500"),
        ([sent(b"a" * 9 * 2**20)] * 2, ["a.txt", "b.txt"], "larger than 16 MB together"),
    ],
)
def test_files_that_are_not_taken(contents: list[str], names: list[str], said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        inputs.files(contents, names)


def test_a_file_s_name_is_no_path() -> None:
    (article,) = articles_of(brought({"../../etc/peru.txt": PERU.encode()}))
    assert isinstance(article, Article)
    assert article.id == "peru"
    assert len(inputs.clean("a" * 500 + ".jsonl")) <= inputs.LONGEST_NAME
    assert inputs.clean("a" * 500 + ".jsonl").endswith(".jsonl")


def test_two_texts_under_one_id_are_not_mixed_up(desk: Desk) -> None:
    job = done(desk, brought({"a.txt": PERU.encode(), "sub/a.md": CHAD.encode()}))
    assert [one.article.text for one in job.reads] == [PERU]
    assert "stands for another text" in job.failures[0]


def test_front_matter_that_unfolds_without_end_is_no_title() -> None:
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    text = f"---\nl0: &l0 [a, a]\n{layers}\ntitle: *l11\npublished: *l11\n---\n{PERU}\n"
    (article,) = articles_of(brought({"bomb.md": text.encode()}))
    assert isinstance(article, Article)
    assert (article.title, article.published) == ("", None)


@pytest.mark.parametrize(
    ("head", "foot", "day"),
    [
        ("", "", None),
        ("", "<footer>Copyright 2025</footer>", None),
        (
            '<meta property="article:published_time" content="2022-03-04T10:00:00Z">',
            "<footer>Copyright 2025</footer>",
            date(2022, 3, 4),
        ),
    ],
)
def test_a_page_is_dated_by_what_it_marks_as_its_date(head: str, foot: str, day: date | None) -> None:
    page = f"<html><head>{head}</head><body><article><p>{PERU} {'It was long awaited. ' * 20}</p></article>{foot}</body></html>"
    (article,) = articles_of(brought({"page.html": page.encode()}))
    assert isinstance(article, Article)
    assert article.published == day


def test_a_text_that_is_too_long_is_refused_and_the_rest_is_read(desk: Desk) -> None:
    job = done(desk, brought({"long.txt": b"tank " * (LONGEST_TEXT // 5 + 1), "peru.txt": PERU.encode()}))
    assert [one.article.id for one in job.reads] == ["peru"]
    assert "long: has more than 200,000 characters" in job.failures[0]


def test_a_page_is_fetched_and_read(own: Path) -> None:
    with pages_server() as server:
        desk = Desk(Source(own), server.permitted())
        body = f"<html><head><title>Tanks</title></head><body><article><p>Peru ordered 15 K2 tanks from South Korea. {'It was long awaited. ' * 20}</p></article></body></html>"
        server.put("/news/tanks", body.encode())
        url = server.move("/t", "/news/tanks")
        job = done(desk, inputs.page(url, "2022-01-05", desk.page))
        (found,) = job.reads
        assert (found.article.id, found.article.url) == ("127.0.0.1/news/tanks", server.url("/news/tanks"))
        assert (found.article.source, found.article.published) == ("127.0.0.1", date(2022, 1, 5))
        assert [record.quantity for record in found.records] == [15]
        server.put("/empty", b"<html></html>")
        job = done(desk, inputs.page(server.url("/empty"), "", desk.page))
        assert job.failures == ["no main text was found in the page; save the article's own page, or its text"]
        server.asked.clear()
        job = done(Desk(Source(own)), inputs.page(server.url("/news/tanks"), "", Desk(Source(own)).page))
        assert (job.reads, job.failed, server.asked) == ([], 1, [])


def endless(_: Callable[[], bool]) -> Found:
    number = 0
    while True:
        number += 1
        yield Article(f"endless/{number}", PERU)


def test_batches_take_turns_and_can_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    long = [desk.get(desk.read(Brought("long", endless))) for _ in range(desks.WORKERS)]
    short = done(desk, inputs.pasted(PERU))
    assert short.records == 1
    for job in long:
        assert job is not None
        assert job.busy
        job.stop()
    for job in long:
        assert job is not None
        assert job.ended.wait(60)
        assert job.stopped
        assert job.done < job.total


def test_so_many_batches_wait_and_no_more(desk: Desk) -> None:
    go_on = threading.Event()

    def waiting(_: Callable[[], bool]) -> Found:
        go_on.wait(60)
        yield Article("waited", PERU)

    keys = [desk.read(Brought("waiting", waiting)) for _ in range(desks.MOST_WAITING)]
    with pytest.raises(Declined, match="busy"):
        desk.read(inputs.pasted(PERU))
    go_on.set()
    for key in keys:
        job = desk.get(key)
        assert job is not None
        assert job.ended.wait(60)
    assert done(desk, inputs.pasted(PERU)).records == 1


def test_batches_under_way_share_a_bound_in_bytes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "HELD_BYTES", 100)
    with pytest.raises(Declined, match="busy"):
        desk.read(brought({"peru.txt": PERU.encode() * 3}))
    assert done(desk, inputs.pasted(PERU)).records == 1


def test_a_stopped_batch_holds_only_what_was_read(desk: Desk) -> None:
    job = Job("k", brought({f"{n}.txt": PERU.encode() for n in range(50)}), lambda found: ["new"] * len(found))
    steps = job.steps()
    while job.done < 2:
        next(steps)
    before = job.size
    job.stop()
    assert list(steps) == []
    assert (len(job.reads), len(job.opened)) == (2, 0)
    assert 0 < job.size < before / 3


def test_what_nobody_looks_at_is_let_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_HELD", 3)
    first, *_, last = [done(desk, inputs.pasted(f"{PERU} {number}")) for number in range(5)]
    assert desk.get(first.key) is None
    assert desk.get(last.key) is last
    monkeypatch.setattr(desks, "HELD_BYTES", 1)
    only = done(desk, inputs.pasted(PERU))
    assert desk.get(last.key) is None
    assert desk.get(only.key) is only


def test_a_batch_has_a_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.reading.job.MOST_ARTICLES", 3)
    job = done(desk, Brought("long", endless))
    assert (len(job.reads), job.failed) == (3, 1)
    assert "too much for one batch" in job.failures[0]


def test_a_failure_of_this_program_is_told_and_ends_the_batch_only(desk: Desk) -> None:
    def broken(_: Callable[[], bool]) -> Iterator[Article | str]:
        yield Article("whole", PERU)
        raise ZeroDivisionError

    job = done(desk, Brought("broken", broken))
    assert job.failures == ["broken: could not be read: this program failed on it"]
    assert done(desk, inputs.pasted(PERU)).records == 1


def test_articles_enter_the_register_with_their_deals(own: Path, desk: Desk) -> None:
    before = Source(own).deals()
    job = done(desk, brought({"chad.txt": CHAD.encode(), "plain.txt": b"Nothing of note in this article about the weather."}))
    assert [one.held for one in job.reads] == ["new", "new"]
    assert added(desk, job) == {"added": 2}
    assert [one.held for one in job.reads] == ["same", "same"]
    after = Source(own).deals()
    assert len(after) == len(before) + 1
    with open_register(own) as register:
        assert register.article("plain") is not None
        run = register.runs()[-1]
        assert (run["command"], run["added"]) == ("read", 2)
        assert run["finished"]
    assert added(desk, job) == {"unchanged": 2}


def test_a_claim_that_fits_joins_its_deal(own: Path, desk: Desk) -> None:
    before = Source(own).deals()
    job = done(
        desk, inputs.pasted("India ordered 36 Rafale fighters from France in 2016, an official said.", published="2016-10-01")
    )
    added(desk, job)
    after = Source(own).deals()
    assert (len(after), len(after.claims or ())) == (len(before), len(before.claims or ()) + 1)


def test_what_the_register_has_is_kept_unless_it_is_to_be_replaced(own: Path, desk: Desk) -> None:
    job = done(desk, brought({"lines.jsonl": orjson.dumps({"id": "wire/peru-2", "text": CHAD})}))
    assert [one.held for one in job.reads] == ["other"]
    assert added(desk, job) == {"kept": 1}
    assert batch.status(job) == "Nothing was added."
    with open_register(own) as register:
        held = register.article("wire/peru-2")
        assert held is not None
        assert held.text == PERU
    assert added(desk, job, replacing=True) == {"changed": 1}
    assert batch.status(job) == "Added to the register."
    with open_register(own) as register:
        held = register.article("wire/peru-2")
        assert held is not None
        assert held.text == CHAD


def test_adding_makes_a_register_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "own.sqlite"
    desk = Desk(Source(path))
    job = done(desk, inputs.pasted(PERU))
    assert added(desk, job) == {"added": 1}
    assert Source(path).count() == 1


def test_a_register_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database, but it is long enough to be looked at as one" * 40)
    desk = Desk(Source(path))
    job = done(desk, inputs.pasted(PERU))
    assert job.records == 1
    desk.add(job.key, replacing=False)
    assert job.ended.wait(60)
    assert job.added is not None
    assert "not a readable SQLite file" in job.added.problem


def test_half_a_character_is_refused_and_the_rest_is_added(desk: Desk) -> None:
    job = done(
        desk,
        brought(
            {
                "l.jsonl": b'{"id": "half", "text": "Peru ordered 15 K2 tanks. \\ud800"}\n'
                + orjson.dumps({"id": "whole", "text": PERU})
            }
        ),
    )
    counts = added(desk, job)
    assert counts.get("added") == 1


def test_a_read_only_server_reads_but_neither_adds_nor_fetches(own: Path) -> None:
    with pages_server() as server:
        desk = Desk(Source(own), server.permitted(), read_only=True)
        job = done(desk, inputs.pasted(PERU))
        assert job.records == 1
        with pytest.raises(Declined, match="read-only"):
            desk.add(job.key, replacing=True)
        job = done(desk, inputs.page(server.put("/", PERU.encode()), "", desk.page))
        assert (job.reads, job.failures) == ([], ["This server is read-only."])
        assert server.asked == []
