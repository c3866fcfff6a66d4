"""Everything that reading a file can find, as one table of stable codes.

A code has exactly one outcome. The words here are those of the command line and of the report's
`reason` and `action`; the placeholders are the values that an entry of the report carries, and the
translations `check.<code>` in the language files use the same ones. A code is never renamed:
scripts and saved reports hold it.
"""

import functools
import string
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """What becomes of the row, or of the file, in which something was found."""

    WARNING = "warning"
    """Kept as it is, though doubtful."""
    REPAIRED = "repaired"
    """Kept, changed."""
    DROPPED = "dropped"
    """The row is left out."""
    REFUSED = "refused"
    """The file is not read."""


@dataclass(frozen=True)
class Code:
    """One finding.

    Parameters
    ----------
    name
        The stable code.
    outcome
        What becomes of the row or file.
    reason
        What was found and, where it is not plain, what was expected; a template of values.
    action
        What was done (repaired, dropped) or what to do (warning, refused); a template of values.
    """

    name: str
    outcome: Outcome
    reason: str
    action: str

    @functools.cached_property
    def values(self) -> frozenset[str]:
        """Names of the values that an entry with this code carries."""
        fields = string.Formatter().parse(f"{self.reason} {self.action}")
        return frozenset(name for _, name, _, _ in fields if name)


ENTRIES = ("nothing", "folder", "device", "pipe", "link to nowhere")
"""What may stand where a file is expected; `entry.<…>` in the language files, spaces as hyphens."""

