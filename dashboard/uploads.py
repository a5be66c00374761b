"""Registers' files that users brought: held in memory only, a bounded number of them, the least recently used out first.

A file is named by the SHA-256 of its bytes. The same file has the same address whenever it is brought, and nobody who has not had
the file can know it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from dashboard.comparison import Compared, compared
from dashboard.data import Data
from dashboard.filters import Filters
from extractors import Reference, ReferenceFileError, parse_reference

MOST_BYTES = 16 * 2**20
HELD_FILES, HELD_BYTES = 8, 2 * MOST_BYTES
# The body of a request that carries a file of that size as base64, and the page's state beside it.
MOST_BODY = MOST_BYTES * 4 // 3 + 2**20
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Held:
    """A file as read, its size in bytes, and its latest comparison with each unit of the register, with and without planned and cancelled ones."""

    reference: Reference
    size: int
    compared: dict[str, tuple[str, Compared]] = field(default_factory=dict)


class Files:
    """The files that the server holds."""

    def __init__(self, most_files: int = HELD_FILES, most_bytes: int = HELD_BYTES) -> None:
        self._most = most_files, most_bytes
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Held] = OrderedDict()

    def add(self, data: bytes, name: str) -> str:
        """Reads a file and holds it; gives its key. Raises `ReferenceFileError`."""
        reference = parse_reference(data, name)
        key = hashlib.sha256(data).hexdigest()
        with self._lock:
            self._held[key] = Held(reference, len(data))
            self._held.move_to_end(key)
            files, size = self._most
            while len(self._held) > 1 and (len(self._held) > files or sum(h.size for h in self._held.values()) > size):
                self._held.popitem(last=False)
        return key

    def get(self, key: str) -> Held | None:
        """A file that is held, or `None`."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def compared(self, key: str, data: Data, counted: Filters) -> Compared | None:
        """A held file set against the register's deals or claims that are `counted`; made once for each state of the register."""
        held = self.get(key)
        if held is None:
            return None
        kind = f"{data.noun}?{counted.query()}"
        version, found = held.compared.get(kind, ("", None))
        if found is None or version != data.version:
            found = compared(held.reference, data, counted)
            held.compared[kind] = data.version, found
        return found


def received(contents: str, name: str) -> tuple[bytes, str]:
    """The bytes of a file that a browser sent as a data URL, and its name as messages call it. Raises `ReferenceFileError`."""
    name = " ".join(name.split())[:LONGEST_NAME] or "the file"
    _, _, encoded = contents.partition("base64,")
    if len(encoded) > MOST_BYTES * 4 // 3 + 4:
        raise ReferenceFileError(too_large(name))
    try:
        return base64.b64decode(encoded, validate=True), name
    except binascii.Error:
        raise ReferenceFileError(f"{name}: did not arrive whole; choose it again") from None


def too_large(name: str) -> str:
    return f"{name}: is larger than {MOST_BYTES >> 20} MB; choose fewer states or years and download it again"
