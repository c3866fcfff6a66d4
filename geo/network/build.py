"""From nodes and directed edges, or an OSMnx graph, to a `Network`; every fault is named first."""

from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import METRES, ZONE, to_degrees, to_metres
from geo.errors import NetworkError
from geo.network.speeds import Speeds, drive_m_s, stated_kmh
from geo.network.streets import Floats, Integers, Network

if TYPE_CHECKING:
    from geo.snapshot import Snapshot

Mode = Literal["walk", "drive"]

ENDS_WITHIN_M = 1.0
"""A line must end this near to its nodes: farther, nodes and edges are not of one network."""

NO_STREETS = frozenset(
    {
        "abandoned",
        "construction",
        "demolished",
        "disused",
        "no",
        "planned",
        "proposed",
        "raceway",
        "razed",
        "rest_area",
        "services",
    }
)
"""Values of `highway` on which nobody walks or drives from place to place."""

_EDGE_COLUMNS = ("from_id", "to_id", "highway", "maxspeed_kmh")


def network_from_frames(
    nodes: gpd.GeoDataFrame,
    edges: gpd.GeoDataFrame,
    *,
    mode: Mode,
    speeds: Speeds | None = None,
) -> Network:
    """Build a network from frames of nodes and directed edges.

    Parameters
    ----------
    nodes
        Points in any CRS with a whole number `id`.
    edges
        LineStrings in any CRS, each from its node `from_id` to its node `to_id`, with `highway`
        (OpenStreetMap's class of street) and `maxspeed_kmh` (missing where none is stated). A
        street used both ways has two rows. Lengths are measured on the lines, in EPSG:32645.
    mode
        walk: `speeds.walk_m_s` on every edge; drive: the limit, or the speed of the class.
    speeds
        None: `Speeds()`, 4.5 km/h on foot and the table of classes by car.

    Raises
    ------
    MissingCrsError
        If a frame does not say in which system its coordinates are.
    NetworkError
        If there are no edges, ids repeat or lead nowhere, an edge has no class of street (land
        use, streets not built yet) or no speed, a limit is no speed, a line does not join its
        nodes, or they lie where EPSG:32645 does not measure (`geo.crs.ZONE`).
    """
    speeds = speeds or Speeds()
    _check_columns(nodes, edges)
    _check_zone(nodes)
    points, lines = to_metres(nodes.geometry), to_metres(edges.geometry).to_numpy()
    node_ids = nodes["id"].to_numpy(dtype=np.int64)
    position = pd.Index(node_ids)
    start = position.get_indexer(edges["from_id"]).astype(np.int64)
    end = position.get_indexer(edges["to_id"]).astype(np.int64)
    node_xy = np.column_stack([points.x, points.y]).astype(float)
    highway = edges["highway"].to_numpy(dtype=object)
    lines = _check_edges(node_xy, start, end, lines, highway)
    length_m = shapely.length(lines)
    if mode == "walk":
        limits = np.full(len(edges), np.nan)
        seconds = length_m / speeds.walk_m_s
    else:
        limits = stated_kmh(edges["maxspeed_kmh"])
        seconds = length_m / drive_m_s(highway, limits, speeds)
    first, ahead, back = _join_directions(start, end, lines, seconds)
    stated = np.isfinite(limits[first])
    return Network(
        mode=mode,
        node_ids=node_ids,
        node_xy=node_xy,
        start=start[first],
        end=end[first],
        length_m=length_m[first],
        forward=ahead,
        backward=back,
        geometry=lines[first],
        highway=highway[first],
        access_cost=1 / speeds.walk_m_s,
        walk_m_s=speeds.walk_m_s,
        stated_limits=int(stated.sum()),
    )


def network_from_snapshot(
    snapshot: "Snapshot", mode: Mode, *, speeds: Speeds | None = None
) -> Network:
    """Build the walk or drive network of a snapshot.

    Raises
    ------
    SnapshotError
        If the snapshot has no such network.
    NetworkError
        As `network_from_frames`.
    """
    return network_from_frames(
        snapshot.layer(f"{mode}_nodes"), snapshot.layer(f"{mode}_edges"), mode=mode, speeds=speeds
    )


