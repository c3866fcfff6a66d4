"""Checks that every reference from one table to another leads somewhere."""

from collections.abc import Iterator, Mapping

import pandas as pd

from geo import domains
from geo.errors import Problem

REFERENCES = (
    ("sites", "park_id", "parks"),
    ("sites", "direction_id", "directions"),
    ("sites", "cluster_id", "clusters"),
    ("projects", "direction_id", "directions"),
    ("projects", "cluster_id", "clusters"),
    ("projects", "site_id", "sites"),
    ("projects", "organisation_ids", "organisations"),
    ("organisations", "cluster_id", "clusters"),
    ("clusters", "direction_id", "directions"),
    ("roadmap", "direction_id", "directions"),
    ("roadmap", "cluster_id", "clusters"),
    ("roadmap", "site_id", "sites"),
    ("reference_points", "site_id", "sites"),
    ("osm_selectors", "id", "sites"),
)
"""(table, column, table it points to). A column may hold one id, none, or a tuple of ids."""


def broken(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield a problem for each reference to an id that does not exist.

    Parameters
    ----------
    tables
        Frames by name, each with the columns `id`, `file` and `row` (where the row was read).
    """
    for source, column, target in REFERENCES:
        if source not in tables or column not in tables[source]:
            continue
        table, known = tables[source], set(tables[target]["id"])
        for own_id, file, row, value in zip(
            table["id"], table["file"], table["row"], table[column], strict=True
        ):
            for reference in value if isinstance(value, tuple) else (value,):
                if not pd.isna(reference) and reference not in known:
                    values = {"found": str(reference), "target": target}
                    yield Problem(file, row, own_id, column, "reference", values)


def nameless(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield a problem for each further name whose object does not exist."""
    aliases = tables["aliases"]
    known = {name: set(tables[f"{name}s"]["id"]) for name in domains.ALIASED_TYPES}
    for own_id, file, row, kind, object_id in zip(
        *(aliases[column] for column in ("id", "file", "row", "object_type", "object_id")),
        strict=True,
    ):
        if object_id not in known[kind]:
            values = {"found": str(object_id), "target": f"{kind}s"}
            yield Problem(file, row, own_id, "object_id", "reference", values)


def repeated(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield a problem for each id that stands more than once among the sites and projects.

    One list holds both, and a link names a row by its id alone; a repeated id within one file
    is found by that file's schema.
    """
    rows = pd.concat([tables["sites"], tables["projects"]])[["id", "file", "row"]]
    first = rows.drop_duplicates("id").set_index("id")
    for own_id, file, row in rows[rows["id"].duplicated()].itertuples(index=False):
        if file != first.loc[own_id, "file"]:
            values = {
                "found": own_id,
                "row": int(first.loc[own_id, "row"]),
                "file": first.loc[own_id, "file"],
            }
            yield Problem(file, row, own_id, "id", "id_elsewhere", values)


def misplaced(sites: pd.DataFrame) -> Iterator[Problem]:
    """Yield a problem for each site whose `park_type` is not that of its file."""
    for own_id, file, row, park_type in zip(
        sites["id"], sites["file"], sites["row"], sites["park_type"], strict=True
    ):
        if not str(file).endswith(f"{park_type}.geojson"):
            values = {"found": f"`{park_type}`"}
            yield Problem(file, row, own_id, "park_type", "other_file", values)


def contradictory(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield a problem for each row whose own fields do not agree with each other.

    A status must be that of the source's word, and a row has a geometry just when its method of
    placing is known.
    """
    for name in ("sites", "projects", "roadmap"):
        table = tables[name]
        for own_id, file, row, word, status in zip(
            table["id"], table["file"], table["row"], table["status_source"], table["status"],
            strict=True,
        ):  # fmt: skip
            expected = domains.STATUS_OF_WORD[word]
            if status != expected:
                values = {"found": f"`{status}`", "word": f"`{word}`", "expected": f"`{expected}`"}
                yield Problem(file, row, own_id, "status", "status", values)
    for name in ("sites", "projects", "organisations"):
        table = tables[name]
        for own_id, file, row, method, geometry in zip(
            table["id"], table["file"], table["row"], table["geometry_method"], table["geometry"],
            strict=True,
        ):  # fmt: skip
            if (method == "unknown") != (geometry is None):
                rule = "method_without_place" if geometry is None else "method_with_place"
                yield Problem(file, row, own_id, "geometry_method", rule, {"found": f"`{method}`"})
