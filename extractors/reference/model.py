"""The frozen types of a reference register: one row of the user's own file, and the file as a whole.

A register's row is what an institute or a state says of a transfer, kept beside the cells that it was read from. Nothing of any
register is shipped with this program: rows exist only while a file of the user's is being compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["sipri-register", "sipri-deliveries", "unroca"]


class ReferenceFileError(ValueError):
    """A reference file that cannot be used: the message names the file, the line, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One transfer as a register lists it. Empty strings and `None` mean that the register does not say.

    `row` is the line in the file where it begins; `lines` are all lines that make it up, which are several where a register has
    one line per year of delivery. `tiv` is a volume, never money. `estimated` names the fields that the register marks as
    uncertain. `cells` are the unchanged cells of each line, under the file's own header (`Reference.header`).
    """

    register: str
    row: int
    buyer: str
    seller: str
    designation: str
    description: str
    category: str
    buyer_iso3: str = ""
    seller_iso3: str = ""
    weapon_type: str = ""
    class_id: str = ""
    unroca_category: str = ""
    system_ids: tuple[str, ...] = ()
    ordered_year: int | None = None
    quantity_ordered: int | None = None
    quantity_delivered: int | None = None
    delivery_years: tuple[int, ...] = ()
    estimated: tuple[str, ...] = ()
    status: str = ""
    tiv: float | None = None
    comment: str = ""
    lines: tuple[int, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def ordered_estimated(self) -> bool:
        """Whether the register marks the year of the order as uncertain."""
        return "ordered_year" in self.estimated


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference file as read: its rows, the names of parties that no table knows, and what in it could not be read."""

    name: str
    layout: Layout
    register: str
    header: tuple[str, ...]
    rows: tuple[ReferenceRow, ...]
    unknown_parties: tuple[str, ...] = ()
    unknown_systems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
