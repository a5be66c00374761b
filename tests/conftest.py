"""Registers that tests read: made by the extractor from texts of our own, with made-up numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors import Article, extract, open_register

TEXTS = (
    (
        "wire/peru-1",
        "Peru buys gunships",
        "Peru has signed a contract with Russia for 24 Mi-35 helicopters.",
        date(2013, 12, 17),
        "Test Wire",
    ),
    ("wire/peru-2", "", "Peru ordered 15 K2 tanks from South Korea in 2021.", date(2022, 1, 5), "Test Wire"),
    (
        "trade/india-1",
        "India orders jets",
        "India ordered 36 Rafale fighters from France in 2016.",
        date(2016, 9, 24),
        "Test Trade",
    ),
    ("trade/india-2", "", "India is in talks with the United States to buy 31 MQ-9B drones.", date(2021, 6, 1), "Test Trade"),
    ("gov/norway", "", "Norway cancelled an order for 14 NH90 helicopters in 2022.", date(2022, 6, 10), ""),
    ("gov/malta", "", "Malta bought one AW139 helicopter from Italy in 2014.", date(2014, 3, 1), "=Test, Gov"),
    ("blog/group", "", "Iran delivered Zelzal-2 rockets to Hezbollah, an official said.", None, "Test Blog"),
)


@pytest.fixture(scope="session")
def register_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of seven articles, read and not to be changed."""
    path = tmp_path_factory.mktemp("register") / "test.sqlite"
    with open_register(path, create=True, label="test") as register:
        for identity, title, text, published, source in TEXTS:
            article = Article(identity, text, title, published, source, "https://example.org/" + identity)
            records = extract(article)
            assert records, f"{identity}: gave no record"
            register.replace(article, records)
    return path
