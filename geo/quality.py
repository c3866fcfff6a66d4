"""How complete and how certain the dataset is: what is filled in, how well it is placed, doubts.

Every measure counts; none of them judges. Frames have a fresh RangeIndex.
"""

from collections import Counter
from urllib.parse import urlsplit

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import to_metres
from geo.dataset import Dataset
from geo.domains import GEOMETRY_METHODS, ORGANISATION_KINDS, PARK_TYPES, PROJECT_KINDS

MEASURED = {
    "sites": (
        "geometry",
        "area_ha",
        "start_year",
        "residents",
        "jobs",
        "investment_mln_rub",
        "public_access",
        "address",
        "as_of",
        "source_urls",
    ),
    "projects": (
        "geometry",
        "site_id",
        "direction_id",
        "cluster_id",
        "organisation",
        "start_year",
        "end_year",
        "jobs",
        "investment_mln_rub",
        "address",
        "as_of",
        "source_urls",
    ),
    "organisations": ("geometry", "cluster_id", "address", "as_of", "source_urls"),
}
"""Layer -> the fields whose completeness is told. `address` and `organisation` are texts in two
languages and count as known when either is there; identifiers and names are always there."""

ACCURACY_LIMITS_M = (100.0, 500.0, 1000.0, 5000.0)
ACCURACY_CLASSES = (
    "to_100_m",
    "to_500_m",
    "to_1_km",
    "to_5_km",
    "over_5_km",
    "not_stated",
    "not_placed",
)
"""Classes of `position_accuracy_m`; a limit belongs to the class below it. `not_stated` has a
place of unknown accuracy, `not_placed` has no place."""

CHECKS = ("undated", "stale_status", "reversed_years", "far_from_site")
"""What `doubts` looks for, in its order."""

LAST_YEAR_OF_PROGRAMME = 2020

_GROUPS = {
    "sites": ("park_type", PARK_TYPES),
    "projects": ("kind", PROJECT_KINDS),
    "organisations": ("kind", ORGANISATION_KINDS),
}


def layers(dataset: Dataset) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers whose quality is measured, by name."""
    return {name: getattr(dataset, name) for name in MEASURED}


def known(frame: pd.DataFrame, field: str) -> pd.Series:
    """Tell for each row whether a field says anything.

    An empty list, the word `unknown` and a missing geometry say nothing.
    """
    if field not in frame:
        return frame[f"{field}_ru"].notna() | frame[f"{field}_en"].notna()
    column = frame[field]
    if field == "source_urls":
        return column.map(len) > 0
    if field == "public_access":
        return column.ne("unknown") & column.notna()
    return column.notna()


def completeness(dataset: Dataset) -> pd.DataFrame:
    """Count in how many rows each field is filled in, by kind of park, project or organisation.

    Returns
    -------
    DataFrame
        layer, column, group (a kind of the layer that has rows), rows, known, share (0 to 1).
    """
    records = []
    for name, frame in layers(dataset).items():
        by, order = _GROUPS[name]
        for column in MEASURED[name]:
            filled = known(frame, column)
            for group in order:
                rows = frame[by].eq(group)
                if rows.any():
                    records.append((name, column, group, int(rows.sum()), int(filled[rows].sum())))
    counts = pd.DataFrame(records, columns=["layer", "column", "group", "rows", "known"])
    return counts.assign(share=counts["known"] / counts["rows"])


def precision(dataset: Dataset) -> pd.DataFrame:
    """Count rows by how their place was found and how far it may lie off.

    Returns
    -------
    DataFrame
        layer, geometry_method, accuracy_class (see `ACCURACY_CLASSES`), rows; only what occurs,
        in the order of the domains.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, frame in layers(dataset).items():
        classes = accuracy_classes(frame)
        counts.update((name, *pair) for pair in zip(frame["geometry_method"], classes, strict=True))
    ordered = sorted(
        counts,
        key=lambda k: (
            list(MEASURED).index(k[0]),
            GEOMETRY_METHODS.index(k[1]),
            ACCURACY_CLASSES.index(k[2]),
        ),
    )
    return pd.DataFrame(
        [(*key, counts[key]) for key in ordered],
        columns=["layer", "geometry_method", "accuracy_class", "rows"],
    )


def accuracy_classes(frame: gpd.GeoDataFrame) -> pd.Series:
    """Return the accuracy class of each row (see `ACCURACY_CLASSES`), on the frame's index."""
    accuracy = frame["position_accuracy_m"].to_numpy(dtype=float)
    names = np.array(ACCURACY_CLASSES[: len(ACCURACY_LIMITS_M) + 1])
    classes = names[np.searchsorted(ACCURACY_LIMITS_M, accuracy, side="left").clip(0, 4)]
    classes = np.where(np.isnan(accuracy), "not_stated", classes)
    return pd.Series(np.where(frame.geometry.isna(), "not_placed", classes), index=frame.index)


def sources(dataset: Dataset) -> pd.DataFrame:
    """Count rows of sites, projects and organisations by the websites their sources stand at.

    Returns
    -------
    DataFrame
        website (as `website` names it), rows that name it at least once; most rows first, then by
        name.
    """
    counts: Counter[str] = Counter()
    for frame in layers(dataset).values():
        for urls in frame["source_urls"]:
            counts.update({website(url) for url in urls})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return pd.DataFrame(ordered, columns=["website", "rows"])


def website(url: str) -> str:
    """Return the host of an address without "www."; of GitHub also owner and repository.

    Examples
    --------
    >>> website("https://github.com/openteam-ato/inotomsk/blob/master/config/routes.rb")
    'github.com/openteam-ato/inotomsk'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host != "github.com":
        return host
    return "/".join([host, *[part for part in parts.path.split("/") if part][:2]])


def doubts(dataset: Dataset) -> pd.DataFrame:
    """Find sites and projects that need a second look.

    - undated: no date to which the record belongs.
    - stale_status: planned or under way at a date within the programme's years (to 2020).
    - reversed_years: ends before it starts.
    - far_from_site: a project lies further from its site than both accuracies together allow.

    Returns
    -------
    DataFrame
        check, layer, id; in the order of `CHECKS`, then of the dataset.
    """
    found = []
    for name in ("sites", "projects"):
        frame = getattr(dataset, name)
        year = pd.to_numeric(frame["as_of"].str.slice(0, 4))
        unfinished = frame["status"].isin(["planned", "running"])
        flags = {
            "undated": frame["as_of"].isna(),
            "stale_status": unfinished & year.le(LAST_YEAR_OF_PROGRAMME),
            "reversed_years": frame["end_year"] < frame["start_year"],
        }
        if name == "projects":
            flags["far_from_site"] = _far_from_site(frame, dataset.sites)
        found += [
            (check, name, row_id) for check, flag in flags.items() for row_id in frame.index[flag]
        ]
    found.sort(key=lambda record: CHECKS.index(record[0]))
    return pd.DataFrame(found, columns=["check", "layer", "id"])


def _far_from_site(projects: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> pd.Series:
    """Tell which projects with a place of their own cannot be at their site."""
    members = projects[projects["site_id"].isin(sites.index)]
    homes = sites.loc[members["site_id"]]
    apart_m = to_metres(members.geometry).distance(
        to_metres(homes.geometry).set_axis(members.index), align=False
    )
    allowed_m = members["position_accuracy_m"] + homes["position_accuracy_m"].to_numpy()
    far = members["geometry_method"].ne("position_of_site") & (apart_m > allowed_m)
    return pd.Series(projects.index.isin(members.index[far]), index=projects.index)
