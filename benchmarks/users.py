"""Thirty users at once over HTTP, each with two seconds' thinking time, against the real server; and the memory that it took.

python -m benchmarks.users REGISTER WALKS

WALKS is a JSON file with a list of queries for each user. A user changes a filter by the two requests that a browser posts, the second
when the first is answered, on a connection that stays open, and reads compressed answers to the end without unpacking them.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path
from typing import Any

import urllib3

from benchmarks import callbacks
from benchmarks.server import Served, serving
from benchmarks.timing import spread

THINKING = 2.0
HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd", "Content-Type": "application/json"}


class User:
    """One analyst; `waits` are the milliseconds of each request, `changes` those of each changed filter until the page stands."""

    def __init__(self, served: Served, queries: list[str], seed: int) -> None:
        self.address, self.queries, self.made = served.address, queries, random.Random(seed)
        self.opened = any("region" in query for query in queries)
        self.pool = urllib3.connection_from_url(self.address, maxsize=1)
        self.waits: list[float] = []
        self.changes: list[float] = []
        self.bytes = 0

    def post(self, body: dict[str, Any]) -> float:
        begun = time.perf_counter()
        answer = self.pool.request(
            "POST",
            callbacks.PATH,
            body=json.dumps(body),
            headers=HEADERS,
            preload_content=False,
            decode_content=False,
            retries=False,
        )
        self.bytes += len(answer.read(decode_content=False))
        answer.release_conn()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {body['inputs']}")
        return (time.perf_counter() - begun) * 1_000

    def change(self, before: str, after: str) -> None:
        waits = [self.post(body) for body in callbacks.bodies(before, after, self.address, opened=self.opened)]
        self.waits += waits
        self.changes.append(sum(waits))

    def walk(self) -> None:
        # Users come at their own times, and think between one second and three.
        time.sleep(self.made.uniform(0, THINKING))
        for before, after in zip(self.queries, self.queries[1:], strict=False):
            self.change(before, after)
            time.sleep(self.made.uniform(THINKING / 2, THINKING * 1.5))


def measure(register: Path, walks: list[list[str]]) -> dict[str, Any]:
    with serving(register) as served:
        began = time.perf_counter()
        first = User(served, walks[0][::-1], 0)
        first.post(callbacks.redraw(""))
        opened = (time.perf_counter() - began) * 1_000
        start = served.megabytes()
        for before, after in zip(first.queries[:6], first.queries[1:6], strict=False):
            first.change(before, after)
        users = [User(served, queries, seed) for seed, queries in enumerate(walks)]
        threads = [threading.Thread(target=user.walk) for user in users]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
        waits, changes = [w for user in users for w in user.waits], [c for user in users for c in user.changes]
        if len(changes) != sum(len(queries) - 1 for queries in walks):
            raise RuntimeError("a user was not answered")
        return {
            "users": len(users), "seconds": seconds, "opened": opened, "request": spread(waits), "change": spread(changes),
            "kilobytes": sum(user.bytes for user in users) / len(changes) / 1_000, "started": start, "megabytes": served.megabytes(),
        }  # fmt: skip


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))), sys.stdout)
