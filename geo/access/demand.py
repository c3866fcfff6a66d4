"""Who and what comes to a place: the people and the buildings of a snapshot, as points."""

import geopandas as gpd
import numpy as np

from geo.crs import to_metres
from geo.indicators.population import checked_population
from geo.network.streets import Floats
from geo.snapshot import Snapshot


def demand(snapshot: Snapshot) -> list[tuple[str, gpd.GeoSeries, Floats]]:
    """Return name, points and weights of what the snapshot has: people, then buildings (1 each)."""
    found = []
    if "population" in snapshot:
        people = checked_population(snapshot.layer("population"))
        found.append(("people", people.geometry, people["people"].to_numpy(dtype=float)))
    if "buildings" in snapshot:
        points = to_metres(snapshot.layer("buildings").geometry).representative_point()
        found.append(("buildings", points, np.ones(len(points))))
    return found
