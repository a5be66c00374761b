"""What was worked out lately: filters and sorts come in runs that share most of what they ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import Any

import numpy as np
from cachetools import LRUCache

BYTES = 48_000_000


class Kept:
    """The things asked for last, up to `BYTES` of them and their names; safe to use from several threads."""

    def __init__(self) -> None:
        self._held: LRUCache[Hashable, tuple[Any, int]] = LRUCache(BYTES, getsizeof=itemgetter(1))
        self._lock = threading.Lock()

    def of(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What has this name, made if it is not held; an array cannot be written to."""
        with self._lock:
            held = self._held.get(name)
        if held is not None:
            return held[0]
        found = make()
        if isinstance(found, np.ndarray):
            found.flags.writeable = False
        # Words that are looked for stand in names, which can be long.
        size = int(found.nbytes) + len(repr(name)) + 200
        with self._lock:
            if size < BYTES // 2:
                self._held[name] = found, size
        return found
