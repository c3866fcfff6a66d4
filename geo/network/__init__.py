"""Streets, travel times, isochrones and reach: arrays made once, searched many times.

The usual order: `network_from_snapshot` (or `network_from_graph`, `network_from_frames`), `snap`
or `positions`, then `travel_times`, `isochrones`, `reach_curves` or `reach_interval`.
"""

from geo.network.accessibility import (
    DETOUR_SUSPECT,
    cumulative,
    detour,
    floating_catchment,
    gravity,
    nearest,
)
from geo.network.build import Mode, network_from_frames, network_from_snapshot
from geo.network.ground_bounds import ground_bounds
from geo.network.isochrone import BUFFER_M, isochrones
from geo.network.osm import network_from_graph, street_frames
from geo.network.positions import Positions, positions
from geo.network.reach import (
    BEYOND,
    arrival_minutes,
    checked_weights,
    curve_of,
    minutes_of,
    reach_curves,
    reach_interval,
)
from geo.network.snapping import CAP_M, FAR_M, Snapped, place_at, snap
from geo.network.speeds import DRIVE_KMH, WALK_M_S, WALK_M_S_FAST, Speeds
from geo.network.spread import Direction, Spread, spread
from geo.network.streets import Network
from geo.network.travel import travel_times

__all__ = [
    "BEYOND",
    "BUFFER_M",
    "CAP_M",
    "DETOUR_SUSPECT",
    "DRIVE_KMH",
    "FAR_M",
    "WALK_M_S",
    "WALK_M_S_FAST",
    "Direction",
    "Mode",
    "Network",
    "Positions",
    "Snapped",
    "Speeds",
    "Spread",
    "arrival_minutes",
    "checked_weights",
    "cumulative",
    "curve_of",
    "detour",
    "floating_catchment",
    "gravity",
    "ground_bounds",
    "isochrones",
    "minutes_of",
    "nearest",
    "network_from_frames",
    "network_from_graph",
    "network_from_snapshot",
    "place_at",
    "positions",
    "reach_curves",
    "reach_interval",
    "snap",
    "spread",
    "street_frames",
    "travel_times",
]
