"""Hostile, broken and good files, and what each must give: `tests.corpus.table.cases()`."""
