"""Why a join is refused: code, what is wrong, what to do. The words for people are by code."""

from geo.errors import JoinError

CODES: dict[str, tuple[str, str]] = {
    "options": ("{options}", "correct these options"),
    "unknown_engine": ("there is no engine `{found}`", "choose one of {allowed}"),
    "too_many_pairs": (
        "{found} pairs of rows would have to be compared one by one; the limit is {limit}",
        "choose a predicate that asks the rows to meet, or smaller layers",
    ),
    "unknown_layer": (
        "`{found}` is neither a layer of the dataset nor a file",
        "name one of {allowed}, or an existing file",
    ),
    "overwrites_input": (
        "`{file}` is one of the files that the join reads, and would be lost",
        "name another file to write",
    ),
    "same_name": (
        "two inputs are called `{file}` and are not the same, or not read in the same way: the "
        "provenance knows them by their names",
        "rename one of them, or a copy of it",
    ),
    "name_not_text": (
        "the name of the file `{file}` is not text in UTF-8",
        "rename it",
    ),
    "input_changed": (
        "`{file}` was changed while it was being read",
        "join again when nothing writes to it",
    ),
    "no_geometry": ("layer `{layer}` has no geometries", "join a layer with places"),
    "only_for_files": (
        "`{option}` is {found}, and there is no file to be read so",
        "leave it out, or name a file",
    ),
    "not_readable": ("`{layer}` cannot be read: {reason}", "{action}"),
    "no_crs": (
        "layer `{layer}` does not say in which coordinate system it is; it may be {offer}",
        "name it: {option}=EPSG:n",
    ),
    "bad_crs": (
        "`{option}` is {found}, which is no known coordinate system with positions on a map",
        "name it as EPSG:n",
    ),
    "no_column": (
        "`{option}` names the column `{column}`; layer `{layer}` has none of that name",
        "choose one of its columns: {allowed}",
    ),
    "repeated_column": (
        "the column `{column}` stands twice in layer `{layer}`",
        "rename one of them",
    ),
    "name_taken": (
        "layer `{layer}` has a column `{column}` already, the name that a result would have",
        "rename it, or leave that figure out",
    ),
    "not_numeric": (
        "`{option}`: column `{column}` of layer `{layer}` holds no numbers",
        "choose count, unique, mode or concat, or another column",
    ),
    "invalid_geometry": (
        "{count} row(s) of layer `{layer}` have outlines that are not valid, the first is {id}: "
        "{problem}",
        "choose repair=make_valid, or mend the layer",
    ),
    "geometry_failed": (
        "shapes of `{left}` and `{right}` cannot be compared: outlines that are not valid, or "
        "coordinates that are not finite",
        "choose repair=make_valid, or mend what `validate` finds in the layers",
    ),
    "many_matches": (
        "{count} row(s) of layer `{left}` match more than one row of `{right}`, the first is {id}",
        "choose another multiplicity than error",
    ),
    "ties": (
        "{count} row(s) of layer `{left}` have matches that are equal, the first is {id}",
        "choose another tie rule than error",
    ),
    "no_area": (
        "`{option}` measures areas; no row of layer `{layer}` has one",
        "choose covered_by, dwithin or nearest, or a layer of outlines",
    ),
    "no_length": (
        "`{option}` measures lines; neither `{left}` nor `{right}` has any",
        "choose largest_overlap, first or nearest, or a layer of lines",
    ),
    "beyond_zone": (
        "{count} row(s) of layer `{layer}` lie where metres of EPSG:32645 are of no use, the first "
        "is {id}",
        "choose distance=auto, which measures such layers on the ellipsoid",
    ),
    "grid_geodesic": (
        "`grid_m` rounds in EPSG:32645, and layer `{layer}` is wider than its zone",
        "choose grid_m=0, or distance=projected",
    ),
    "targets_overlap": (
        "{count} pair(s) of rows of layer `{layer}` overlap, the first is {first} with {second}: "
        "totals would be counted twice",
        "take the overlaps out of the layer, or choose multiplicity=largest_overlap",
    ),
    "sum_of_intensive": (
        "`{column}` is no amount that can be added up (a density, a share, a year)",
        "choose mean, weighted by area, or declare it extensive in right_kinds",
    ),
    "engine_cannot": (
        "the engine `{engine}` cannot do {option}",
        "choose another option, or --engine memory, which holds both layers",
    ),
    "right_too_large": (
        "the right layer `{layer}` has {found} rows; the engine `{engine}` holds it in memory and "
        "takes at most {limit}",
        "exchange the layers, or choose --engine dask with a scheduler",
    ),
    "not_geoparquet": ("`{file}` {reason}", "write it as GeoParquet with WKB, or --engine memory"),
    "not_trusted": (
        "`{file}` is not taken from a stranger: {reason}",
        "if you know where it comes from, replay with --trust-inputs, which has no limits",
    ),
    "engine_needs_files": (
        "the engine `{engine}` reads and writes GeoParquet files; `{found}` is none",
        "name files that end in .parquet, or choose --engine memory",
    ),
    "no_scheduler": (
        "no scheduler of a cluster answers at `{found}`: {reason}",
        "start it as docs/cluster.md says, and check address and port",
    ),
    "no_workers": (
        "the scheduler at `{found}` has no workers",
        "start them as docs/cluster.md says",
    ),
    "worker_differs": (
        "a worker of the cluster has {library} {found}, this computer has {wanted}",
        "install the same requirements.txt everywhere: results would not be the same",
    ),
    "worker_failed": (
        "the cluster could not finish: {reason}",
        "see that every worker can read both files under the same path, and its log",
    ),
    "busy": ("other joins are running and none ended in time", "try again in a minute"),
    "cancelled": ("the join was cancelled", "nothing was written"),
}
"""Code -> reason and next step."""


def refuse(code: str, **values: str | int | float) -> JoinError:
    """Return the error of a code, with an English sentence for programs and the command line."""
    reason, action = (part.format_map(values) for part in CODES[code])
    return JoinError(code, f"{reason}; {action} [{code}]", values)
