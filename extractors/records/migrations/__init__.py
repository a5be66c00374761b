"""How a register came to its present tables, step by step. Steps are never changed after a release: a change is a new step."""
