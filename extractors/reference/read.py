"""A reference file -> its rows: the layout is told from the header, each cell is read, and what cannot be read is noted.

Deliveries of one deal, which one layout lists a line each, become one row. Nothing is dropped silently: a line that names no
party or no weapon is noted with its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from extractors.reference.cells import count, flagged, tidy, volume, years
from extractors.reference.model import Reference, ReferenceFileError, ReferenceRow
from extractors.reference.parties import Party, party
from extractors.reference.sheet import Line, Sheet, sheet
from extractors.reference.weapons import weapon

MOST_NOTES = 50


def read_reference(path: Path | str) -> Reference:
    """The rows of a user's register file; raises `ReferenceFileError`, whose message names file, line and remedy."""
    path = Path(path)
    if path.is_dir():
        raise ReferenceFileError(f"{path}: is a folder; name the file inside it")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReferenceFileError(f"{path}: no such file; check the name") from None
    except OSError as error:
        raise ReferenceFileError(f"{path}: {error.strerror}; check the name and the permissions") from error
    return parse_reference(data, str(path))


def parse_reference(data: bytes, name: str) -> Reference:
    """The rows of a register in a file's bytes, as a page gets them; `name` is what messages call it."""
    table = sheet(data, name)
    reader = Reader(table)
    rows = [row for line in table.lines if (row := reader.row(line)) is not None]
    layout = table.columns.kind.layout
    if layout == "sipri-deliveries":
        rows = joined(rows, reader.ids)
    if not rows:
        raise ReferenceFileError(
            f"{name}, lines below {table.lines[0].number - 1}: no row names a party and a weapon; choose the file as it was downloaded"
        )
    return Reference(
        name=name,
        layout=layout,
        register=table.columns.kind.register,
        header=table.header,
        rows=tuple(rows),
        unknown_parties=tuple(sorted(reader.unknown)),
        unknown_systems=tuple(sorted({r.designation for r in rows if r.designation and not r.system_ids})),
        notes=tuple(reader.notes[:MOST_NOTES]),
    )


