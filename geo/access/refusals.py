"""Why a place cannot be measured, as codes."""

from geo.errors import (
    GeoError,
    NetworkError,
    NotReachedError,
    PopulationError,
    PositionError,
    SnapshotError,
)

_CODES: tuple[tuple[type[GeoError], str], ...] = (
    (NotReachedError, "not_reached"),
    (PositionError, "position"),
    (PopulationError, "population"),
    (NetworkError, "network"),
    (SnapshotError, "snapshot"),
)
REFUSALS = tuple(error for error, _ in _CODES)
"""What a question of access can be refused by."""


def refusal_code(error: GeoError) -> str:
    """Return the code of one of `REFUSALS`."""
    return next(code for kind, code in _CODES if isinstance(error, kind))