_REFUSED = {
    "not_a_file": ("there is no file of that name (found: {entry})", "check the name"),
    "not_readable": ("the file may not be read", "check who may read it"),
    "empty_file": ("the file is empty", "save the layer again"),
    "too_big": ("the file has {found_mb} MB, the limit is {limit_mb} MB", "split the layer"),
    "too_many_features": ("the file has more than {limit} rows", "split the layer"),
    "too_many_columns": (
        "the rows have more than {limit} different columns",
        "keep the columns that are needed",
    ),
    "too_many_vertices": (
        "the outlines have more than {limit} vertices",
        "simplify them or split the layer",
    ),
    "unknown_format": (
        "`{extension}` is not a format that can be read",
        "save the layer as GeoJSON, GeoPackage, GeoParquet, FlatGeobuf, CSV, XLSX or zipped "
        "Shapefile",
    ),
    "name_and_content_differ": (
        "the name says {named}, the content is {found}",
        "give the file the ending of its content, or save it again",
    ),
    "content_unknown": (
        "the name says {named}, the content is of no known kind",
        "save the layer again",
    ),
    "not_utf8": (
        "the text is not UTF-8; it may be {offer}",
        "save it as UTF-8, or name the encoding",
    ),
    "unknown_encoding": ("the text cannot be read as `{encoding}`", "name one of {known}"),
    "not_json": ("not JSON at line {line}, column {column}", "correct that place"),
    "truncated": (
        "the file ends in the middle of line {line}, column {column}",
        "save or download it again",
    ),
    "trailing_content": (
        "after the end of the layer, at line {line}, column {column}, there is more text",
        "remove it",
    ),
    "nested_too_deep": (
        "values are nested more than {limit} deep",
        "save the layer without such values",
    ),
    "number_too_long": (
        "a number after line {line}, column {column} has more than {limit} digits",
        "write it as text",
    ),
    "not_geojson": (
        "JSON, but not GeoJSON: the type is {found}",
        "save the layer as a FeatureCollection",
    ),
    "features_not_list": (
        "`features` is {found}, not a list",
        "save the layer as a FeatureCollection",
    ),
    "features_twice": ("`features` stands twice", "put all features into one list"),
    "crs_unknown": (
        "the coordinate system {found} is not known",
        "name one by its EPSG number, such as EPSG:32645",
    ),
    "crs_needed": (
        "the coordinates are not degrees and no coordinate system is named; it may be {offer}",
        "name it by its EPSG number",
    ),
    "no_coordinates": (
        "no column holds coordinates; the columns are {columns}",
        "name two columns `lon` and `lat`, or one `wkt`",
    ),
    "unclosed_quote": (
        "a quotation mark is never closed, or text follows a closed one, near row {row}",
        "correct the quotation marks there",
    ),
    "field_too_long": ("a cell near row {row} has more than {limit} characters", "shorten it"),
    "zip_broken": ("the archive cannot be unpacked", "make it again"),
    "zip_encrypted": ("the archive asks for a password", "make it without one"),
    "zip_too_many_files": ("the archive has {found} files, the limit is {limit}", "keep one layer"),
    "zip_too_big": (
        "unpacked, the archive would have {found_mb} MB; the limit is {limit_mb} MB",
        "split the layer",
    ),
    "zip_ratio": (
        "`{member}` grows more than {limit} times when unpacked",
        "pack it anew, without padding",
    ),
    "zip_path": (
        "`{member}` lies in a folder or outside the archive, or stands twice",
        "put the files into the archive itself, each once",
    ),
    "zip_link": ("`{member}` is a link, not a file", "pack the file itself"),
    "shapefile_alone": (
        "a .shp file alone lacks its table and coordinate system",
        "zip it with its .shx, .dbf, .prj and .cpg",
    ),
    "shapefile_incomplete": ("the archive lacks the {missing} file", "add it"),
    "shapefile_count": (
        "the archive holds {found} Shapefiles, one is expected",
        "pack each into its own archive",
    ),
    "many_layers": ("the file holds several layers: {layers}", "name the one to read"),
    "layer_unknown": ("no layer `{layer}` in the file; it holds {layers}", "name one of these"),
    "layer_is_query": (
        "the file holds queries (`{member}`), not only tables",
        "save the layer as a table",
    ),
    "geometry_encoding": (
        "the geometry is written as {found}, not as WKB",
        "save the layer with geometry as WKB",
    ),
    "broken_file": ("damaged, or not really {format}", "save the layer again"),
    "out_of_time": ("reading took longer than {seconds} s", "split or simplify the layer"),
    "out_of_memory": ("reading needed more than {limit_mb} MB of memory", "split the layer"),
    "crashed": ("the file broke the program that read it", "save it in another format"),
    "cancelled": ("reading was cancelled", "start it again"),
    "busy": ("files of others are being read", "try again in a minute"),
    "dataset_broken": ("{count} fault(s) against the rules of the dataset", "correct them"),
}
_DROPPED = {
    "not_a_feature": ("{found} stands where a feature is expected", "left out"),
    "not_a_geometry": ("{found} is not a geometry", "left out"),
    "wrong_nesting": ("the coordinates are not nested as a {type} needs", "left out"),
    "not_a_number": ("{found} stands where a coordinate is expected", "left out"),
    "too_few_ordinates": ("a position has {found} number(s), not two", "left out"),
    "not_finite": ("a coordinate is not a finite number", "left out"),
    "line_too_short": ("a line has {found} position(s), not two or more", "left out"),
    "ring_too_short": ("a ring has {found} different position(s), not three or more", "left out"),
    "outside_world": (
        "{lon}, {lat} is no longitude and latitude: -180 to 180, -90 to 90 is expected",
        "left out",
    ),
    "not_projectable": ("{x}, {y} has no place in {crs}", "left out"),
    "bad_coordinate": ("{found} is not a coordinate in degrees or metres", "left out"),
    "bad_wkt": ("{found} is not a geometry in WKT", "left out"),
    "bad_wkb": ("the geometry is damaged", "left out"),
    "too_many_fields": ("the row has {found} cells, the header {expected}", "left out"),
    "repair_too_long": (
        "not valid ({problem}) and not repaired within {seconds} s",
        "left out",
    ),
    "repair_too_big": (
        "not valid ({problem}) and, with {found} vertices, too big to repair; the limit is {limit}",
        "left out",
    ),
    "repair_failed": ("not valid ({problem}), and its repair is not valid either", "left out"),
    "repair_left_nothing": ("not valid ({problem}), and without any area or length", "left out"),
}
_REPAIRED = {
    "self_intersection": (
        "lines cross or touch at {lon}, {lat} ({problem}); area {before_m2} m2",
        "rebuilt from its rings; area {after_m2} m2",
    ),
    "invalid_rings": (
        "rings do not fit together at {lon}, {lat} ({problem}); area {before_m2} m2",
        "rebuilt from its rings; area {after_m2} m2",
    ),
    "unclosed_ring": ("a ring does not end where it begins", "closed"),
    "hole_removed": ("a hole has {found} different position(s), not three or more", "hole removed"),
    "wrong_winding": (
        "outer rings run clockwise or holes counter-clockwise; {count} row(s)",
        "turned round",
    ),
    "empty_geometry": ("a {type} without a position", "read as no place"),
    "flattened": ("positions have {ordinates} numbers; {count} row(s)", "the first two kept"),
    "swapped": ("latitude stood before longitude; {count} row(s)", "swapped, as asked"),
    "reprojected": ("coordinates in {crs}", "turned into degrees (EPSG:4326)"),
    "densified": (
        "edges longer than {longest_m} m in {count} row(s)",
        "vertices put on them, so that they stay where they are in degrees",
    ),
    "reencoded": ("text in {encoding}", "read as such and turned into UTF-8"),
    "control_characters": ("control characters in {found}", "taken out: {kept}"),
    "lone_surrogate": ("half a character in {found}", "replaced by U+FFFD: {kept}"),
    "value_not_finite": ("{found} is not a finite number", "read as no value"),
    "integer_too_big": ("{found} does not fit into 64 bits", "column kept as text"),
    "feature_no_type": ('a feature without `type`: "Feature"', "read as a feature"),
    "collection_no_type": (
        'a layer without `type`: "FeatureCollection"',
        "read as a FeatureCollection",
    ),
    "properties_not_object": ("`properties` is {found}, not an object", "read as no values"),
}
_WARNING = {
    "no_rows": ("the layer has no rows", "check that it was saved whole"),
    "duplicate_key": ("`{key}` stands twice; the last value counts", "keep one of them"),
    "null_geometry": ("no place", "give it one, if it is known"),
    "no_properties": ("no `properties`", "add them, or null"),
    "id_differs": ("the feature's id is {feature_id}, its property {property_id}", "make them one"),
    "duplicate_id": ("the id {found} is also that of row {first}", "give each row its own"),
    "repeated_feature": ("the same place and values as row {first}", "delete one, if not meant"),
    "overlap": ("covers {area_m2} m2 that row {other} covers too", "move the border, if not meant"),
    "overlaps_unchecked": (
        "{checked} of {found} pairs of neighbours were compared for overlaps",
        "split the layer to compare all",
    ),
    "sliver": ("on average only {width_m} m wide", "merge it with its neighbour, if not meant"),
    "mixed_geometry": ("points, lines and areas in one layer: {types}", "split it by kind"),
    "mixed_types": ("values of several types, kept as text: {types}", "give the column one type"),
    "nested_value": ("lists or objects within a value, kept as JSON text", "make them columns"),
    "bad_date": ("{found} is no date of the calendar", "correct it"),
    "names_differ_in_case": ("differs from `{other}` only in upper and lower case", "rename one"),
    "renamed_column": ("the column {before} cannot keep its name", "now `{after}`"),
    "foreign_members": (
        "{names} stand beside `properties` and are not read",
        "move them into `properties`",
    ),
    "lat_lon_swapped": (
        "{count} row(s) would lie in the agglomeration if longitude and latitude were swapped",
        "ask for the swap",
    ),
    "outside_agglomeration": ("{lon}, {lat} is outside the agglomeration", "check the place"),
    "layer_outside_agglomeration": (
        "all {count} row(s) with a place lie outside the agglomeration",
        "check the coordinate system",
    ),
    "broken_reference": ("no `{found}` among the {target}", "correct the id"),
    "too_few_fields": ("the row has {found} cells, the header {expected}", "check the row"),
    "crs_assumed": ("no coordinate system is named; read as {crs}", "name it in the file"),
    "crs_overridden": ("the file says {stated}; {used} was used, as asked", "check which is true"),
    "schema": ("{problem}", "correct it"),
    "more_of_the_same": ("{count} more findings of `{like}`", "see to those that are listed first"),
}

CODES = MappingProxyType(
    {
        name: Code(name, outcome, reason, action)
        for outcome, table in (
            (Outcome.REFUSED, _REFUSED),
            (Outcome.DROPPED, _DROPPED),
            (Outcome.REPAIRED, _REPAIRED),
            (Outcome.WARNING, _WARNING),
        )
        for name, (reason, action) in table.items()
    }
)
"""Code -> its outcome and words."""
