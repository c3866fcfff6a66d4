"""Colours, letters and sizes of everything that is drawn; the hues of the parks are `geo`'s."""

from dataclasses import dataclass

from geo.colours import PARKS as COLOURS


@dataclass(frozen=True)
class ParkStyle:
    """How one kind of park looks: a disc of its colour with its letter, never colour alone.

    `line` and `line_dark` colour dashed circles and outlines on the light and the dark ground.
    """

    id: str
    colour: str
    line: str
    line_dark: str
    letter_ru: str
    letter_en: str

    def letter(self, lang: str) -> str:
        """Return the letter in a language (ru, en)."""
        return self.letter_ru if lang == "ru" else self.letter_en


# `line_dark` is the colour mixed with white, to hold the contrast on the dark ground.
PARKS = tuple(
    ParkStyle(park, COLOURS[park], COLOURS[park], line_dark, letter_ru, letter_en)
    for park, line_dark, letter_ru, letter_en in (
        ("industrial", "#dc9a7a", "И", "I"),
        ("innovation", "#7fb0b0", "В", "N"),
        ("research_education", "#a394cf", "Н", "R"),
        ("historical_cultural", "#bd85f6", "К", "H"),
        ("medical", "#dd7b7b", "М", "M"),
        ("sport", "#b3929e", "С", "S"),
    )
)
"""The six kinds in the order of every list on screen."""

BY_PARK = {park.id: park for park in PARKS}

DISC_MIN_PX = 22
"""Diameter of a site whose area is small or not known."""
DISC_MAX_PX = 64
DISC_PX_PER_ROOT_HA = 4.5
"""Diameter over the square root of the area: equal ink for equal area between the two limits."""

LIGHT = {
    "ground": "#f3f1ec",
    "graticule": "#dfdbd2",
    "graticule_text": "#6a6557",
    "settlement": "#4b5560",
    "halo": "#ffffff",
    "disc_outline": "#1d2b36",
    "disc_letter": "#ffffff",
    "dot_fill": "#ffffff",
    "dot_line": "#3c4851",
    "selection_halo": "#ffffff",
    "selection_ring": "#12202b",
    "surface": "#ffffff",
    "surface_hover": "#e8f1f5",
    "text": "#1d2b36",
    "secondary": "#5c6872",
    "line": "#e3e5e8",
    "accent": "#0b4f6c",
    "accent_text": "#ffffff",
    "warning": "#8a5a00",
    "own": "#f2b82c",
    "own_line": "#1d2b36",
    "snapshot_water": "#c9dce6",
    "snapshot_open_space": "#dbe5cf",
    "snapshot_street": "#ffffff",
    "snapshot_street_line": "#d5cfc3",
    "snapshot_building": "#d9d1c4",
    "snapshot_building_line": "#bfb5a5",
    "snapshot_stop": "#5c6872",
    "shadow": "#1d2b3626",
}
DARK = {
    "ground": "#1b2228",
    "graticule": "#2b343c",
    "graticule_text": "#8d99a3",
    "settlement": "#b6c0c9",
    "halo": "#12181d",
    "disc_outline": "#eef2f5",
    "disc_letter": "#ffffff",
    "dot_fill": "#1b2228",
    "dot_line": "#dde4ea",
    # The other way round from the light theme: what surrounds a disc must part from the ground.
    "selection_halo": "#0d1216",
    "selection_ring": "#ffffff",
    "surface": "#232c34",
    "surface_hover": "#2d3a45",
    "text": "#eef2f5",
    "secondary": "#a5b1bb",
    "line": "#36424c",
    "accent": "#7cc4e4",
    "accent_text": "#10181e",
    "warning": "#f0b95b",
    "own": "#f2b82c",
    "own_line": "#0d1216",
    "snapshot_water": "#22323f",
    "snapshot_open_space": "#22302a",
    "snapshot_street": "#3d4954",
    "snapshot_street_line": "#151b20",
    "snapshot_building": "#2f3942",
    "snapshot_building_line": "#46525d",
    "snapshot_stop": "#a5b1bb",
    "shadow": "#00000073",
}
"""Names as in LIGHT, for the dark theme."""
