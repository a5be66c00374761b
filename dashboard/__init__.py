"""The browser side: reads a register through the extractors' public verbs and draws it."""