class Reader:
    """Reads the lines of one table; collects names that no table knows, and notes."""

    def __init__(self, table: Sheet) -> None:
        self.columns = table.columns
        self.header = table.header
        self.decimal_comma = table.delimiter == ";"
        self.unknown: set[str] = set()
        self.notes: list[str] = []
        self.ids: dict[int, str] = {}

    def row(self, line: Line) -> ReferenceRow | None:
        """A line as a row; `None`, with a note, where it names neither party nor weapon."""
        doubts = {field for place, field in self.columns.marks.items() if flagged(line.cells[place])}
        buyer, seller = self.parties(line)
        designation, description, category = (self.cell(line, f) for f in ("designation", "description", "category"))
        if not (buyer.name or seller.name) or not (designation or description or category):
            self.note(line, "names no party or no weapon; left out")
            return None
        un = self.columns.kind.layout == "unroca"
        found = weapon(designation, description, category)
        delivered = self.years(line, "year" if un else "delivery_years", doubts, "delivery_years")
        ordered = self.years(line, "ordered_year", doubts, "ordered_year")
        self.ids[line.number] = self.cell(line, "deal_id")
        return ReferenceRow(
            register=self.columns.kind.register,
            row=line.number,
            buyer=buyer.name,
            seller=seller.name,
            designation=designation,
            description=description,
            category=category,
            buyer_iso3=buyer.iso3,
            seller_iso3=seller.iso3,
            weapon_type=found.weapon_type,
            class_id=found.class_id,
            unroca_category=found.unroca_category,
            system_ids=found.system_ids,
            ordered_year=ordered[0] if ordered else None,
            quantity_ordered=self.count(line, "quantity_ordered", doubts, "quantity_ordered"),
            quantity_delivered=self.count(line, "items" if un else "quantity_delivered", doubts, "quantity_delivered"),
            delivery_years=delivered,
            estimated=tuple(sorted(doubts)),
            status=self.cell(line, "status"),
            tiv=volume(self.cell(line, "tiv"), decimal_comma=self.decimal_comma),
            comment=self.cell(line, "comment"),
            lines=(line.number,),
            cells=(line.cells,),
        )

    def cell(self, line: Line, field: str) -> str:
        place = self.columns.places.get(field)
        return "" if place is None else tidy(line.cells[place])

    def note(self, line: Line, text: str) -> None:
        self.notes.append(f"line {line.number}: {text}")

    def parties(self, line: Line) -> tuple[Party, Party]:
        """Buyer and seller; of a state's own report one of them is the state that reports."""
        if self.columns.kind.layout != "unroca":
            return self.party(line, "buyer"), self.party(line, "seller")
        reporter, partner = self.party(line, "reporter"), self.party(line, "partner")
        importer, exporter = self.party(line, "importer"), self.party(line, "exporter")
        imports = self.cell(line, "direction").lower().startswith("import")
        exports = self.cell(line, "direction").lower().startswith("export")
        if not (imports or exports):
            imports, exports = bool(exporter.name) and not importer.name, bool(importer.name) and not exporter.name
        if imports:
            return (importer if importer.name else reporter), (exporter if exporter.name else partner)
        if exports:
            return (importer if importer.name else partner), (exporter if exporter.name else reporter)
        if partner.name:
            self.note(line, "does not say whether it is an import or an export; read as an export")
            return partner, reporter
        return importer, exporter

    def party(self, line: Line, field: str) -> Party:
        found = party(self.cell(line, field))
        if not found.known:
            self.unknown.add(found.name)
        return found

    def count(self, line: Line, field: str, doubts: set[str], marked: str) -> int | None:
        cell = self.cell(line, field)
        found = count(cell)
        if not found.readable:
            self.note(line, f"the number {cell!r} under {self.named(field)!r} is not read")
        if found.doubt:
            doubts.add(marked)
        return found.value

    def years(self, line: Line, field: str, doubts: set[str], marked: str) -> tuple[int, ...]:
        cell = self.cell(line, field)
        found = years(cell)
        if not found.readable:
            self.note(line, f"the year {cell!r} under {self.named(field)!r} is not read")
        if found.doubt:
            doubts.add(marked)
        return found.values

    def named(self, field: str) -> str:
        return self.header[self.columns.places[field]].strip()


def joined(rows: Iterable[ReferenceRow], ids: dict[int, str]) -> list[ReferenceRow]:
    """Lines of deliveries as deals: those of one deal number, or without numbers of one order, become one row."""
    deals: dict[tuple[object, ...], list[ReferenceRow]] = defaultdict(list)
    for row in rows:
        number = ids[row.row]
        order = (row.buyer, row.seller, row.designation, row.description, row.ordered_year, row.status)
        deals[(number, row.buyer, row.seller, row.designation) if number else order].append(row)
    return [one(parts) for parts in deals.values()]


def one(parts: Sequence[ReferenceRow]) -> ReferenceRow:
    """The deliveries of a deal as one row: numbers and volumes add up, years and marks are joined."""
    first = parts[0]
    if len(parts) == 1:
        return first
    numbers = [p.quantity_delivered for p in parts if p.quantity_delivered is not None]
    volumes = [p.tiv for p in parts if p.tiv is not None]
    fields = {name: getattr(first, name) for name in ReferenceRow.__slots__}
    fields["quantity_delivered"] = sum(numbers) if numbers else None
    fields["delivery_years"] = tuple(sorted({year for p in parts for year in p.delivery_years}))
    fields["estimated"] = tuple(sorted({mark for p in parts for mark in p.estimated}))
    fields["tiv"] = round(sum(volumes), 6) if volumes else None
    fields["lines"] = tuple(p.row for p in parts)
    fields["cells"] = tuple(p.cells[0] for p in parts)
    return ReferenceRow(**fields)
