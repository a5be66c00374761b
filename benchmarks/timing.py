"""Clocks: wall time and processor time of the same work, their median, 95th percentile and mean, in milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

Asked = TypeVar("Asked")


def spread(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and mean; `times` is how many."""
    return {
        "median": statistics.median(times),
        "p95": float(np.percentile(times, 95)),
        "mean": statistics.fmean(times),
        "times": len(times),
    }


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


def clocked(work: Callable[[Asked], Any], asked: Iterable[Asked]) -> dict[str, dict[str, float]]:
    """The work for each thing asked: `wall` and, of this process, `cpu`."""
    wall, cpu = [], []
    for one in asked:
        spent, begun = time.process_time(), time.perf_counter()
        work(one)
        wall.append((time.perf_counter() - begun) * 1_000)
        cpu.append((time.process_time() - spent) * 1_000)
    return {"wall": spread(wall), "cpu": spread(cpu)}
