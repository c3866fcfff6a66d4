"""Spatial joins against `geopandas.sjoin`: large GeoParquet files end to end, and shipped layers.

    python -m benchmarks.join [--points 1000000 10000000] [--polygons 10000] [--times 3 1]

Large: points in polygons of 20 vertices, read, joined, written. Each run has a process of its own;
time is from the call to the finished file, libraries being loaded; memory is the highest sum of
what the process and its children hold. Ours also writes the provenance, hashes of the inputs
included. The pairs of both files are compared. Shipped and in memory: in this process, the layers
being loaded; each call has frames of its own, so that nothing is kept from the call before.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import psutil
import pyarrow.parquet as pq
import shapely
from rich.console import Console
from rich.table import Table

import geo
from geo.join import JoinSpec, as_layer

_SAMPLE_SECONDS = 0.02
_WAYS = {
    "geopandas": (
        "import geopandas as gpd, pyarrow.parquet\n{start}\n"
        "gpd.sjoin(gpd.read_parquet(left), gpd.read_parquet(right)).to_parquet(out)"
    ),
    "ours": (
        "from geo.join import JoinSpec\nfrom geo.join.engines import run\n{start}\n"
        "run(left, right, JoinSpec(how='inner'), out=Path(out), engine={engine!r})"
    ),
}
_IDS = {"geopandas": ("id_left", "id_right"), "ours": ("points.id", "polygons.id")}
_SHIPPED = ("projects", "sites")
_TIMES_SHIPPED = 30
_ROWS_IN_MEMORY, _TIMES_IN_MEMORY = 1_000_000, 5


class Run(NamedTuple):
    """What one run took: seconds, and the highest memory in MB."""

    seconds: float
    memory_mb: float


def points(rows: int) -> gpd.GeoDataFrame:
    """Return points, uniform over 2 x 1 degrees."""
    dice = np.random.default_rng(1)
    shapes = shapely.points(84 + 2 * dice.random(rows), 56 + dice.random(rows))
    columns = {"id": np.arange(rows), "value": dice.random(rows)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def polygons(rows: int) -> gpd.GeoDataFrame:
    """Return polygons of 20 vertices over the same extent, of about two fifths of its area."""
    dice = np.random.default_rng(2)
    angle = np.sort(dice.random((rows, 20)) * 2 * np.pi, axis=1)
    radius = np.sqrt(0.5 / rows) * (0.5 + 0.5 * dice.random((rows, 20)))
    centre = np.array([84, 56]) + dice.random((rows, 2)) * [2, 1]
    ring = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    shapes = shapely.make_valid(shapely.polygons(centre[:, None] + ring))
    columns = {"id": np.arange(rows), "name": [f"Парк {n}" for n in range(rows)]}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def measure(way: str, folder: Path, engine: str) -> Run:
    """Run one way in a process of its own."""
    files = [str(folder / f"{name}.parquet") for name in ("points", "polygons", way)]
    body = _WAYS[way].format(start="begun = time.perf_counter()", engine=engine)
    program = (
        f"import time\nfrom pathlib import Path\nleft, right, out = {files!r}\n{body}\n"
        "print(time.perf_counter() - begun, flush=True)\nimport os; os._exit(0)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    watched, highest = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            held = sum(p.memory_info().rss for p in (watched, *watched.children(recursive=True)))
        except psutil.NoSuchProcess:
            continue
        highest = max(highest, held)
        time.sleep(_SAMPLE_SECONDS)
    if process.returncode or process.stdout is None:
        raise RuntimeError(f"{way} failed")
    with process.stdout as answer:
        return Run(float(answer.read()), highest / 1e6)


def pairs(way: str, folder: Path) -> np.ndarray:
    """Return the pairs of ids that a way has written, by left id, then right id."""
    table = pq.read_table(folder / f"{way}.parquet", columns=list(_IDS[way]))
    found = np.column_stack([column.to_numpy() for column in table.columns])
    return found[np.lexsort((found[:, 1], found[:, 0]))] if way == "geopandas" else found


def large(rows: int, count: int, times: int, engine: str, console: Console) -> None:
    """Measure both ways in turns, compare what they wrote, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        points(rows).to_parquet(folder / "points.parquet")
        polygons(count).to_parquet(folder / "polygons.parquet")
        # In turns, so that whatever else the machine does hits all alike.
        runs = [{way: measure(way, folder, engine) for way in _WAYS} for _ in range(times)]
        theirs, ours = pairs("geopandas", folder), pairs("ours", folder)
        if not np.array_equal(theirs, ours):
            raise RuntimeError("the pairs are not the same")
    title = f"{rows:,} points x {count:,} polygons, {len(ours):,} equal pairs, {engine}"
    table = Table("end to end", "s", "faster", "MB", "share", title=title)
    for way in _WAYS:
        seconds = statistics.median(run[way].seconds for run in runs)
        memory = statistics.median(run[way].memory_mb for run in runs)
        faster = statistics.median(run["geopandas"].seconds / run[way].seconds for run in runs)
        share = statistics.median(run[way].memory_mb / run["geopandas"].memory_mb for run in runs)
        table.add_row(way, f"{seconds:.2f}", f"{faster:.2f}", f"{memory:.0f}", f"{share:.2f}")
    console.print(table)


