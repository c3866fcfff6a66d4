"""Search in the names of the dataset: one index for the text filter and for the suggestions."""
