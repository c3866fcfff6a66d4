"""One indicator of a snapshot for one border: the same for a command and for its replay."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from geo.indicators.borders import border_of
from geo.indicators.estimate import Estimate
from geo.indicators.population import checked_population
from geo.indicators.public_space import public_space
from geo.indicators.public_transport import public_transport
from geo.indicators.raster import people_of
from geo.indicators.street_land import drive_lines
from geo.network import network_from_snapshot
from geo.snapshot import Snapshot


def people_counted(
    snapshot: Snapshot, raster: Path | None = None, *, name: str = ""
) -> gpd.GeoDataFrame:
    """Return the people of a raster, or without one those of the snapshot, as points.

    Raises
    ------
    SnapshotError
        If there is no raster and the snapshot has no people.
    PopulationError
        As `geo.indicators.raster.people_of`, whose parameters these are.
    """
    given = people_of(snapshot, raster, name=name)
    if given is not None:
        return given
    people = checked_population(snapshot.layer("population")).copy(deep=False)
    # GeoParquet keeps what a frame said of its raster; here it would pass for one that was given.
    people.attrs = {}
    return people


def transport_of(
    snapshot: Snapshot,
    people: gpd.GeoDataFrame,
    *,
    border: str,
    groups: Sequence[str] = (),
    raster: Path | None = None,
) -> Estimate:
    """Return 11.2.1 of a snapshot, see `geo.indicators.public_transport` and `borders_of`."""
    return public_transport(
        network_from_snapshot(snapshot, "walk"),
        snapshot.layer("stops"),
        people,
        border_of(snapshot, border, people, raster=raster).shape,
        border=border,
        groups=tuple(groups),
    )


def space_of(
    snapshot: Snapshot, people: gpd.GeoDataFrame, *, border: str, raster: Path | None = None
) -> Estimate:
    """Return 11.7.1 of a snapshot, see `geo.indicators.public_space` and `borders_of`."""
    return public_space(
        network_from_snapshot(snapshot, "walk"),
        snapshot.layer("open_space"),
        people,
        border_of(snapshot, border, people, raster=raster).shape,
        border=border,
        drive=drive_lines(snapshot),
    )
