"""The whole town: every layer, and what is said of it."""

import geopandas as gpd

from geo.example_town import people, places
from geo.example_town import streets as street_plan
from geo.snapshot import About

ABOUT = About(
    id="example-town",
    kind="example",
    title_ru="Примерск, вымышленный город",
    title_en="Primersk, an invented town",
    retrieved="2026-11-23",
    source="own work: drawn by the program geo/example_town from one seed",
    query="",
    licence="CC0-1.0",
    attribution_ru="Атлас томской агломерации, вымышленный пример (CC0)",
    attribution_en="Tomsk Agglomeration Atlas, invented example (CC0)",
    notice_ru="Пример: вымышленный город, не Томск. Числа не относятся ни к какому месту.",
    notice_en="Example: an invented town, not Tomsk. The numbers are true of no place.",
    made="python -m geo.example_town",
)


def layers() -> dict[str, gpd.GeoDataFrame]:
    """Return every layer of the snapshot, the same at each call."""
    rows = street_plan.streets()
    made = people.houses(rows)
    walk_nodes, walk_edges = street_plan.network(rows, "walk")
    drive_nodes, drive_edges = street_plan.network(rows, "drive")
    return {
        "walk_nodes": walk_nodes,
        "walk_edges": walk_edges,
        "drive_nodes": drive_nodes,
        "drive_edges": drive_edges,
        "stops": places.stops(rows),
        "population": people.population(made),
        "buildings": people.buildings(made),
        "open_space": places.open_space(),
        "water": places.water(),
        "pois": places.institutions(),
        "boundaries": places.boundaries(),
        "sites": places.sites(),
    }
