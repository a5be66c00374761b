"""What was checked in a register is a set that the extractor can be scored against."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors import open_register
from extractors.__main__ import main
from extractors.records.reviews import Review

TEXTS = {
    "whole": "Peru signed a contract for 15 K2 tanks from South Korea in 2021. Chile ordered 8 Leopard 2A4 tanks from Germany in 2019.",
    "partly": "Oman ordered 12 F-16 fighters from the United States in 2011. Kuwait ordered 28 Eurofighter jets from Italy in 2016.",
    "unread": "Poland ordered 96 AH-64E helicopters from the United States in 2024.",
}


@pytest.fixture
def filled(place: str, tmp_path: Path) -> str:
    articles = tmp_path / "articles.jsonl"
    articles.write_text(
        "".join(json.dumps({"id": one, "text": text, "published": "2024-09-01"}) + "\n" for one, text in TEXTS.items())
    )
    assert main(["extract", str(articles), "--register", place]) == 0
    return place


def review(place: str, article: str, *actions: Review) -> None:
    with open_register(place) as register:
        rows = register.records_of(article)
        for row, said in zip(rows, actions, strict=False):
            register.add_review(
                Review(target="record", target_id=row["record_id"], action=said.action, field=said.field, value=said.value)
            )


def said(action: str, field: str = "", value: object = None) -> Review:
    return Review(target="record", target_id="", action=action, field=field, value=value)


def test_checked_articles_are_gold_that_evaluate_takes(filled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(filled, "whole", said("correct", "quantity", 14), said("reject"))
    review(filled, "partly", said("confirm"))
    out = tmp_path / "gold"
    assert main(["gold", str(out), "--register", filled]) == 0
    assert "1 articles with 1 records written; 1 left out, for not all" in capsys.readouterr().err
    (line,) = [json.loads(text) for text in (out / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    (record,) = line["records"]
    assert (line["id"], line["published"]) == ("whole", "2024-09-01")
    assert (record["buyer"], record["seller"], record["quantity"], record["year"]) == (["PER"], ["KOR"], [14], [2021])
    assert record["evidence"] in TEXTS["whole"]
    assert main(["evaluate", str(out / "gold.jsonl"), str(out / "articles.jsonl"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["parts"]["all"]["figures"]
    # the machine finds Peru's with another number, and Chile's that the reviewer threw out
    assert [(figures[name]["right"], figures[name]["of"]) for name in ("found recall", "found precision", "tuple recall")] == [
        (1, 1), (1, 2), (0, 1),
    ]  # fmt: skip


def test_a_corrected_buyer_is_gold_by_its_code(filled: str, tmp_path: Path) -> None:
    review(filled, "unread", said("correct", "buyer", "Estonia"))
    assert main(["gold", str(tmp_path / "gold"), "--register", filled]) == 0
    line = json.loads((tmp_path / "gold" / "gold.jsonl").read_text(encoding="utf-8"))
    assert line["records"][0]["buyer"] == ["EST"]


def test_nothing_checked_is_told(filled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gold", str(tmp_path / "gold"), "--register", filled]) == 1
    assert "no article was reviewed whole: confirm" in capsys.readouterr().err
    assert not (tmp_path / "gold").exists()


def test_a_folder_that_cannot_be_written_is_told(filled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(filled, "unread", said("confirm"))
    taken = tmp_path / "taken"
    taken.write_text("x")
    assert main(["gold", str(taken), "--register", filled]) == 1
    assert "cannot be written" in capsys.readouterr().err
