"""A place prepared once for every minute of an hour, and the reach of all sites beside it."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from geo.access.answer import Access, access
from geo.access.ground import reached_ground
from geo.access.place import Place
from geo.access.reach import MOST_MINUTES, Reach, reach_of
from geo.crs import METRES
from geo.errors import PositionError
from geo.network import Mode, Network, network_from_snapshot, spread
from geo.snapshot import Snapshot

PREPARED = (5, 10, 15, 20, 30, 45, 60)
"""Minutes whose ground is made ahead; the curves know every minute."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The answer for a place at the minutes of `PREPARED`, its curves at every minute to 60.

    `sites` has the reach of each site that was asked for; None for one that cannot be measured
    from.
    """

    answer: Access
    sites: Mapping[str, Reach | None]


@functools.lru_cache(maxsize=4)
def network_of(snapshot: Snapshot, mode: Mode) -> Network:
    """Return the streets of an opened snapshot, as arrays made once."""
    return network_from_snapshot(snapshot, mode)


def prepare(
    snapshot: Snapshot,
    place: Place,
    sites: Mapping[str, Place],
    *,
    mode: Mode,
    known: Mapping[str, Reach | None],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Prepared | None:
    """Compute what `Prepared` holds, step by step; None as soon as nobody wants it any more.

    Parameters
    ----------
    snapshot, place, mode
        As `access` takes them.
    sites
        Sites whose reach is wanted beside it, by id.
    known
        Reach of sites that was computed before, on this snapshot in this mode.
    progress, cancelled
        Told the share done (0 to 1); asked between two steps.

    Raises
    ------
    NotReachedError, SnapshotError, PopulationError
        As `access`.
    """
    network = network_of(snapshot, mode)
    answer = access(snapshot, place, mode=mode, minutes=(MOST_MINUTES,), network=network)
    missing = [site_id for site_id in sites if site_id not in known]
    steps, done = len(PREPARED) + len(missing), 1
    grounds = [answer.ground]
    for minutes in PREPARED[:-1]:
        if cancelled():
            return None
        progress(done / steps)
        grounds.insert(done - 1, reached_ground(network, answer.origins, (minutes,)))
        done += 1
    ground = gpd.GeoDataFrame(pd.concat(grounds, ignore_index=True), crs=METRES)
    reach = {site_id: known[site_id] for site_id in sites if site_id in known}
    for site_id in missing:
        if cancelled():
            return None
        progress(done / steps)
        reach[site_id] = _reach(snapshot, network, sites[site_id])
        done += 1
    return Prepared(replace(answer, minutes=PREPARED, ground=ground), reach)


def at_minutes(answer: Access, minutes: int) -> Access:
    """Return an answer for one number of minutes, with the ground made for just that."""
    if minutes in PREPARED:
        ground = answer.ground[answer.ground["minutes"] == minutes].reset_index(drop=True)
    else:
        ground = reached_ground(answer.network, answer.origins, (minutes,))
    return replace(answer, minutes=(minutes,), ground=ground)


def _reach(snapshot: Snapshot, network: Network, site: Place) -> Reach | None:
    try:
        origins = spread(network, site.positions(network))
    except PositionError:
        return None
    return None if origins is None else reach_of(snapshot, network, origins)
