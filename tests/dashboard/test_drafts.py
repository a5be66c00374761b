"""Records of a batch are corrected before they are added: what is said stands beside the machine's reading, and is stored as a whole."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.components import batch, read_files
from dashboard.pages import read
from dashboard.read_address import Shown
from dashboard.reading import adding, inputs
from dashboard.reading.desk import Declined, Desk
from dashboard.reading.drafts import LONGEST
from dashboard.reading.inputs import Brought
from dashboard.reading.job import DRAFT_BYTES, Job
from dashboard.source import Source
from extractors import Article, Register, Review, ReviewError, extract, open_register
from tests.dashboard.test_compare_page import texts
from tests.dashboard.test_reading import CHAD, PERU, brought, done


@pytest.fixture
def own(register_path: Path, tmp_path: Path) -> Path:
    """A copy of the test register, to be changed."""
    return Path(shutil.copy(register_path, tmp_path / "own.sqlite"))


@pytest.fixture
def desk(own: Path) -> Desk:
    return Desk(Source(own))


def record_of(job: Job, place: int = 0) -> str:
    return job.reads[place].records[0].record_id


def correct(desk: Desk, job: Job, field: str, value: str, *, place: int = 0, note: str = "p. 3") -> None:
    desk.say(job.key, record_of(job, place), "correct", {"field": field, "value": value, "note": note})


def told(job: Job, form: str = "csv") -> list[dict[str, Any]]:
    """The rows of a download."""
    data = b"".join(read_files.pieces(job, form, raw=True))
    if form == "parquet":
        found: list[dict[str, Any]] = pq.read_table(pa.BufferReader(data)).to_pylist()
        return found
    if form == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return list(orjson.loads(data)) if form == "json" else [orjson.loads(line) for line in data.splitlines()]


def add(desk: Desk, job: Job, who: str = "Ann", *, replacing: bool = False) -> None:
    desk.add(job.key, replacing=replacing, typed={"who": who})
    assert job.ended.wait(60)


def said(desk: Desk, job: Job) -> str:
    return " ".join(texts(read.layout(desk, Shown(job.key).address().partition("?")[2])))


def test_corrected_values_are_marked_beside_what_the_machine_read(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    correct(desk, job, "quantity", "12")
    correct(desk, job, "buyer", "Chile")
    correct(desk, job, "system", "Leopard 2A4")
    shown = said(desk, job)
    assert "Chile: 12 Leopard 2A4 from South Korea, ordered" in shown
    for words in ("15 (read as 15)", "Peru (read as Peru)", "Quantity set to 12 (it was read as 15)", "p. 3", "corrected"):
        assert words in shown
    assert "<mark" not in shown
    (row,) = job.rows(job.reads[0])
    assert (row["buyer_iso3"], row["quantity_note"], row["review"]) == ("CHL", "exact", "corrected")
    assert job.reads[0].rows()[0]["quantity"] == 15


def test_a_correction_takes_the_place_of_an_earlier_one_and_can_be_taken_back(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    before = job.size
    for number in ("12", "13", "14"):
        correct(desk, job, "quantity", number)
    desk.say(job.key, record_of(job), "confirm", {})
    desk.say(job.key, record_of(job), "reject", {"note": "not a deal"})
    assert job.drafts() == 2
    assert job.size == before + 2 * DRAFT_BYTES
    assert job.rejected() == 1
    desk.take_back(job.key, record_of(job), "record")
    assert [(row["quantity"], row["review"]) for row in told(job)] == [("14", "corrected")]
    desk.take_back(job.key, record_of(job), "quantity")
    assert [(row["quantity"], row["review"], row["machine"]) for row in told(job)] == [("15", "", "")]
    assert (job.drafts(), job.size) == (0, before)


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "parquet"])
def test_every_download_carries_what_was_said(desk: Desk, form: str) -> None:
    job = done(desk, brought({"a.txt": PERU.encode(), "b.txt": CHAD.encode(), "c.txt": b"The weather was fine."}))
    correct(desk, job, "status", "delivered")
    desk.say(job.key, record_of(job, 1), "reject", {"note": "a rumour"})
    (row,) = told(job, form)
    assert (row["buyer"], row["status"], row["review"]) == ("Peru", "delivered", "corrected")
    assert orjson.loads(row["machine"]) == {"status": "ordered"}
    assert [column.name for column in read_files.TOLD][-2:] == ["review", "machine"]
    assert "1 rejected is left out." in said(desk, job)


def test_a_download_of_nothing_is_whole_in_every_form(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    desk.say(job.key, record_of(job), "reject", {"note": "a rumour"})
    assert [told(job, form) for form in ("csv", "jsonl", "json", "parquet")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("action", "typed", "words"),
    [
        ("reject", {}, "Say why first"),
        ("correct", {"note": "x"}, "Choose the field"),
        ("correct", {"note": "x", "field": "quantity", "value": "many"}, "is not a whole number"),
        ("correct", {"note": "x", "field": "year", "value": "1066"}, "year lies between 1900 and 2200"),
        ("correct", {"note": "x", "field": "status", "value": "lost"}, "is none of: planned"),
        ("correct", {"note": "x", "field": "deal_type", "value": "gift"}, "is none of: sale"),
        ("correct", {"note": "x", "field": "system", "value": ""}, "reject it instead"),
        ("correct", {"note": "x" * (LONGEST + 1), "field": "year", "value": "2020"}, "Say it shorter"),
        ("merge", {"note": "x", "other": "1"}, "nothing to do to a record"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(desk: Desk, action: str, typed: dict[str, str], words: str) -> None:
    job = done(desk, inputs.pasted(PERU))
    with pytest.raises(ReviewError, match=words):
        desk.say(job.key, record_of(job), action, typed)
    assert job.drafts() == 0


def test_a_record_that_is_not_held_is_said(desk: Desk) -> None:
    job = done(desk, inputs.pasted(PERU))
    for key, record in (("none", record_of(job)), (job.key, "none")):
        with pytest.raises(Declined, match="does not hold this record"):
            desk.say(key, record, "confirm", {})
    job.begin()
    with pytest.raises(Declined, match="under way"):
        desk.take_back(job.key, record_of(job), "record")


def test_corrections_are_stored_as_reviews_with_their_articles(own: Path, desk: Desk) -> None:
    job = done(desk, brought({"a.txt": CHAD.encode(), "b.txt": PERU.encode()}))
    correct(desk, job, "quantity", "6")
    desk.say(job.key, record_of(job, 1), "reject", {"note": "told before"})
    with pytest.raises(ReviewError, match="Say who you are first"):
        desk.add(job.key, replacing=False, typed={"who": " "})
    with open_register(own) as register:
        assert register.reviews() == []
        assert register.article("a") is None
    add(desk, job)
    assert job.added is not None
    assert (job.added.problem, job.added.reviews) == ("", 2)
    with open_register(own) as register:
        stored = register.reviews()
    assert [(one.action, one.field, one.value, one.note, one.who) for one in stored] == [
        ("correct", "quantity", 6, "p. 3", "Ann"),
        ("reject", "", None, "told before", "Ann"),
    ]
    assert stored[0].machine["quantity"] == 4
    claims = Source(own).data()
    assert [row["quantity"] for row in claims.rows(claims.where("article_id", "a"))] == [6]
    assert len(claims.where("article_id", "b")) == 0
    shown = said(desk, job)
    assert "2 articles added; 2 reviews stored." in shown
    assert "All of it is in the register" in shown
    assert "by Ann" in " ".join(texts(read.layout(desk, f"job={job.key}&article=1")))
    assert [row["quantity"] for row in told(job)] == ["6"]


def test_what_is_said_after_adding_can_be_added_too(own: Path, desk: Desk) -> None:
    job = done(desk, inputs.pasted(CHAD))
    add(desk, job, "")
    correct(desk, job, "quantity", "6")
    assert "Add 1 review to the register" in said(desk, job)
    add(desk, job)
    correct(desk, job, "quantity", "7")
    assert [row["quantity"] for row in told(job)] == ["7"]
    with open_register(own) as register:
        assert [one.value for one in register.reviews()] == [6]


def test_a_kept_article_s_corrections_wait_with_it(own: Path, desk: Desk) -> None:
    job = done(desk, brought({"lines.jsonl": orjson.dumps({"id": "wire/peru-2", "text": CHAD})}))
    correct(desk, job, "quantity", "6")
    add(desk, job)
    assert (job.added.counts["kept"], job.added.reviews, job.drafts()) == (1, 0, 1) if job.added else False
    with open_register(own) as register:
        assert register.reviews() == []
    add(desk, job, replacing=True)
    assert job.drafts() == 0
    with open_register(own) as register:
        assert [one.value for one in register.reviews()] == [6]


def test_where_one_review_cannot_be_stored_nothing_is(own: Path, desk: Desk) -> None:
    job = done(desk, brought({"a.txt": CHAD.encode(), "b.txt": PERU.encode()}))
    correct(desk, job, "quantity", "6")
    correct(desk, job, "quantity", "16", place=1)
    wrong = Review(target="record", target_id=record_of(job, 1), action="correct", field="spans", value="x", note="x")
    job.say(record_of(job, 1), job.said[record_of(job, 1)].saying(wrong))
    add(desk, job)
    assert job.added is not None
    assert "no column of a record that can be corrected" in job.added.problem
    assert batch.status(job) == "Nothing was added."
    assert job.drafts() == 3
    with open_register(own) as register:
        assert (register.reviews(), register.article("a"), register.article("b")) == ([], None, None)
        assert register.runs()[-1]["added"] == 0


def test_a_batch_that_is_stopped_while_it_is_added_leaves_nothing(own: Path, desk: Desk) -> None:
    job = done(desk, Brought("many", lambda _: iter([Article(f"many/{n}", f"{PERU} {n}") for n in range(40)])))
    correct(desk, job, "quantity", "16")
    steps = adding.steps(job, Source(own).path, replacing=False, who="Ann")
    next(steps)
    job.stop()
    assert list(steps) == []
    assert job.added is not None
    assert "added as a whole or not at all" in job.added.problem
    with open_register(own) as register:
        assert register.article("many/0") is None
        assert register.runs()[-1]["finished"]
    assert job.drafts() == 1
    job.end()
    add(desk, job)
    with open_register(own) as register:
        assert len(register.reviews()) == 1
        assert register.article("many/39") is not None


def test_a_read_only_server_corrects_and_hands_out_but_adds_nothing(own: Path) -> None:
    desk = Desk(Source(own), read_only=True)
    job = done(desk, inputs.pasted(PERU))
    correct(desk, job, "year", "2020", note="")
    assert [(row["year"], row["review"]) for row in told(job)] == [("2020", "corrected")]
    shown = said(desk, job)
    assert "Check or correct this record" in shown
    assert "to the register" not in shown.replace("anything to the register", "").replace("added to its register", "")
    assert "Your name" not in shown
    with pytest.raises(Declined, match="read-only"):
        desk.add(job.key, replacing=False, typed={"who": "Ann"})


def test_a_register_takes_many_changes_or_none(own: Path) -> None:
    article = Article("whole/1", CHAD)

    def changed(register: Register) -> None:
        with register.together() as changes:
            assert changes.replace(article, extract(article)) == "added"
            assert changes.article("whole/1") == article
            raise ZeroDivisionError

    with open_register(own) as register:
        with pytest.raises(ZeroDivisionError):
            changed(register)
        assert register.article("whole/1") is None
