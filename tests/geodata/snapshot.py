"""The real layers as a snapshot: footprints, borders and stations."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from geo.snapshot import About, Snapshot, write_snapshot

FOOTPRINTS = "osm-buildings-tomsk-south-centre/buildings.gpkg"
MUNICIPALITIES = "osm-admin-boundaries/agglomeration_municipalities.geojson"
STATIONS = "osm-railway-stations/railway_stations.geojson"

ABOUT = About(
    id="real",
    kind="openstreetmap",
    title_ru="Юг и центр Томска",
    title_en="South and centre of Tomsk",
    retrieved="2021-01-31",
    source="OpenStreetMap",
    query="",
    licence="ODbL-1.0",
    attribution_ru="© участники OpenStreetMap",
    attribution_en="© OpenStreetMap contributors",
    notice_ru="",
    notice_en="",
    made="tests",
)


def real_snapshot(folder: Path, read: Callable[[str], gpd.GeoDataFrame]) -> Snapshot:
    """Write the layers into a new folder."""
    footprints, areas, stations = map(read, (FOOTPRINTS, MUNICIPALITIES, STATIONS))
    names = {"name_ru": stations["name"], "name_en": ""}
    city = areas["name_en"].str.contains("Tomsk") & areas["name_en"].str.contains("city")
    layers = {
        "buildings": {"id": footprints["osm_way_id"].map("way/{}".format), "kind": "building"},
        "boundaries": {
            "id": areas.index.map(str),
            "border": city.map({True: "administrative_city", False: "agglomeration"}),
            **areas[["name_ru", "name_en"]],
        },
        "pois": {"id": stations["osm_id"].map(str), "kind": "railway_station", **names},
        "stops": {"id": stations["osm_id"].map(str), "mode": "train", **names},
    }
    shapes = (footprints, areas, stations, stations)
    return write_snapshot(
        folder,
        ABOUT,
        {
            layer: gpd.GeoDataFrame(columns, geometry=frame.geometry.array, crs=4326)
            for (layer, columns), frame in zip(layers.items(), shapes, strict=True)
        },
    )