def in_memory(rows: int, count: int, times: int, console: Console) -> None:
    """Measure one call on frames, table included, in degrees and in metres."""
    for crs in (4326, 32645):
        left, right = points(rows).to_crs(crs), polygons(count).to_crs(crs)
        ways: dict[str, Callable[[], object]] = {
            "geopandas.sjoin": lambda left=left, right=right: gpd.sjoin(left.copy(), right.copy()),
            "geo.join(…).table": lambda left=left, right=right: (
                geo.join(left.copy(), right.copy(), how="inner").table
            ),
        }
        title = f"{rows:,} points x {count:,} polygons in memory, EPSG:{crs}"
        _beside(ways, times, "in memory", title, console)


def shipped(console: Console) -> None:
    """Measure the join of two shipped layers, its plan, and a bare sjoin of the same."""
    left, right = (as_layer(name) for name in _SHIPPED)
    ways: dict[str, Callable[[], object]] = {
        "geopandas.sjoin": lambda: gpd.sjoin(left.frame, right.frame, how="left"),
        "geo.join(…).table": lambda: geo.join(left, right).table,
        "geo.join.plan": lambda: geo.join.plan(left, right, JoinSpec()),
    }
    _beside(ways, _TIMES_SHIPPED, "shipped layers", " x ".join(_SHIPPED), console)


def _beside(
    ways: dict[str, Callable[[], object]], repeats: int, head: str, title: str, console: Console
) -> None:
    found: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(repeats):
        for way, call in ways.items():
            begun = time.perf_counter()
            call()
            found[way].append(1e3 * (time.perf_counter() - begun))
    base = statistics.median(found["geopandas.sjoin"])
    table = Table(head, "ms", "ratio", title=title)
    for way, times in found.items():
        table.add_row(
            way, f"{statistics.median(times):.1f}", f"{statistics.median(times) / base:.2f}"
        )
    console.print(table)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--points", type=int, nargs="*", default=[1_000_000, 10_000_000])
    arguments.add_argument("--polygons", type=int, default=10_000)
    arguments.add_argument("--times", type=int, nargs="*", default=[3, 1], help="for each of them")
    arguments.add_argument("--engine", default="auto")
    options = arguments.parse_args()
    console = Console()
    shipped(console)
    in_memory(_ROWS_IN_MEMORY, options.polygons, _TIMES_IN_MEMORY, console)
    for rows, times in zip(options.points, options.times, strict=True):
        large(rows, options.polygons, times, options.engine, console)


if __name__ == "__main__":
    main()
