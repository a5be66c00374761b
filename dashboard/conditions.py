"""What a filter asks of a row, in a form that can be asked of rows and of combinations of values alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.data import Data


@dataclass(frozen=True, slots=True)
class Condition:
    """Of the filter key `key`: a row meets it by any of the facets in `chosen` (facet -> boolean per key of it), or by being one of
    `rows`; with `dropped` by none of them. `name` is the key, `dropped` and the values: equal conditions of one `Data` have equal names."""

    key: str
    name: tuple[str | bool, ...]
    dropped: bool
    chosen: Mapping[str, np.ndarray] = field(default_factory=dict)
    rows: np.ndarray | None = None

    def over(self, data: Data) -> np.ndarray:
        """One boolean per row of `data`."""
        found = self.rows
        for facet, keys in self.chosen.items():
            held = data.facets[facet].having(keys)
            found = held if found is None else found | held
        assert found is not None
        return ~found if self.dropped else found

    def within(self, facets: Collection[str]) -> bool:
        """Whether it asks of these facets alone."""
        return self.rows is None and all(facet in facets for facet in self.chosen)

    def over_combinations(self, data: Data, parts: Mapping[str, np.ndarray]) -> np.ndarray:
        """One boolean per combination; `parts` are the codes of each facet that combinations have."""
        found = np.zeros(len(next(iter(parts.values()))), dtype=bool)
        for facet, keys in self.chosen.items():
            found |= data.facets[facet].by_code(keys)[parts[facet]]
        return ~found if self.dropped else found
