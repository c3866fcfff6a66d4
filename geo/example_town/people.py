"""Houses along the streets, and the people in them, one point for each side street."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.example_town.ground import KEPT_FREE, POND, RIVER, SEED, layer

_SQUARE_METRES_A_PERSON = 32.0
_SETBACK_M = 22.0


def houses(rows: pd.DataFrame) -> pd.DataFrame:
    """Return houses in local metres: `shape`, `street` (row of it), `floors`, `people`."""
    dice = np.random.default_rng(SEED + 1)
    blocked = shapely.union_all(
        [*KEPT_FREE, RIVER.buffer(10), POND, shapely.union_all(rows["line"].to_numpy()).buffer(9)]
    )
    shapely.prepare(blocked)
    made = []
    taken = shapely.STRtree([])
    shapes: list[shapely.Polygon] = []
    for number, (line, highway) in enumerate(zip(rows["line"], rows["highway"], strict=True)):
        if highway not in ("residential", "secondary", "primary", "track"):
            continue
        for share in (0.27, 0.73):
            for side in (-1, 1):
                shape, floors = _house(line, share, side, dice)
                taken = shapely.STRtree(shapes)
                if dice.random() < 0.68 and not blocked.intersects(shape) and not len(
                    taken.query(shape, predicate="intersects")
                ):  # fmt: skip
                    people = int(
                        shape.area * floors / _SQUARE_METRES_A_PERSON * dice.uniform(0.6, 1)
                    )
                    shapes.append(shape)
                    made.append((shape, number, floors, people))
    return pd.DataFrame(made, columns=["shape", "street", "floors", "people"])


def buildings(made: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the layer of buildings."""
    ids = [f"house-{number}" for number in range(1, len(made) + 1)]
    kinds = np.where(made["floors"] > 2, "apartments", "house")
    return layer({"id": ids, "kind": kinds, "floors": made["floors"]}, made["shape"])


def population(made: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return people at the middle of the houses of each street, by sex and age."""
    dice = np.random.default_rng(SEED + 2)
    spots, people = [], []
    for _, group in made.groupby("street"):
        if group["people"].sum():
            spots.append(shapely.centroid(shapely.multipoints(shapely.centroid(group["shape"]))))
            people.append(int(group["people"].sum()))
    total = np.array(people)
    columns: dict[str, object] = {
        "people": total,
        "women": dice.binomial(total, 0.535),
        "aged_0_14": dice.binomial(total, 0.18),
        "aged_65_over": dice.binomial(total, 0.15),
    }
    return layer(columns, spots)


def _house(
    line: shapely.LineString, share: float, side: int, dice: np.random.Generator
) -> tuple[shapely.Polygon, int]:
    ends = shapely.get_coordinates(line)[[0, -1]]
    along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    across = np.array([-along[1], along[0]]) * side
    foot = shapely.get_coordinates(line.interpolate(share, normalized=True))[0]
    central = np.hypot(*foot) < 900
    floors = int(dice.choice([3, 5, 9] if central else [1, 1, 2, 5]))
    length, depth = (42.0, 13.0) if floors > 2 else (13.0, 10.0)
    middle = foot + across * (_SETBACK_M + depth / 2)
    corners = [
        middle + a * along * length / 2 + b * across * depth / 2
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    return shapely.Polygon(corners), floors
