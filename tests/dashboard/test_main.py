"""Starting the server: a taken port, a wrong one, and what the sample register's pages and files say."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.app import create_app, frame
from dashboard.routing import route
from dashboard.source import Source
from extractors import Article, extract, open_register


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    article = Article("a", "Peru ordered 15 K2 tanks from South Korea in 2021.")
    with open_register(path, create=True, label="sample") as register:
        register.replace(article, extract(article))
    return path


def test_a_taken_port_ends_with_advice(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--register", str(sample), "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert str(port) in said
    assert "choose another with --port" in said


def test_an_address_of_another_machine_ends_with_advice(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--register", str(sample), "--host", "192.0.2.1"]) == 1
    assert "choose another address with --host" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([f"--port={port}"])
    assert stopped.value.code == 2
    assert "give a number from 1 to 65535" in capsys.readouterr().err


def test_every_page_and_file_of_the_sample_says_so(sample: Path) -> None:
    source = Source(sample)
    record = source.data().frame["record_id"].iloc[0]
    for address in (
        "/",
        "/deals",
        "/records",
        f"/record/{record}",
        "/article/a",
        "/?buyer=XXX",
        "/?type=spoon",
        "/nowhere",
        "/record/0",
    ):
        assert route(source, address)[2] == "sample", address
    answer = create_app(sample).server.test_client().get("/download/records.csv?buyer=PER")
    assert "arms-records-sample-" in answer.headers["Content-Disposition"]


def test_off_loopback_the_pages_say_that_the_server_is_read_only() -> None:
    assert "This server is read-only." in str(frame(read_only=True).to_plotly_json())
    assert "This server is read-only." not in str(frame(read_only=False).to_plotly_json())
