"""Vector tiles: our encoder against mapbox-vector-tile, same polygons, one run.

    python -m benchmarks.tiles [--polygons 5000] [--rounds 5]

Encodes one tile of polygons with holes and five attributes both ways; prints the least processor
time of several rounds and the ratio to the budget (8), then what tiles of a large layer take.
"""

import argparse
import time
from collections.abc import Callable

import mapbox_vector_tile
import numpy as np
import shapely
from rich.console import Console
from rich.table import Table

from geo.tiles import Pyramid, Tile, encode_layer
from geo.tiles.scheme import to_plane

BUDGET = 8
"""Least times that ours must be faster."""

CENTRE = (84.97, 56.5)


def least_ms(act: Callable[[], object], rounds: int) -> float:
    """Return the least processor time of some calls in milliseconds, after one to warm up."""
    act()
    samples = []
    for _ in range(rounds):
        begin = time.process_time()
        act()
        samples.append(1000 * (time.process_time() - begin))
    return min(samples)


def polygons(count: int) -> np.ndarray:
    """Return polygons of 20 vertices in units of a tile, every fourth with a hole."""
    rng = np.random.default_rng(1)
    angles = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    found = []
    for n, at in enumerate(rng.uniform(60, 4036, (count, 2))):
        ring = np.rint(at + circle * rng.uniform(36, 60, (20, 1)))
        hole = np.rint(at + circle[::-1] * 18)
        found.append(shapely.Polygon(ring, [hole] if n % 4 == 0 else []))
    return np.array(found, dtype=object)


def main() -> None:
    """Print both tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--polygons", type=int, default=5_000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    shapes = polygons(options.polygons)
    numbers = range(options.polygons)
    columns = {
        "name": [f"house {n}" for n in numbers],
        "kind": [("flats", "shop", "garage")[n % 3] for n in numbers],
        "floors": [n % 25 for n in numbers],
        "year": [1950 + n % 70 for n in numbers],
        "share": [n / 7 for n in numbers],
    }
    features = [
        {"id": n, "geometry": shapes[n], "properties": {k: v[n] for k, v in columns.items()}}
        for n in numbers
    ]
    ours = least_ms(
        lambda: encode_layer("houses", shapes, ids=numbers, properties=columns), options.rounds
    )
    theirs = least_ms(
        lambda: mapbox_vector_tile.encode(
            {"name": "houses", "features": features}, default_options={"y_coord_down": True}
        ),
        options.rounds,
    )
    console = Console(width=100)
    console.print(
        f"{options.polygons:,} polygons, 5 attributes: ours {ours:.0f} ms, "
        f"mapbox-vector-tile {theirs:.0f} ms, {theirs / ours:.1f} x (budget {BUDGET} x)"
    )
    table = Table(title="Tiles of a layer of 200,000 rows, half points, half houses")
    for column in ("zoom", "ms", "bytes"):
        table.add_column(column, justify="right")
    rng = np.random.default_rng(2)
    at = rng.normal(CENTRE, (0.15, 0.08), (200_000, 2))
    layer = np.concatenate(
        [shapely.points(at[::2]), shapely.box(*at[1::2].T, *(at[1::2] + 0.0003).T)]
    )
    pyramid = Pyramid(layer)
    x, y = to_plane(np.array([CENTRE]))[0]
    for zoom in (5, 8, 10, 12, 14, 16):
        tile = Tile(zoom, int(x * 2**zoom), int(y * 2**zoom))
        took = least_ms(lambda tile=tile: pyramid.tile(tile), options.rounds)
        table.add_row(str(zoom), f"{took:.0f}", f"{len(pyramid.tile(tile)):,}")
    console.print(table)


if __name__ == "__main__":
    main()
