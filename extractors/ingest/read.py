"""Files and folders -> articles, in a fixed order; what cannot be read becomes a failure with its place and remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.ingest.formats import READERS, Draft, Fault
from extractors.ingest.published import parse_published
from extractors.ingest.text import Unreadable, decoded, read_text
from extractors.model import Article

# Files beside articles that are not articles.
NOT_ARTICLES = frozenset(("readme.md", "license.txt", "requirements.txt"))


# Article id -> the digest of its title and text, and the file that gave it.
Seen = dict[str, tuple[str, Path]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, or (with `warning`) was read with something left out."""

    path: Path
    place: str
    reason: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}{f', {self.place}' if self.place else ''}: {self.reason}"


def files_of(path: Path) -> list[tuple[Path, str]]:
    """The readable files of an input with the id that each takes from its path: below the folder, without suffix."""
    if path.is_dir():
        found = [
            p
            for p in sorted(path.rglob("*"))
            if p.is_file() and p.suffix.lower() in READERS and p.name.lower() not in NOT_ARTICLES
        ]
        return [(p, p.relative_to(path).with_suffix("").as_posix()) for p in found]
    return [(path, path.stem)]


def read_inputs(paths: Iterable[Path], published: date | None = None) -> Iterator[Article | Failure]:
    """Articles of all inputs in order; `published` serves those that give no date of their own."""
    seen: Seen = {}
    for path in paths:
        if not path.exists():
            yield Failure(path, "", "no such file or folder; check the name")
            continue
        files = files_of(path)
        if not files:
            yield Failure(path, "", f"no article in this folder; it needs files that end in {', '.join(READERS)}")
        for file, identity in files:
            for found in read_file(file, identity, published):
                yield distinct(found, file, seen)


def distinct(found: Article | Failure, file: Path, seen: Seen) -> Article | Failure:
    """An article, unless its id already stands for another text; `seen` is filled."""
    if isinstance(found, Failure):
        return found
    digest = hashlib.sha256(f"{found.title}\0{found.text}".encode("utf-8", "surrogatepass")).hexdigest()
    known = seen.setdefault(found.id, (digest, file))
    if known[0] != digest:
        return Failure(file, "", f"the id {found.id!r} stands for another text in {known[1]}; give one of them another id")
    return found


def read_bytes(data: bytes, name: str, published: date | None = None, seen: Seen | None = None) -> Iterator[Article | Failure]:
    """The articles of a file that is given by its bytes and name, as `read_inputs` reads it from a disk.

    Give several files of one batch the same `seen`: an id that stands for two texts is a failure then.
    """
    path, known = Path(name), {} if seen is None else seen
    for found in parsed(path, path.stem, published, lambda: decoded(data)):
        yield distinct(found, path, known)


def read_file(path: Path, identity: str, published: date | None) -> Iterator[Article | Failure]:
    """The articles of one file."""
    yield from parsed(path, identity, published, lambda: read_text(path))


def parsed(path: Path, identity: str, published: date | None, text_of: Callable[[], str]) -> Iterator[Article | Failure]:
    """The articles in a file's text, read in the way that its suffix asks for."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        yield Failure(path, "", f"files of this kind are not read; use one of {', '.join(READERS)}")
        return
    try:
        text = text_of()
    except Unreadable as error:
        yield Failure(path, "", str(error))
        return
    for found in reader(text):
        if isinstance(found, Fault):
            yield Failure(path, found.place, found.reason)
        else:
            yield from article(found, path, identity, published)


def article(draft: Draft, path: Path, identity: str, published: date | None) -> Iterator[Article | Failure]:
    """The article of a draft; an unreadable date is a warning, and the article counts as undated."""
    own = None
    try:
        own = parse_published(draft.published)
    except ValueError as error:
        yield Failure(path, draft.place, f"{error}; the article is read without a date", warning=True)
    yield Article(draft.id or identity, draft.text, str(draft.title), own or published, str(draft.source), str(draft.url))
