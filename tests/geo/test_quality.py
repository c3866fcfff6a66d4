import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from geo import dataset, domains, quality
from tests.geo.conftest import project, site


@pytest.fixture
def load(write_data: Callable[..., Path]):
    return lambda **layers: dataset.load(write_data(**layers))


def at(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


NOWHERE = {"geometry": None, "geometry_method": "unknown", "position_accuracy_m": None}


def brute_completeness(data):
    """Count with plain loops over dictionaries."""
    for layer, fields in quality.MEASURED.items():
        frame = getattr(data, layer)
        by = "park_type" if layer == "sites" else "kind"
        for field in fields:
            groups = {}
            for row in frame.to_dict("records"):
                values = [row[k] for k in (field, f"{field}_ru", f"{field}_en") if k in row]
                filled = any(
                    not (
                        value is None
                        or value in ((), "unknown")
                        or (isinstance(value, float) and math.isnan(value))
                    )
                    for value in values
                )
                rows, known = groups.get(row[by], (0, 0))
                groups[row[by]] = (rows + 1, known + filled)
            for group, (rows, known) in groups.items():
                yield (layer, field, group, rows, known)


def as_set(frame, columns):
    return set(frame[columns].itertuples(index=False, name=None))


def test_completeness_of_the_shipped_data_against_brute_force():
    data = dataset.shared()
    measured = quality.completeness(data)
    columns = ["layer", "column", "group", "rows", "known"]
    assert as_set(measured, columns) == set(brute_completeness(data))
    assert len(measured) == len(as_set(measured, columns))


@pytest.mark.parametrize("seed", range(4))
def test_completeness_of_random_rows_against_brute_force(load, seed):
    rng = np.random.default_rng(seed)

    def pick(options):
        return options[rng.integers(len(options))]

    projects = [
        project(
            f"p{n}",
            kind=pick(domains.PROJECT_KINDS),
            start_year=pick([None, 2013]),
            jobs=pick([None, 0, 5]),
            organisation_en=pick([None, "A"]),
            address_ru=pick([None, "Б"]),
            as_of=pick([None, "2015"]),
        )
        for n in range(15)
    ]
    sites = [
        site(f"s{n}", public_access=pick(domains.PUBLIC_ACCESS), **pick([{}, NOWHERE]))
        for n in range(6)
    ]
    data = load(projects=projects, industrial=sites, medical=[])
    columns = ["layer", "column", "group", "rows", "known"]
    assert as_set(quality.completeness(data), columns) == set(brute_completeness(data))


def test_share_is_known_over_rows(load):
    data = load(industrial=[site("a", jobs=0), site("b"), site("c"), site("d")], projects=[])
    table = quality.completeness(data).set_index(["column", "group"])
    assert table.loc[("jobs", "industrial"), "share"] == 0.25


@pytest.mark.parametrize(
    ("accuracy", "expected"),
    [
        (0, "to_100_m"),
        (100, "to_100_m"),
        (100.1, "to_500_m"),
        (500, "to_500_m"),
        (1000, "to_1_km"),
        (1001, "to_5_km"),
        (5000, "to_5_km"),
        (5001, "over_5_km"),
        (None, "not_stated"),
    ],
)
def test_accuracy_class(load, accuracy, expected):
    data = load(industrial=[site("a", position_accuracy_m=accuracy)])
    assert quality.accuracy_classes(data.sites).loc["a"] == expected


def test_without_a_place_there_is_no_accuracy(load):
    data = load(industrial=[site("a", **NOWHERE)])
    assert quality.accuracy_classes(data.sites).loc["a"] == "not_placed"


def test_precision_counts_every_row_once():
    data = dataset.shared()
    table = quality.precision(data)
    for layer, frame in quality.layers(data).items():
        counted = table[table["layer"] == layer]
        assert counted["rows"].sum() == len(frame)
        for method, rows in frame["geometry_method"].value_counts().items():
            assert counted.loc[counted["geometry_method"] == method, "rows"].sum() == rows


def test_sources_count_rows_and_not_addresses(load):
    urls = ["https://www.a.org/1", "http://a.org/2", "https://b.org/"]
    data = load(
        industrial=[site("x", source_urls=urls), site("y", source_urls=urls[2:])],
        medical=[],
        projects=[],
    )
    assert list(quality.sources(data).itertuples(index=False, name=None)) == [
        ("b.org", 2),
        ("a.org", 1),
    ]


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://www.a.org/b/c", "a.org"),
        ("https://github.com/owner/tool/blob/main/x.py", "github.com/owner/tool"),
        ("https://github.com/owner", "github.com/owner"),
        ("https://github.com/", "github.com"),
        ("mailto:x@y", ""),
    ],
)
def test_website(url, named):
    assert quality.website(url) == named


def found(data, check):
    table = quality.doubts(data)
    return set(table.loc[table["check"] == check, "id"])


def test_reversed_years(load):
    data = load(
        projects=[
            project("back", start_year=2015, end_year=2014),
            project("same", start_year=2015, end_year=2015),
            project("open", start_year=2015),
        ]
    )
    assert found(data, "reversed_years") == {"back"}


def test_undated_and_stale(load):
    data = load(
        industrial=[],
        medical=[],
        projects=[
            project("none"),
            project("old", as_of="2020-12-31"),
            project("new", as_of="2021"),
            project("done", as_of="2015", status="completed", status_source="implemented"),
        ],
    )
    assert found(data, "undated") == {"none"}
    assert found(data, "stale_status") == {"old"}


def test_far_from_site(load):
    east_m = Geod(ellps="WGS84").inv(85.0, 56.5, 85.01, 56.5)[2]  # about 616 m
    home = {"position_accuracy_m": 300, "geometry": at(85.0, 56.5)}

    def member(own_id, accuracy, **fields):
        place = {"geometry": at(85.01, 56.5), "position_accuracy_m": accuracy}
        return project(own_id, site_id="home", **(place | fields))

    data = load(
        industrial=[site("home", **home)],
        medical=[],
        projects=[
            member("far", east_m - 300 - 2),
            member("near", east_m - 300 + 2),
            member("inherited", 0, geometry_method="position_of_site"),
            member("nowhere", None, geometry=None, geometry_method="unknown"),
            project("alone", geometry=at(20, 10)),
        ],
    )
    assert found(data, "far_from_site") == {"far"}


def test_doubts_of_an_empty_dataset(load):
    data = load(industrial=[], medical=[], projects=[], parks=["id,park_type,name_ru,name_en"])
    assert quality.doubts(data).empty
    assert quality.precision(data).empty
    assert quality.completeness(data).empty