def _check_columns(nodes: gpd.GeoDataFrame, edges: gpd.GeoDataFrame) -> None:
    faults = [f"nodes: no column `{name}`" for name in ("id",) if name not in nodes]
    faults += [f"edges: no column `{name}`" for name in _EDGE_COLUMNS if name not in edges]
    if len(edges) == 0:
        faults.append(f"edges: none ({len(nodes)} node(s)): there is no street to travel on")
    if faults:
        raise NetworkError("; ".join(faults))
    repeated = int(nodes["id"].duplicated().sum())
    if repeated:
        raise NetworkError(f"nodes: {repeated} id(s) stand more than once")
    wrong = int((nodes.geometry.isna() | nodes.geometry.is_empty).sum())
    if wrong:
        raise NetworkError(f"nodes: {wrong} without a position")


def _check_zone(nodes: gpd.GeoDataFrame) -> None:
    """Refuse what lies where metres of EPSG:32645 are no metres."""
    west, south, east, north = to_degrees(nodes.geometry).total_bounds
    if not (ZONE[0] <= west and ZONE[1] <= south and east <= ZONE[2] and north <= ZONE[3]):
        raise NetworkError(
            f"nodes: from {west:.1f}° to {east:.1f}° E, {south:.1f}° to {north:.1f}° N: streets "
            f"are measured in {METRES}, which is for {ZONE[0]:g}° to {ZONE[2]:g}° E "
            "(at Moscow its lengths are 10.6 % too long)"
        )


def _check_edges(
    node_xy: Floats,
    start: Integers,
    end: Integers,
    lines: NDArray[np.object_],
    highway: NDArray[np.object_],
) -> NDArray[np.object_]:
    faults = []
    no_street = np.array([not isinstance(name, str) or not name.strip() for name in highway])
    unbuilt = [name for name in highway if name in NO_STREETS]
    if unbuilt:
        faults.append(
            f"{len(unbuilt)} of {len(lines)} edges are no streets to travel on "
            f"({', '.join(f'`{name}`' for name in sorted(set(unbuilt)))}); leave them out first"
        )
    if no_street.any():
        faults.append(
            f"{int(no_street.sum())} of {len(lines)} edges have no `highway`: they are no streets "
            "(land use, buildings, boundaries); leave ways without that tag out first"
        )
    lost = int(((start < 0) | (end < 0)).sum())
    if lost:
        faults.append(f"{lost} edge(s) begin or end at a node that is not there")
    sound = (shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING) & np.isfinite(
        shapely.length(lines)
    )
    if not sound.all():
        faults.append(f"{int((~sound).sum())} edge(s) have no line that can be measured")
    if not faults:
        lines, gaps = _along(node_xy[start], node_xy[end], lines)
        if gaps:
            faults.append(f"{gaps} line(s) end more than {ENDS_WITHIN_M:g} m from their nodes")
    if faults:
        raise NetworkError("edges: " + "; ".join(faults))
    return lines


def _along(
    at_start: Floats, at_end: Floats, lines: NDArray[np.object_]
) -> tuple[NDArray[np.object_], int]:
    """Return the lines, each from its first node to its last, and how many join neither way."""
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    last = shapely.get_coordinates(shapely.get_point(lines, -1))

    def gap(a: Floats, b: Floats) -> Floats:
        ends = np.hypot(*(first - a).T), np.hypot(*(last - b).T)
        return np.asarray(np.maximum(*ends))

    ahead, back = gap(at_start, at_end), gap(at_end, at_start)
    # Not `<=`: a coordinate that is no number must count as a gap.
    joined = np.minimum(ahead, back) <= ENDS_WITHIN_M
    turned = np.where(back < ahead, shapely.reverse(lines), lines)
    return turned, int((~joined).sum())


def _join_directions(
    start: Integers, end: Integers, lines: NDArray[np.object_], cost: Floats
) -> tuple[Integers, Floats, Floats]:
    """Return for each street its first edge, its cost along that edge and the cost against it."""
    codes, _ = pd.factorize(pd.Series(list(shapely.to_wkb(shapely.normalize(lines)))))
    # Two lines that are equal may still join different nodes where nodes lie on one another.
    low, high = np.minimum(start, end), np.maximum(start, end)
    keys = pd.DataFrame({"street": codes, "low": low, "high": high})
    street = keys.groupby(["street", "low", "high"], sort=False).ngroup().to_numpy(dtype=np.int64)
    first = np.unique(street, return_index=True)[1].astype(np.int64)
    reference = first[street]
    same_way = np.where(
        start == end,
        shapely.equals_exact(lines, lines[reference], tolerance=0.0),
        start == start[reference],
    )
    ahead, back = np.full(len(first), np.inf), np.full(len(first), np.inf)
    np.minimum.at(ahead, street[same_way], cost[same_way])
    np.minimum.at(back, street[~same_way], cost[~same_way])
    return first, ahead, back
