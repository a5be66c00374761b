"""Views over records made up for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash.development.base_component import Component

from dashboard.data import Data, prepare
from extractors import Record
from extractors.records.export import to_row
from extractors.records.store.arrow import RECORD_SCHEMA, table_of


def claims_of(records: Iterable[Record]) -> Data:
    """A view that counts these records."""
    return prepare(table_of([to_row(one) for one in records], RECORD_SCHEMA))


def data_of(*rows: dict[str, Any]) -> Data:
    """A view that counts claims with these values, each second one of an article."""
    blank = {"buyer": "", "system": "x"}
    return claims_of(Record(record_id=f"{i:016x}", **{"article_id": f"a{i % 2}", **blank, **row}) for i, row in enumerate(rows))


def parts(component: Any) -> list[Component]:
    """A component and all within it."""
    if isinstance(component, (list, tuple)):
        return [one for each in component for one in parts(each)]
    return [component, *parts(getattr(component, "children", None))] if isinstance(component, Component) else []


def attributes(component: Any, name: str) -> list[Any]:
    return [getattr(one, name) for one in parts(component) if getattr(one, name, None) is not None]


def links(component: Any) -> list[str]:
    return attributes(component, "href")
