"""Arrays that were worked out lately: the filters that people ask for come in runs that share most of their conditions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

import numpy as np
from cachetools import LRUCache

BYTES = 24_000_000


class Kept:
    """The arrays asked for last, up to `BYTES` of them; safe to use from several threads."""

    def __init__(self) -> None:
        self._held: LRUCache[Hashable, np.ndarray] = LRUCache(BYTES, getsizeof=lambda array: int(array.nbytes) + 200)
        self._lock = threading.Lock()

    def of(self, name: Hashable, make: Callable[[], np.ndarray]) -> np.ndarray:
        """The array of this name, made if it is not held; it cannot be written to."""
        with self._lock:
            found = self._held.get(name)
        if found is None:
            found = make()
            found.flags.writeable = False
            with self._lock:
                if found.nbytes < BYTES:
                    self._held[name] = found
        return found
