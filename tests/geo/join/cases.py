"""Random joins of small layers whose rows share edges, corners, holes and whole outlines."""

import random
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import METRES
from geo.join import vocabulary
from tests.geo.join.oracle import Row

EAST, NORTH = 480_000, 6_260_000
"""In Tomsk; whole numbers of metres stay exact."""

STEP = 10
PATTERNS = (
    "T********",
    "FF*FF****",
    "T*F**F***",
    "****T****",
    "212101212",
    "F***0****",
    "*********",
)


def point(rng: random.Random) -> shapely.Point:
    return shapely.Point(EAST + STEP * rng.randrange(7), NORTH + STEP * rng.randrange(7))


def square(rng: random.Random) -> shapely.Polygon:
    x, y = EAST + STEP * rng.randrange(6), NORTH + STEP * rng.randrange(6)
    wide, tall = STEP * rng.randrange(1, 4), STEP * rng.randrange(1, 4)
    return shapely.box(x, y, x + wide, y + tall)


def ring(rng: random.Random) -> shapely.Polygon:
    x, y = EAST + STEP * rng.randrange(4), NORTH + STEP * rng.randrange(4)
    hole = shapely.box(x + STEP, y + STEP, x + 2 * STEP, y + 2 * STEP)
    return shapely.Polygon(
        shapely.box(x, y, x + 3 * STEP, y + 3 * STEP).exterior, [hole.exterior.coords]
    )


def triangle(rng: random.Random) -> BaseGeometry:
    corners = [point(rng) for _ in range(3)]
    shape = shapely.Polygon(corners)
    return shape if shape.area > 0 else square(rng)


def line(rng: random.Random) -> BaseGeometry:
    corners = [point(rng) for _ in range(rng.randrange(2, 4))]
    shape = shapely.LineString(corners)
    simple = len({p.wkb for p in corners}) == len(corners) and shape.is_simple
    return shape if simple else shapely.LineString([corners[0], (EAST - STEP, NORTH - STEP)])


def points(rng: random.Random) -> shapely.MultiPoint:
    return shapely.MultiPoint(list({p.wkb: p for p in (point(rng) for _ in range(3))}.values()))


def lines(rng: random.Random) -> shapely.MultiLineString:
    y = NORTH + STEP * rng.randrange(5)
    return shapely.MultiLineString(
        [[(EAST, y), (EAST + 3 * STEP, y)], [(EAST, y + STEP), (EAST + 2 * STEP, y + 2 * STEP)]]
    )


def islands(rng: random.Random) -> BaseGeometry:
    x, y = EAST + STEP * rng.randrange(3), NORTH + STEP * rng.randrange(5)
    boxes = [shapely.box(x, y, x + STEP, y + STEP), shapely.box(x + 20, y, x + 40, y + 2 * STEP)]
    return shapely.MultiPolygon(boxes)


KINDS = (point, point, square, square, ring, triangle, line, points, lines, islands)


def rows(rng: random.Random, name: str) -> list[Row]:
    made: list[Row] = []
    flavour = rng.choice((KINDS, KINDS, (point,), (square, ring, triangle), (line, square)))
    for number in range(rng.randrange(6)):
        luck = rng.random()
        shape: BaseGeometry | None
        if luck < 0.05:
            shape = None
        elif luck < 0.1:
            shape = rng.choice((shapely.Polygon(), shapely.Point(), shapely.LineString()))
        elif luck < 0.25 and made:
            shape = rng.choice(made).shape
        else:
            shape = rng.choice(flavour)(rng)
        # Half of the ids stand in both layers, so that `exclusive` has something to do.
        own = f"{name if rng.random() < 0.5 else 'both'}{number}"
        made.append(Row(own, shape, rng.choice(("x", "y", None)), rng.choice("pqr")))
    rng.shuffle(made)
    return made


def frame(made: list[Row]) -> gpd.GeoDataFrame:
    columns = {
        "id": [row.id for row in made],
        "group": [row.group for row in made],
        "rank": [row.rank for row in made],
        "number": [float(n) for n in range(len(made))],
    }
    return gpd.GeoDataFrame(columns, geometry=[row.shape for row in made], crs=METRES)


def options(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "predicate": rng.choice(vocabulary.PREDICATES),
        "how": rng.choice(vocabulary.SIDES),
        "multiplicity": rng.choice(vocabulary.MULTIPLICITIES),
        "tie_rule": rng.choice(vocabulary.TIE_RULES),
        "exclusive": rng.random() < 0.2,
        "on": [("group", "group")] if rng.random() < 0.2 else [],
        "distance_m": None,
        "k": 1,
        "priority": (),
    }
    if found["multiplicity"] == "count" and found["how"] in ("right", "outer"):
        found["how"] = "left"
    if found["tie_rule"] == "priority":
        found |= {"priority_column": "rank", "priority": ("q", "p")}
    match found["predicate"]:
        case "dwithin":
            found["distance_m"] = float(rng.choice((0, 10, 20, 25, 50)))
        case "nearest":
            found["k"] = rng.randrange(1, 5)
            found["distance_m"] = rng.choice((None, None, 0.0, 10.0, 30.0))
        case "share":
            found["share"] = rng.choice((0.1, 0.5, 1.0))
        case "pattern":
            found["pattern"] = rng.choice(PATTERNS)
    return found
