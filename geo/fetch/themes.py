"""What is asked of OpenStreetMap for each layer: one list of tags makes the query and the choice.

A query in the Overpass language: https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

ANY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """Kinds of element (`way`, `wr`, `nwr` as Overpass writes them) and their tags.

    An element belongs to the theme when one of the keys has one of its values; `ANY` is every
    value but those in `but`.
    """

    kinds: str
    tags: Mapping[str, tuple[str, ...]]
    but: tuple[str, ...] = ()

    def wanted(self, tags: Mapping[str, str]) -> bool:
        """Whether an element with these tags belongs to the theme."""
        for key, values in self.tags.items():
            value = tags.get(key)
            if value is not None and value not in self.but and (not values or value in values):
                return True
        return False

    def statements(self) -> tuple[str, ...]:
        """Return the statements of a query, without its box."""
        return tuple(
            f"{self.kinds}{self._condition(key, values)};" for key, values in self.tags.items()
        )

    def _condition(self, key: str, values: tuple[str, ...]) -> str:
        if values:
            return f'["{key}"~"^({"|".join(values)})$"]'
        but = f'["{key}"!~"^({"|".join(self.but)})$"]' if self.but else ""
        return f'["{key}"]{but}'


STANDING_NO_MORE = (
    "no", "construction", "proposed", "planned", "demolished", "razed", "collapsed", "ruins",
)  # fmt: skip

POIS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("amenity", "clinic"): "clinic",
        ("healthcare", "clinic"): "clinic",
        ("amenity", "hospital"): "hospital",
        ("healthcare", "hospital"): "hospital",
        ("amenity", "university"): "university",
        ("amenity", "college"): "college",
        ("amenity", "school"): "school",
        ("amenity", "kindergarten"): "kindergarten",
        ("amenity", "marketplace"): "marketplace",
        ("amenity", "library"): "library",
        ("amenity", "theatre"): "theatre",
        ("amenity", "bus_station"): "bus_station",
        ("tourism", "museum"): "museum",
        ("leisure", "sports_centre"): "sports_centre",
        ("leisure", "stadium"): "stadium",
        ("railway", "station"): "railway_station",
        ("railway", "halt"): "railway_station",
        ("aeroway", "aerodrome"): "airport",
    }
)
"""Tag -> kind of institution; the first that fits counts."""


def _values_by_key(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    keys = dict.fromkeys(key for key, _ in pairs)
    return {key: tuple(value for other, value in pairs if other == key) for key in keys}


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "streets": Theme("way", {"highway": ANY}),
        "buildings": Theme("wr", {"building": ANY}, but=STANDING_NO_MORE),
        "stops": Theme(
            "nwr",
            {
                "highway": ("bus_stop",),
                "railway": ("station", "halt", "tram_stop"),
                "public_transport": ("platform",),
                "amenity": ("ferry_terminal",),
            },
        ),
        "open_space": Theme(
            "wr",
            {
                "leisure": (
                    "park", "garden", "playground", "common", "dog_park", "nature_reserve",
                ),
                "landuse": ("recreation_ground", "village_green"),
                "natural": ("beach",),
                "place": ("square",),
            },
        ),
        "water": Theme(
            "wr",
            {
                "natural": ("water",),
                "waterway": ("riverbank", "dock"),
                "landuse": ("reservoir", "basin"),
            },
        ),
        "pois": Theme("nwr", _values_by_key(list(POIS))),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Themes that are asked for together, and the layers they give."""

    id: str
    themes: tuple[str, ...]
    layers: tuple[str, ...]


GROUPS = (
    Group("streets", ("streets",), ("walk", "drive")),
    Group("buildings", ("buildings",), ("buildings",)),
    Group(
        "places",
        ("stops", "open_space", "water", "pois"),
        ("stops", "open_space", "water", "pois"),
    ),
)
LAYERS = (*(layer for group in GROUPS for layer in group.layers), "boundaries")
"""What `--layers` may name."""

HEAD = "[out:json][timeout:180][maxsize:536870912]"
"""Limits that a public host grants without a word."""


def query(themes: Sequence[str], box: tuple[float, float, float, float]) -> str:
    """Return the query for themes in a box (west, south, east, north), members included."""
    statements = "".join(line for theme in themes for line in THEMES[theme].statements())
    # Two unions: `>` inside the first would go down from its last statement alone.
    return f"{HEAD}{boxed(box)};({statements});(._;>;);out body qt;"


def boxed(box: tuple[float, float, float, float]) -> str:
    """Return the setting that keeps a query in a box; the language wants south first."""
    west, south, east, north = box
    return f"[bbox:{south:.6f},{west:.6f},{north:.6f},{east:.6f}]"
