"""What each table of the dataset must look like, as pandera schemas.

The error of a check of our own is the name of the rule in `geo.rules`.

Field meanings, units and domains are described for people in `data/README.md`; a test holds the
two together.
"""

import re
from datetime import date
from urllib.parse import urlsplit

import pandas as pd
import pandera.pandas as pa

from geo import domains

# Dates are known to the year, the month or the day; the text keeps just what the source says.
_AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _only_text(values: pd.Series) -> pd.Series:
    return values.map(lambda value: isinstance(value, str) and bool(value)).astype(bool)


# A check, not a dtype: pandera looks at each value of a text column twice where the dtype is str.
_TEXT = pa.Check(_only_text, error="text")


def _id() -> pa.Column:
    return pa.Column(None, [_TEXT, pa.Check.str_matches(_ID)], unique=True)


def _text() -> pa.Column:
    return pa.Column(None, _TEXT)


def _maybe_text() -> pa.Column:
    return pa.Column(None, _TEXT, nullable=True)


def _reference() -> pa.Column:
    return pa.Column(None, _TEXT, nullable=True)


def _one_of(values: tuple[str, ...]) -> pa.Column:
    return pa.Column(None, pa.Check.isin(values))


def _maybe_one_of(values: tuple[str, ...]) -> pa.Column:
    return pa.Column(None, pa.Check.isin(values), nullable=True)


def _number(low: float = 0, high: float = 1e9) -> pa.Column:
    # Whatever the unit, nothing here is over a thousand million; so infinity is no value either.
    return pa.Column(float, pa.Check.in_range(low, high), nullable=True, coerce=True)


def _year() -> pa.Column:
    whole = pa.Check(lambda years: years % 1 == 0, error="whole_year")
    return pa.Column(float, [pa.Check.in_range(1600, 2100), whole], nullable=True, coerce=True)


def _only_dates(values: pd.Series) -> pd.Series:
    def is_date(value: object) -> bool:
        if not isinstance(value, str) or not _AS_OF.fullmatch(value):
            return False
        try:
            date.fromisoformat(f"{value}-01-01"[:10])
        except ValueError:  # such as 30 February
            return False
        return True

    return values.map(is_date).astype(bool)


def _as_of() -> pa.Column:
    dates = pa.Check(_only_dates, error="date")
    return pa.Column(None, dates, nullable=True)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # such as an unclosed bracket
        return False


def _urls() -> pa.Column:
    def only_http(urls: object) -> bool:
        return isinstance(urls, tuple) and all(isinstance(u, str) and _is_web(u) for u in urls)

    return pa.Column(object, pa.Check(only_http, element_wise=True, error="addresses"))


def _tuple() -> pa.Column:
    return pa.Column(
        object, pa.Check(lambda v: isinstance(v, tuple), element_wise=True, error="list")
    )


_PLACE = {
    "geometry_method": _one_of(domains.GEOMETRY_METHODS),
    "position_accuracy_m": _number(),
    "position_basis_ru": _maybe_text(),
    "position_basis_en": _maybe_text(),
}
_NAMES = {"name_ru": _text(), "name_en": _text()}
_NOTES = {"note_ru": _maybe_text(), "note_en": _maybe_text()}

