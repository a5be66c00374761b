"""Pure sums of stated values: only within one currency, a package's value once, and only over deals, for several articles tell of the
same money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.data import Data


@dataclass(frozen=True, slots=True)
class Total:
    """The values stated in one currency: their `total`, over `stated` deals that give one.

    Of the total, `packages` is what whole packages cost, each counted once: a package can hold other things as well.
    """

    currency: str
    total: float
    packages: float
    stated: int


def totals(data: Data, rows: np.ndarray) -> list[Total]:
    """The values of the deals under a mask, by currency; the currency with the most deals first."""
    values = data.numbers("value")
    places = np.flatnonzero(rows & ~np.isnan(values))
    currency, package = data.coded("currency"), data.coded("package_id")
    whole = np.array([bool(one) for one in package.values.to_pylist()], dtype=bool)[package.codes[places]]
    # The first deal of each package carries its value.
    counts = ~whole
    counts[np.flatnonzero(whole)[np.unique(package.codes[places][whole], return_index=True)[1]]] = True
    scope = data.coded("value_scope")
    of_package = np.array([one == "package" for one in scope.values.to_pylist()], dtype=bool)[scope.codes[places]]
    codes, wide = currency.codes[places], len(currency.values)

    def total(kept: np.ndarray) -> np.ndarray:
        return np.bincount(codes, weights=np.where(kept, values[places], 0.0), minlength=wide)

    stated, sums, packages = np.bincount(codes, minlength=wide), total(counts), total(counts & of_package)
    made = [
        Total(str(currency.values[code]), float(sums[code]), float(packages[code]), int(stated[code]))
        for code in np.flatnonzero(stated)
    ]
    return sorted(made, key=lambda one: (-one.stated, one.currency))
