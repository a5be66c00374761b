"""Free text over a table: the same rows as looking at each text for itself, whatever the chunks, blocks and letters."""

from __future__ import annotations

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from dashboard.search import NAMES, SENTENCES, Texts, said_by
from dashboard.source import Source
from extractors import Review


def table(sentences: list[str], titles: list[str], names: list[str], chunk: int) -> pa.Table:
    def column(values: list[str]) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array(values[i : i + chunk], pa.string()) for i in range(0, len(values), chunk)], pa.string())

    columns = {name: column(names) for name in NAMES}
    return pa.table({**columns, SENTENCES[0]: column(sentences), SENTENCES[1]: column(titles)})


@pytest.mark.parametrize(("chunk", "together"), [(1, 1 << 17), (7, 1 << 17), (1000, 1 << 17), (7, 1), (7, 3), (1000, 200)])
def test_a_search_finds_what_looking_at_each_text_finds(chunk: int, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.search.TOGETHER", together)
    made = random.Random(chunk)
    parts = ["Jets", "jet", "Übungs", "ΑΘΗΝΑ", "", "ab", "aab", "x\ny", "Шесть", "(", ".*", "%"]
    texts = [" ".join(made.choices(parts, k=made.randint(0, 5))) for _ in range(200)]
    titles = [title for title in made.choices(texts, k=50) for _ in range(4)]
    held = table(texts, titles, made.choices(["Peru", "India", ""], k=200), chunk)
    ready = Texts(held)
    for words in (
        "jet",
        "JETS",
        "übungs",
        "αθηνα",
        "шесть",
        "ab aab",
        "(",
        ".*",
        "a",
        "x\ny",
        "PERU",
        "nowhere",
        "jets jet jets",
    ):
        assert ready.say(words).tolist() == said_by(held, words).tolist(), words
    assert ready.say("peru").any()


def test_a_text_that_says_the_words_often_is_found_once_and_the_next_one_too() -> None:
    held = table(["jet jet", "jet" * 1000, "", "a jet"], ["", "", "jet", ""], [""] * 4, 4)
    assert Texts(held).say("jet").tolist() == [True, True, True, True]
    assert Texts(held).say("jet jet").tolist() == [True, False, False, False]


def test_words_do_not_run_from_one_text_into_the_next() -> None:
    held = table(["two jets", "for Peru"], ["", ""], ["", ""], 2)
    assert not Texts(held).say("jetsfor").any()
    assert Texts(held).say("jets").tolist() == [True, False]


def test_an_empty_table_is_searched() -> None:
    assert Texts(table([], [], [], 1)).say("jets").tolist() == []


def test_several_search_at_once() -> None:
    held = table([f"sentence number {i} of many" for i in range(20_000)], [""] * 20_000, [""] * 20_000, 4096)
    ready = Texts(held)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda i: np.flatnonzero(ready.say(f"number {i} of")).tolist(), range(0, 20_000, 1_000)))
    assert found == [[i] for i in range(0, 20_000, 1_000)]


def test_a_correction_is_searched_in_the_reviewed_reading_alone(register_path: Path, tmp_path: Path) -> None:
    source = Source(Path(shutil.copy(register_path, tmp_path / "own.sqlite")))

    def found(words: str, *, machine: bool = False) -> list[str]:
        data = source.data(machine=machine)
        return [row["buyer"] for row in data.rows(data.says(words))]

    assert (found("austria"), found("italy")) == ([], ["Malta"])
    malta = source.data().rows(source.data().where("buyer", "Malta"))[0]["record_id"]
    source.review(
        Review(target="record", target_id=malta, action="correct", who="Ann", note="p. 3", field="seller", value="Austria")
    )
    assert (found("austria"), found("austria", machine=True)) == (["Malta"], [])
    assert found("ITALY", machine=True) == ["Malta"]
