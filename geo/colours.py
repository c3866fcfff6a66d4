"""The colours of the six kinds of park, on the map and in the styles of exported files.

Searched so that any two stay 19 ΔE2000 apart for normal, protan, deutan and tritan vision, and
each holds 3.1 : 1 on the ground of the map.
"""

from types import MappingProxyType

PARKS = MappingProxyType(
    {
        "industrial": "#cc6c3d",
        "innovation": "#467f7f",
        "research_education": "#43267f",
        "historical_cultural": "#9d48f2",
        "medical": "#a50808",
        "sport": "#59313e",
    }
)
NO_PARK = "#3c4851"
"""Of what belongs to no park."""
