"""What may be said about a join, the gravest first: the order in which it is said.

The words for people are the messages `join.warn.<code>` of layers/locales; these are for programs
and the command line.
"""

CODES: dict[str, str] = {
    "empty_layer": "layer `{layer}` has no rows",
    "no_places": "none of the {count} rows of layer `{layer}` has a place",
    "lat_lon_swapped": "latitude and longitude of layer `{layer}` ({count} rows) seem exchanged",
    "no_overlap": "layers `{left}` and `{right}` do not reach each other",
    "holds_nothing": "{count} of the {rows} rows of layer `{layer}` are points or lines, in which "
    "nothing can lie",
    "no_match": "no row of layer `{left}` matches one of `{right}`",
    "lost_on_edges": "{count} rows lie on an edge, which this predicate leaves out",
    "shared_edges": "{count} rows lie on an edge, and so match several rows of layer `{layer}`",
    "rows_multiplied": "{count} rows match several times (at most {most}): {before} rows become "
    "{after}",
    "sums_changed": "sums change with the rows: `{column}` was {before:g} and is {after:g} "
    "({count} columns)",
    "targets_overlap": "{count} pairs of rows of layer `{layer}` overlap: their part is counted "
    "in each",
    "residual": "{residual:g} of the {total:g} of `{column}` lie outside all rows and are given "
    "to none",
    "uniform_sources": "values are shared out as if each row of layer `{layer}` were uniform",
    "sums_repeat": "`{column}` must not be added up: the sources repeat the same money",
    "ties": "{count} rows have matches that are equal; chosen by the rule `{rule}`",
    "placed_at_site": "{count} rows of layer `{layer}` are drawn at their site: {pairs} pairs "
    "join by membership, which is no evidence of place",
    "possible": "{count} of {total} pairs are only possible: positions are not accurate enough, "
    "or of unknown accuracy",
    "derived_outlines": "{count} outlines of layer `{layer}` are guesses (hulls or discs)",
    "counts_by_area": "counts by rows of layer `{layer}` grow with their area: compare rates, and "
    "another grid",
    "straight_line": "distances are straight lines, not ways to walk or drive",
    "rows_left_out": "{count} rows of `{layer}` could not be read and are left out, the first is "
    "row {row}: {reason} [{finding}]; `validate` names all",
    "no_place": "{count} rows of layer `{layer}` have no place and match nothing",
    "repaired": "{count} outlines of layer `{layer}` were not valid and were mended: {before:.0f} "
    "m² became {after:.0f} m²",
    "mended_in_reading": "layer `{layer}` was changed when it was read, {count} time(s): {reason} "
    "[{finding}]",
    "not_repaired": "{count} outlines of layer `{layer}` are not valid and were taken as they are",
    "reprojected": "layer `{layer}` was reprojected from {source} to {target}",
    "geodesic": "layer `{layer}` is wider than the zone of EPSG:32645: metres are those of the "
    "ellipsoid",
    "repeated_ids": "{count} ids of layer `{layer}` stand more than once",
    "same_columns": "{count} columns have the same name in both layers (`{column}`): each stands "
    "under the name of its layer",
}
"""Code -> English sentence."""
