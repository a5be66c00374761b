"""What was worked out lately: filters and sorts come in runs that share most of what they ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
from cachetools import LRUCache

BYTES = 48_000_000


class Kept:
    """The things asked for last, up to `BYTES` of them as their `nbytes` say; safe to use from several threads."""

    def __init__(self) -> None:
        self._held: LRUCache[Hashable, Any] = LRUCache(BYTES, getsizeof=lambda found: int(found.nbytes) + 200)
        self._lock = threading.Lock()

    def of(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What has this name, made if it is not held; an array cannot be written to."""
        with self._lock:
            found = self._held.get(name)
        if found is None:
            found = make()
            if isinstance(found, np.ndarray):
                found.flags.writeable = False
            with self._lock:
                if found.nbytes < BYTES // 2:
                    self._held[name] = found
        return found
