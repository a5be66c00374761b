"""Arrow files mapped into memory: rows are read where they lie, and what was read need not stay in memory."""

from __future__ import annotations

import mmap
from pathlib import Path

import pyarrow as pa


class Mapped:
    """An Arrow file as a table over its bytes. The file may be deleted meanwhile, except on Windows."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.table: pa.Table = pa.ipc.open_file(pa.py_buffer(self._bytes)).read_all()

    def release(self) -> None:
        """Lets go of the pages that were read, which the operating system still has: for after a whole column was read.

        Arrays over them stay valid, for what is asked again is mapped again. Does nothing where the system has no such call.
        """
        let_go(self._bytes)


def let_go(held: mmap.mmap) -> None:
    """The same of any mapped file."""
    if hasattr(mmap, "MADV_DONTNEED"):
        held.madvise(mmap.MADV_DONTNEED)
