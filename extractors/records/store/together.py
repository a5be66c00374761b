"""Changes of a register that stand all together or not at all: those of one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from extractors.model import Article, Record
from extractors.records.export import to_row
from extractors.records.reviews import Review
from extractors.records.store import articles, rejoin, reviews
from extractors.records.store.errors import Unstorable
from extractors.records.store.place import Place


class Together:
    """An open transaction of the only writer. What leaves it as an exception takes back all that was done in it."""

    def __init__(self, connection: sa.Connection, place: Place) -> None:
        self._connection, self._place = connection, place

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        return articles.get(self._connection, article_id)

    def replace(self, article: Article, records: Sequence[Record]) -> str:
        """Stores an article with its records; says whether it was `added`, `changed` or `unchanged`. Raises `Unstorable`, before it
        changes anything."""
        return articles.put(self._connection, storable(self._place, article), [to_row(record) for record in records])

    def add_review(self, review: Review) -> Review:
        """Stores a review with the machine's reading of its target; raises `ReviewError` where it makes no sense."""
        rejoin.settle(self._connection)
        return reviews.add(self._connection, review)


def storable(place: Place, article: Article) -> Article:
    """The article, where the database can hold its characters; raises `Unstorable`."""
    for name in ("id", "text", "title", "source", "url"):
        text = getattr(article, name)
        if place.path is None and "\0" in text:
            raise Unstorable(f"{article.id}: its {name} holds a NUL character, which PostgreSQL cannot store; take it out")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise Unstorable(
                f"{article.id}: its {name} holds half a character (a lone surrogate); save it anew as UTF-8"
            ) from None
    return article
