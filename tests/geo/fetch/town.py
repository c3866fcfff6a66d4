"""An invented town of a few streets as elements of OpenStreetMap: own work, true of nowhere.

Nine crossings 1 to 9 in rows of three, 0.002 degrees apart (about 122 m by 222 m); a footpath, a
one-way street, a lake with an island, a broken way, and a border of two halves.
"""

from tests.geo.fetch.overpass_stand_in import (
    Element,
    StandIn,
    answer,
    node,
    relation,
    square,
    way,
)

WEST, SOUTH, STEP = 85.0, 56.5, 0.002
BOX = "84.99,56.49,85.02,56.52"

CROSSINGS = [
    node(1 + column + 3 * row, WEST + column * STEP, SOUTH + row * STEP)
    for row in range(3)
    for column in range(3)
]
BEND = node(10, WEST + 0.5 * STEP, SOUTH + 0.0001)
STREETS = [
    way(101, [1, 10, 2, 3], highway="residential", name="Первая", maxspeed="RU:urban"),
    way(102, [4, 5, 6], highway="primary", maxspeed="60"),
    way(103, [7, 8, 9], highway="service"),
    way(104, [1, 4, 7], highway="residential", oneway="yes"),
    way(105, [2, 5, 8], highway="footway"),
    way(106, [3, 6, 9], highway="tertiary", maxspeed="9000"),
    way(107, [1, 404], highway="residential"),
    way(108, [4, 8], highway="construction"),
]
STREET_ELEMENTS = [*CROSSINGS, BEND, *STREETS]
BUILDINGS = [
    *square(21, 85.0005, 56.5005, side=0.0003, building="house"),
    *square(22, 85.0025, 56.5005, side=0.0003, building="apartments"),
    *square(23, 85.0005, 56.5025, side=0.0003, building="construction"),
    way(24, [210, 211, 212], building="garage"),
]
LAKE = [
    *square(31, 85.0060, 56.5000, side=0.001),
    *square(32, 85.0063, 56.5003, side=0.0002),
    relation(33, [(31, "outer"), (32, "inner")], type="multipolygon", natural="water", name="Пруд"),
]
PLACES = [
    node(41, 85.0001, 56.5021, highway="bus_stop", name="Площадь", **{"name:en": "Square"}),
    node(42, 85.0021, 56.5021, railway="tram_stop"),
    node(43, 85.0041, 56.5021, public_transport="platform", trolleybus="yes"),
    node(44, 85.0041, 56.5041, amenity="clinic", name="Поликлиника"),
    *square(45, 85.0030, 56.5030, side=0.0004, amenity="university", name="Университет"),
    *square(51, 85.0010, 56.5030, side=0.0004, leisure="park", access="yes", name="Сад"),
    *square(52, 85.0015, 56.5035, side=0.0002, leisure="garden"),
    *LAKE,
]
BORDER = [
    node(61, 84.999, 56.499),
    node(62, 85.008, 56.499),
    node(63, 85.008, 56.507),
    node(64, 84.999, 56.507),
    way(65, [61, 62, 63]),
    way(66, [61, 64, 63]),
]
CITY = relation(
    70, [(65, "outer"), (66, "outer")],
    type="boundary", boundary="administrative", admin_level="6", name="Приреченск",
)  # fmt: skip
EVERYTHING = [*STREET_ELEMENTS, *BUILDINGS, *PLACES, *BORDER, CITY]


def serve(server: StandIn) -> None:
    """Answer every question of a fetch for this town."""
    server.on('["highway"]', answer(STREET_ELEMENTS))
    server.on('["building"]', answer(BUILDINGS))
    server.on('"natural"', answer(PLACES))
    server.on("administrative", answer([]))
    server.on('"name"="Приреченск"', answer([CITY]))
    server.on("relation(id:70)", answer([*BORDER, CITY]))


def as_xml(elements: list[Element]) -> str:
    """Return elements as an OSM XML file."""
    order = {"node": 0, "way": 1, "relation": 2}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for one in sorted(elements, key=lambda one: (order[one["type"]], one["id"])):
        place = f' lat="{one["lat"]:.7f}" lon="{one["lon"]:.7f}"' if one["type"] == "node" else ""
        lines.append(
            f'<{one["type"]} id="{one["id"]}" version="1" timestamp="2024-11-19T08:00:00Z"{place}>'
        )
        lines += [f'<nd ref="{ref}"/>' for ref in one.get("nodes", [])]
        lines += [
            f'<member type="{member["type"]}" ref="{member["ref"]}" role="{member["role"]}"/>'
            for member in one.get("members", [])
        ]
        lines += [f'<tag k="{key}" v="{value}"/>' for key, value in one.get("tags", {}).items()]
        lines.append(f"</{one['type']}>")
    return "\n".join([*lines, "</osm>"])