SITES = pa.DataFrameSchema(
    {
        "id": _id(),
        "park_id": _text(),
        "park_type": _one_of(domains.PARK_TYPES),
        **_NAMES,
        "address_ru": _maybe_text(),
        "address_en": _maybe_text(),
        "municipality_ru": _maybe_text(),
        "municipality_en": _maybe_text(),
        "area_ha": _number(),
        "status": _one_of(domains.STATUSES),
        "status_source": _one_of(domains.SITE_STATUS_WORDS),
        "start_year": _year(),
        "end_year": _year(),
        "residents": _number(),
        "jobs": _number(),
        "investment_mln_rub": _number(),
        "investment_bound": _maybe_one_of(domains.INVESTMENT_BOUNDS),
        "direction_id": _reference(),
        "cluster_id": _reference(),
        "public_access": _one_of(domains.PUBLIC_ACCESS),
        "public_access_evidence_ru": _maybe_text(),
        "public_access_evidence_en": _maybe_text(),
        **_PLACE,
        "source_urls": _urls(),
        "as_of": _as_of(),
        **_NOTES,
    },
    strict=True,
)
PROJECTS = pa.DataFrameSchema(
    {
        "id": _id(),
        **_NAMES,
        "kind": _one_of(domains.PROJECT_KINDS),
        "direction_id": _reference(),
        "cluster_id": _reference(),
        "site_id": _reference(),
        "organisation_ru": _maybe_text(),
        "organisation_en": _maybe_text(),
        "organisation_ids": _tuple(),
        "status": _one_of(domains.STATUSES),
        "status_source": _one_of(domains.PROJECT_STATUS_WORDS),
        "start_year": _year(),
        "end_year": _year(),
        "investment_mln_rub": _number(),
        "investment_bound": _maybe_one_of(domains.INVESTMENT_BOUNDS),
        "jobs": _number(),
        "address_ru": _maybe_text(),
        "address_en": _maybe_text(),
        **_PLACE,
        "source_urls": _urls(),
        "as_of": _as_of(),
        **_NOTES,
    },
    strict=True,
)
ORGANISATIONS = pa.DataFrameSchema(
    {
        "id": _id(),
        **_NAMES,
        "kind": _one_of(domains.ORGANISATION_KINDS),
        "cluster_id": _reference(),
        "address_ru": _maybe_text(),
        "address_en": _maybe_text(),
        **_PLACE,
        "source_urls": _urls(),
        "as_of": _as_of(),
    },
    strict=True,
)
PARKS = pa.DataFrameSchema(
    {"id": _id(), "park_type": _one_of(domains.PARK_TYPES), **_NAMES}, strict=True
)
DIRECTIONS = pa.DataFrameSchema(
    {"id": _id(), **_NAMES, "source_urls": _urls(), "as_of": _as_of()}, strict=True
)
CLUSTERS = pa.DataFrameSchema(
    {
        "id": _id(),
        **_NAMES,
        "short_ru": _text(),
        "short_en": _text(),
        "direction_id": _text(),
        "anchor_organisations_ru": _maybe_text(),
        "anchor_organisations_en": _maybe_text(),
        "source_urls": _urls(),
        "as_of": _as_of(),
    },
    strict=True,
)
ROADMAP = pa.DataFrameSchema(
    {
        "id": _id(),
        **_NAMES,
        "direction_id": _text(),
        "cluster_id": _reference(),
        "site_id": _reference(),
        "document_type_ru": _maybe_text(),
        "document_type_en": _maybe_text(),
        "performer_ru": _maybe_text(),
        "performer_en": _maybe_text(),
        "term_type": _maybe_one_of(("quarter", "period")),
        "start_year": _year(),
        "end_year": _year(),
        "quarter": _number(1, 4),
        "status": _one_of(domains.STATUSES),
        "status_source": _one_of(domains.ROADMAP_STATUS_WORDS),
        "translated_fields": _maybe_text(),
        "source_urls": _urls(),
        "as_of": _as_of(),
        **_NOTES,
    },
    strict=True,
)
PROGRAMME = pa.DataFrameSchema(
    {
        "id": _id(),
        "statement": _one_of((*domains.STATEMENTS, "context")),
        "figure_ru": _text(),
        "figure_en": _text(),
        "value": _text(),
        "unit_ru": _maybe_text(),
        "unit_en": _maybe_text(),
        "as_of": _as_of(),
        "translated_fields": _maybe_text(),
        "source_urls": _urls(),
    },
    strict=True,
)
_POINT = {
    "longitude": pa.Column(float, pa.Check.in_range(-180, 180), coerce=True),
    "latitude": pa.Column(float, pa.Check.in_range(-90, 90), coerce=True),
    "source": _text(),
    "licence": _text(),
}
REFERENCE_POINTS = pa.DataFrameSchema(
    {"id": _id(), "site_id": _text(), **_NAMES, **_POINT}, strict=True
)
SETTLEMENTS = pa.DataFrameSchema(
    {
        "id": _id(),
        **_NAMES,
        "rank": pa.Column(float, pa.Check.isin((1, 2, 3)), coerce=True),
        **_POINT,
    },
    strict=True,
)
ALIASES = pa.DataFrameSchema(
    {
        "id": _id(),
        "object_type": _one_of(domains.ALIASED_TYPES),
        "object_id": _text(),
        "name": _text(),
        "kind": _one_of(domains.ALIAS_KINDS),
        "source_urls": _urls(),
    },
    strict=True,
)
_TAGS = re.compile(r"[a-z0-9_:]+=[a-z0-9_:;-]+( [a-z0-9_:]+=[a-z0-9_:;-]+)*")
_OBJECTS = re.compile(r"(way|relation)/[1-9]\d{0,17}( (way|relation)/[1-9]\d{0,17})*")


def _matching(pattern: re.Pattern[str], rule: str) -> pa.Column:
    def whole(values: pd.Series) -> pd.Series:
        return values.map(lambda v: isinstance(v, str) and pattern.fullmatch(v) is not None).astype(
            bool
        )

    return pa.Column(None, pa.Check(whole, error=rule), nullable=True)


OSM_SELECTORS = pa.DataFrameSchema(
    {
        "id": _id(),
        "tags": _matching(_TAGS, "osm_tags"),
        "names": _maybe_text(),
        "west": _number(-180, 180),
        "south": _number(-90, 90),
        "east": _number(-180, 180),
        "north": _number(-90, 90),
        "refused": _matching(_OBJECTS, "osm_objects"),
        **_NOTES,
    },
    strict=True,
)

BY_LAYER = {
    "projects": PROJECTS,
    "organisations": ORGANISATIONS,
    "parks": PARKS,
    "directions": DIRECTIONS,
    "clusters": CLUSTERS,
    "roadmap": ROADMAP,
    "programme": PROGRAMME,
    "reference_points": REFERENCE_POINTS,
    "settlements": SETTLEMENTS,
    "aliases": ALIASES,
    **dict.fromkeys(domains.PARK_TYPES, SITES),
}
"""Catalogue id -> schema of what the Atlas reads; a data folder has all of them."""

OF_TOOLS = {"osm_selectors": OSM_SELECTORS}
"""Catalogue id -> schema of what only commands read; a data folder may do without.

A field of `Dataset` has the same name.
"""

ALL = {**BY_LAYER, **OF_TOOLS}
