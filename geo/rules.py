"""The rules of the dataset that a file of it can break, as one table of stable names.

The words are those of the command line; the translations `rule.<name>` in the language files have
the same placeholders, and first say what was found, then what to do.
"""

from types import MappingProxyType

RULES = MappingProxyType(
    {
        "entry_missing": "the entry is missing",
        "not_geojson": "not a GeoJSON FeatureCollection",
        "not_csv": "not a readable CSV",
        "crs_member": "remove it: GeoJSON is longitude and latitude in WGS 84, "
        "and nothing else is read",
        "id_differs": "the feature's `id` is {found}, its property {expected}",
        "id_repeated": "{found} stands more than once; ids are unique",
        "id_elsewhere": "`{found}` is also row {row} of {file}; ids are unique",
        "not_a_geometry": "not a geometry",
        "geometry_empty": "empty geometry; write null for an unknown place",
        "geometry_infinite": "a coordinate is not a finite number",
        "geometry_invalid": "not valid; repair the outline (self-intersection or open ring)",
        "geometry_outside": "outside the world; coordinates are (longitude, latitude) in degrees",
        "column_missing": "the column is missing",
        "column_unknown": "unknown column",
        "needed": "nothing is given, and something must be",
        "text": "{found} is not a text with something in it",
        "id_form": "{found} is no id: small letters, digits and hyphens are expected",
        "one_of": "{found} is none of {expected}",
        "between": "{found} is not between {low} and {high}",
        "number": "{found} is not a number",
        "whole_year": "{found} is not a whole year",
        "date": "{found} is not a date: YYYY, YYYY-MM or YYYY-MM-DD",
        "addresses": "{found} is not a list of http(s) addresses",
        "list": "{found} is not a list",
        "osm_tags": "{found} is not key=value, one space between several",
        "osm_objects": "{found} is not way/n or relation/n, one space between several",
        "other": "{found} does not satisfy {expected}",
        "reference": "no `{found}` among the {target}",
        "other_file": "{found} belongs in another file",
        "status": "{found}, but the source's word {word} means {expected}",
        "method_without_place": "{found} does not go with no geometry",
        "method_with_place": "{found} does not go with a geometry",
    }
)
"""Name -> what is wrong and what is expected; a template of the values of a `Problem`."""
