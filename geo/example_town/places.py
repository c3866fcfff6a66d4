"""Stops, institutions, open space, sites of the six kinds and the three borders of the town."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.example_town import ground
from geo.example_town.ground import layer

Rows = list[tuple[object, ...]]


def stops(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return stops: pairs of platforms along the main streets, a tram, a station, one unclear."""
    found: Rows = []
    for highway, mode, word, english in (
        ("primary", "bus", "Остановка проспекта", "Avenue stop"),
        ("secondary", "trolleybus", "Остановка Главной", "Main street stop"),
    ):
        lines = rows.loc[(rows["highway"] == highway), "line"]
        for number, line in enumerate(lines.iloc[::3], start=1):
            x, y = shapely.get_coordinates(line.interpolate(0.5, normalized=True))[0]
            for platform, side in (("a", -14.0), ("b", 14.0)):
                found.append(
                    (f"{mode}-{number}{platform}", mode, f"{word} {number}", f"{english} {number}",
                     shapely.Point(x + side, y + side))
                )  # fmt: skip
    for number, x in enumerate((-1500.0, -1150.0), start=1):
        found.append(
            (f"tram-{number}", "tram", f"Трамвай {number}", f"Tram {number}",
             shapely.Point(x, -240.0))
        )  # fmt: skip
    found.append(("station", "train", "Вокзал", "Railway station", shapely.Point(1000.0, 190.0)))
    found.append(("landing", "unknown", "Пристань", "Landing stage", shapely.Point(-560.0, -900.0)))
    return _layer(["id", "mode", "name_ru", "name_en"], found)


def institutions() -> gpd.GeoDataFrame:
    """Return what people go to: clinics, schools, universities, the station, shops."""
    spots: Rows = [
        ("clinic-1", "clinic", "Поликлиника № 1", "Clinic 1", shapely.Point(420, -480)),
        ("clinic-2", "clinic", "Поликлиника № 2", "Clinic 2", shapely.Point(-1200, 500)),
        ("hospital", "hospital", "Больница", "Hospital", shapely.centroid(ground.HOSPITAL)),
        ("university", "university", "Университет", "University", shapely.Point(-190, 590)),
        ("institute", "university", "Институт", "Institute", shapely.Point(950, 480)),
        ("school-1", "school", "Школа № 1", "School 1", shapely.Point(-260, -700)),
        ("school-2", "school", "Школа № 2", "School 2", shapely.Point(900, 900)),
        ("school-3", "school", "Школа № 3", "School 3", shapely.Point(-1350, -350)),
        ("station", "railway_station", "Вокзал", "Railway station", shapely.Point(1000, 190)),
        ("market", "marketplace", "Рынок", "Market", shapely.Point(300, -200)),
    ]
    return _layer(["id", "kind", "name_ru", "name_en"], spots)


def open_space() -> gpd.GeoDataFrame:
    """Return parks, squares and grounds, with what is known of who may enter."""
    own = "invented with the town"
    spaces: Rows = [
        ("central-park", "park", "free", f"gates always open ({own})", "Центральный парк",
         "Central park", ground.CENTRAL_PARK.difference(ground.POND)),
        ("square", "square", "free", f"no fence ({own})", "Площадь", "The Square", ground.SQUARE),
        ("embankment", "embankment", "free", f"no fence ({own})", "Набережная", "Embankment",
         ground.EMBANKMENT),
        ("grove", "grove", "unknown", "", "Университетская роща", "University grove",
         ground.GROVE),
        ("forest", "forest", "unknown", "", "Восточный лес", "Eastern forest", ground.FOREST),
        ("garden", "garden", "restricted", f"entry by ticket ({own})", "Ботанический сад",
         "Botanical garden", ground.GARDEN),
        ("stadium-ground", "pitch", "unknown", "", "Стадион «Примерский»", "Primersk stadium",
         ground.STADIUM),
    ]  # fmt: skip
    return _layer(["id", "kind", "public_access", "evidence", "name_ru", "name_en"], spaces)


def water() -> gpd.GeoDataFrame:
    """Return the river and a pond."""
    return _layer(
        ["id", "name_ru", "name_en"],
        [
            ("river", "Примерка", "Primerka river", ground.RIVER),
            ("pond", "Пруд", "Pond", ground.POND),
        ],
    )


def sites() -> gpd.GeoDataFrame:
    """Return one site of each of the six kinds of park, placed more or less well."""
    disc = shapely.buffer(shapely.Point(500, -1010), 170, quad_segs=8)
    rows: Rows = [
        ("example-industrial", "industrial", "traced", 5.0, "closed", "fence (invented)",
         "Индустриальный парк «Примерский»", "Primersk industrial park", ground.FACTORY),
        ("example-innovation", "innovation", "disc_of_area", 120.0, "unknown", "",
         "Технопарк «Примерский»", "Primersk technology park", disc),
        ("example-research", "research_education", "traced", 5.0, "unknown", "",
         "Кампус с рощей", "Campus with its grove", ground.GROVE),
        ("example-historical", "historical_cultural", "surveyed", 2.0, "free",
         "no fence (invented)", "Набережная и площадь", "Embankment", ground.EMBANKMENT),
        ("example-medical", "medical", "traced", 5.0, "restricted", "entry by pass (invented)",
         "Больничный городок", "Hospital grounds", ground.HOSPITAL),
        ("example-sport", "sport", "street", 250.0, "unknown", "", "Спортивный парк",
         "Sports park", shapely.centroid(ground.STADIUM)),
    ]  # fmt: skip
    columns = [
        "id", "park_type", "geometry_method", "position_accuracy_m", "public_access", "evidence",
        "name_ru", "name_en",
    ]  # fmt: skip
    return _layer(columns, rows)


def boundaries() -> gpd.GeoDataFrame:
    """Return the three borders, each within the next."""
    rows: Rows = [
        ("centre", "urban_centre", "Городской центр", "Urban centre", ground.TOWN),
        ("city", "administrative_city", "Город", "City", shapely.box(-2050, -1600, 2150, 1600)),
        ("agglomeration", "agglomeration", "Агломерация", "Agglomeration",
         shapely.box(-2600, -2200, 2600, 2200)),
    ]  # fmt: skip
    return _layer(["id", "border", "name_ru", "name_en"], rows)


def _layer(columns: list[str], rows: Rows) -> gpd.GeoDataFrame:
    *values, shapes = zip(*rows, strict=True)
    return layer(dict(zip(columns, map(list, values), strict=True)), np.array(shapes, dtype=object))
