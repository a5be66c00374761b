"""The tables behind a register and the statements on them; `extractors.records.register` is what the rest uses."""
