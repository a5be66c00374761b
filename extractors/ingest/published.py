"""Publication dates as they stand in files: ISO dates, datetimes, RFC 2822."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dateutil.parser import isoparse


def parse_published(value: Any) -> date | None:
    """The date that a cell or a front-matter value gives, `None` for an empty one; raises `ValueError` for any other text."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    if len(text) < 10:
        raise ValueError(f"published {text!r} is not a full date; write YYYY-MM-DD")
    try:
        return isoparse(text).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        raise ValueError(f"published {text!r} is not a date; write YYYY-MM-DD") from None
