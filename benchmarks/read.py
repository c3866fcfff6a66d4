"""Reading 100,000 polygons, checked, against `geopandas.read_file` of the same file.

    python -m benchmarks.read [--rows 100000] [--times 3]

Both kinds of file are measured: outlines of 13 vertices with six columns, and squares with two.
Each reading has a process of its own; memory is the highest sum of what it and its children hold.
Time is from the call to the frame, libraries being loaded: once with a child process that is
started by the call, once with one that waits. The second table says what each check costs.
"""

import argparse
import cProfile
import gc
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import psutil
import shapely
from rich.console import Console
from rich.table import Table

_SAMPLE_SECONDS = 0.01
_LIMITS = "Limits(seconds=600, max_mb=2_000, max_features=10**7, max_vertices=10**9)"
_WAYS = {
    "geopandas": "import geopandas, pyogrio\n{start}\ngeopandas.read_file(path)",
    "checked": (
        "import geopandas, pyogrio\nfrom geo.read import Limits, read, frames\n{start}\n"
        f"assert read(path, name=path.name, limits={_LIMITS}).frame is not None"
    ),
    "checked, child waiting": (
        "import geopandas, pyogrio\nfrom geo.read import Limits, Reader, frames\n"
        f"reader = Reader({_LIMITS})\n"
        "reader.read(b'id,lon,lat', name='a.csv')\n{start}\n"
        "assert reader.read(path, name=path.name).frame is not None"
    ),
}
_STEPS = {
    "finding the end of each feature, JSON to values": ("geojson.py", "_run"),
    "duplicate keys": ("geojson.py", "_members"),
    "type, members and ids of features": ("geojson.py", "_usual"),
    "nesting, numbers, rings; shapes": ("geojson.py", "_shapes"),
    "columns: types, large numbers, control characters": ("columns.py", "add_records"),
    "columns: mixed types, dates, names": ("columns.py", "finish"),
    "finite, empty, 3D": ("settle.py", ("_flatten", "_drop_infinite", "_read_empty_as_missing")),
    "coordinate system": ("settle.py", "_to_degrees"),
    "outside the world": ("settle.py", "_drop_outside_world"),
    "outside the agglomeration, swapped": ("settle.py", "_warn_outside_agglomeration"),
    "valid outlines": ("settle.py", "_mend"),
    "winding": ("settle.py", "_wind"),
    "duplicate ids": ("neighbours.py", "_ids"),
    "repeated features": ("neighbours.py", "_repeats"),
    "mixed geometry": ("neighbours.py", "_families"),
    "slivers": ("neighbours.py", "_slivers"),
    "overlaps": ("neighbours.py", "_overlaps"),
    "writing the answer": ("job.py", "_write"),
}
"""What is done -> the functions that do it, in the order in which it happens."""


def outlines(rows: int) -> gpd.GeoDataFrame:
    """Return round outlines of 13 vertices in a grid over the agglomeration, with six columns."""
    n = np.arange(rows)
    side = int(np.ceil(np.sqrt(rows)))
    centres = shapely.points(84 + 2.5 * (n % side) / side, 56 + 1.2 * (n // side) / side)
    shapes = shapely.orient_polygons(shapely.buffer(centres, 0.4 / side, quad_segs=3))
    dice = np.random.default_rng(1)
    columns = {
        "id": [f"p{number}" for number in n],
        "name": [f"Участок {number}" for number in n],
        "share": dice.random(rows),
        "residents": dice.integers(0, 9, rows),
        "built": ["2020-01-05"] * rows,
        "open": dice.integers(0, 2, rows).astype(bool),
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def squares(rows: int) -> gpd.GeoDataFrame:
    """Return squares of 5 vertices that share borders, with two columns."""
    n = np.arange(rows)
    side = int(np.ceil(np.sqrt(rows)))
    x, y = 84 + 2.5 * (n % side) / side, 56 + 1.2 * (n // side) / side
    shapes = shapely.box(x, y, x + 2.5 / side, y + 1.2 / side)
    return gpd.GeoDataFrame({"id": n, "name": n.astype(str)}, geometry=shapes, crs=4326)


def measure(way: str, path: Path) -> tuple[float, float]:
    """Return the seconds of one reading and its highest memory in MB."""
    start = "import time; begun = time.perf_counter()"
    program = (
        f"from pathlib import Path\npath = Path({str(path)!r})\n{_WAYS[way].format(start=start)}\n"
        "print(time.perf_counter() - begun, flush=True)\nimport os; os._exit(0)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    watched, highest = psutil.Process(process.pid), 0
    while process.poll() is None:
        held = 0
        try:
            for one in (watched, *watched.children(recursive=True)):
                held += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        highest = max(highest, held)
        time.sleep(_SAMPLE_SECONDS)
    if process.returncode or process.stdout is None:
        raise RuntimeError(f"{way} failed")
    return float(process.stdout.read()), highest / 1e6


def costs(path: Path) -> dict[str, float]:
    """Return the seconds of each step of one reading, in this process and under the profiler."""
    from geo.read.job import perform
    from geo.read.limits import Limits

    limits = Limits(seconds=600, max_mb=2_000, max_features=10**7, max_vertices=10**9)
    request = {
        "name": "layer.geojson", "crs": None, "encoding": None, "layer": None, "swap": False,
        "table": False, "references": {},
    }  # fmt: skip
    (path.parent / "input").write_bytes(path.read_bytes())
    gc.disable()
    profile = cProfile.Profile()
    profile.runcall(perform, path.parent, request, limits, lambda _: None)
    gc.enable()
    spent = {
        (Path(file).name, name): seconds
        for (file, _, name), (_, _, _, seconds, _) in pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
    }
    found = {}
    for step, (file, names) in _STEPS.items():
        functions = (names,) if isinstance(names, str) else names
        found[step] = sum(spent.get((file, name), 0.0) for name in functions)
    found["finding the end of each feature, JSON to values"] -= found["duplicate keys"]
    return found


def main() -> None:
    """Measure and print both tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--times", type=int, default=3)
    options = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        for name, layer in (("outlines", outlines), ("squares", squares)):
            path = Path(folder) / f"{name}.geojson"
            layer(options.rows).to_file(path, driver="GeoJSON")
            size = path.stat().st_size / 1e6
            table = Table("reading", "s", "ratio", "MB", "ratio",
                          title=f"{options.rows:,} {name}, {size:.0f} MB")  # fmt: skip
            # In turns, so that whatever else the machine does hits all alike.
            runs = [{way: measure(way, path) for way in _WAYS} for _ in range(options.times)]
            middle = {
                way: tuple(statistics.median(run[way][n] for run in runs) for n in (0, 1))
                for way in _WAYS
            }
            base = middle["geopandas"]
            for way, (seconds, memory) in middle.items():
                table.add_row(
                    way, f"{seconds:.2f}", f"{seconds / base[0]:.2f}",
                    f"{memory:.0f}", f"{memory / base[1]:.2f}",
                )  # fmt: skip
            console.print(table)
            spent = costs(path)
            table = Table("step", "s", "share", title=f"what it goes to, {name}")
            for step, seconds in spent.items():
                table.add_row(step, f"{seconds:.2f}", f"{seconds / sum(spent.values()):.0%}")
            console.print(table)


if __name__ == "__main__":
    main()
