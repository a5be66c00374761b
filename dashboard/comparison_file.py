"""The rows of one outcome of a comparison as files, with what they are and whose terms they stay under."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from dashboard import csvw, downloads
from dashboard.batches import array, schema_of
from dashboard.compare_address import FOUND, Shown
from dashboard.comparison import Compared
from dashboard.data import Data
from dashboard.sheets import Sheet
from extractors import COMPARED, Column

PATH = "/download/comparison"
DTYPES = {"str": "string"}
COLUMNS = tuple(Column(name, DTYPES.get(dtype, dtype), words) for name, (dtype, words) in COMPARED.items())
TERMS = (
    "What a register says stays under its publisher's terms, which the file that you brought came with. Of the articles' side: "
)


def sheet_of(shown: Shown, found: Compared, data: Data, query: str) -> Sheet:
    """The rows that an address of the Compare page shows."""
    rows = found.table[found.rows(shown.filters) & found.outcome(FOUND[shown.found])]
    title = f"{data.noun.title()}s of arms transfers beside a register of your own: {FOUND[shown.found]}"

    def facts() -> dict[str, str]:
        told = csvw.facts(data, downloads.without_saved(query))
        return {**told, "title": title, "rows": str(len(rows)), "rights": TERMS + told["rights"]}

    return Sheet(
        path=PATH,
        file="comparison",
        label=data.label,
        description="One row for each row of the register, of the articles, or of both where they match",
        columns=COLUMNS,
        batch=batch(rows),
        facts=facts,
    )


def batch(rows: pd.DataFrame) -> pa.RecordBatch:
    """Rows of the comparison's frame as a record batch."""
    return pa.RecordBatch.from_arrays([array(rows[column.name], column) for column in COLUMNS], schema=schema_of(COLUMNS))
