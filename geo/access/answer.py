"""Reach, nearest institutions, stops and isochrones of one place, each as an interval."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import geopandas as gpd

from geo.access.ground import reached_ground
from geo.access.numbers import Numbers, measure
from geo.access.place import Place
from geo.network import Mode, Network, Speeds, network_from_snapshot
from geo.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Access(Numbers):
    """The numbers of a place and the ground from which it is reached.

    `ground` (EPSG:32645: `minutes`, `bound`, `geometry`) is what `reached_ground` returns.
    """

    ground: gpd.GeoDataFrame


def access(
    snapshot: Snapshot,
    place: Place,
    *,
    mode: Mode = "walk",
    minutes: Sequence[int] = (5, 10, 15, 30),
    speeds: Speeds | None = None,
    network: Network | None = None,
) -> Access:
    """Compute what `Access` holds.

    Parameters
    ----------
    snapshot
        With the streets of the mode; people, buildings, stops and institutions where it has them.
    place
        Of `find_place`.
    mode
        walk or drive.
    minutes
        Whole numbers from 1 to 60.
    speeds
        None: those of the specification.
    network
        That of the snapshot in this mode, where a caller has built it already.

    Raises
    ------
    NetworkError
        If a number of minutes is out of range.
    NotReachedError
        If no candidate position lies near a street.
    SnapshotError
        If the snapshot has no streets of this mode.
    """
    network = network or network_from_snapshot(snapshot, mode, speeds=speeds)
    found = measure(snapshot, place, network, minutes=minutes)
    return Access(
        **{field.name: getattr(found, field.name) for field in fields(Numbers)},
        ground=reached_ground(network, found.origins, found.minutes),
    )
