"""The options of a join as parameters of a link, read without ever failing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from geo.errors import JoinOptionsError, OptionProblem
from geo.join import vocabulary
from geo.link import MAX_LINK, MAX_VALUES, Note, number, written

KEY_OF = {
    "predicate": "predicate",
    "how": "how",
    "multiplicity": "multiplicity",
    "distance_m": "distance",
    "k": "k",
    "share": "share",
    "pattern": "pattern",
    "tie_rule": "tie",
    "priority_column": "priority_column",
    "priority": "priority",
    "exclusive": "exclusive",
    "on": "on",
    "summaries": "summary",
    "transfer": "transfer",
    "repair": "repair",
    "grid_m": "grid",
    "geometry": "geometry",
    "left_columns": "left_column",
    "right_columns": "right_column",
    "distance": "metric",
    "right_kinds": "right_kind",
    "left_crs": "left_crs",
    "right_crs": "right_crs",
    "left_swap": "left_swap",
    "right_swap": "right_swap",
}
"""Option -> key of the link, in the order in which it is written. Lists repeat their key."""

_WORDS = {
    "predicate": vocabulary.PREDICATES,
    "how": vocabulary.SIDES,
    "multiplicity": vocabulary.MULTIPLICITIES,
    "tie_rule": vocabulary.TIE_RULES,
    "repair": vocabulary.REPAIRS,
    "geometry": vocabulary.GEOMETRIES,
    "distance": vocabulary.DISTANCES,
}
_NUMBERS = ("distance_m", "k", "share", "grid_m")
_FLAGS = ("exclusive", "left_swap", "right_swap")
_LISTS = ("priority", "left_columns", "right_columns")
_GROUPS = {"on": (2, 2), "summaries": (1, 3), "transfer": (2, 2), "right_kinds": (2, 2)}
"""How many parts, at least and at most, stand in one value, a colon between them."""


def read(given: Mapping[str, Sequence[str]] | str) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return the options that could be read, and a note for each value that could not.

    Keys of others are passed over: a page has its own in the same link.
    """
    values = _parsed(given)
    options: dict[str, Any] = {}
    notes: list[Note] = []
    for name, key in KEY_OF.items():
        found = [value[:MAX_LINK] for value in values.get(key, ()) if value.strip()][:MAX_VALUES]
        if not found:
            continue
        if name in _LISTS or name in _GROUPS:
            read_item = _group(*_GROUPS[name]) if name in _GROUPS else str
            items = [read_item(value) for value in found]
            notes += [
                Note("malformed", key, value[:80])
                for value, item in zip(found, items, strict=True)
                if item is None
            ]
            options[name] = tuple(item for item in items if item is not None)
            continue
        notes += [Note("repeated", key, extra[:80]) for extra in found[1:] if extra != found[0]]
        value = _single(name, found[0])
        if value is None:
            code = "unknown_value" if name in _WORDS else "malformed"
            notes.append(Note(code, key, found[0][:80]))
        else:
            options[name] = value
    return options, tuple(notes)


def groups(name: str, values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Read options of several parts, such as `on`, from the texts of a command line.

    Raises
    ------
    JoinOptionsError
        If one has too few parts or too many; a link would pass over it.
    """
    least, most = _GROUPS[name]
    found = [(value, _group(least, most)(value)) for value in values]
    parts = f"{least} parts" if least == most else f"{least} to {most} parts"
    wrong = [
        OptionProblem(name, "not_a_pair", repr(value), f"{parts}, a colon between")
        for value, item in found
        if item is None
    ]
    if wrong:
        raise JoinOptionsError(wrong)
    return tuple(item for _, item in found if item is not None)


def write(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the parameters of the options given, in the order of `KEY_OF`."""
    return {key: _written(name, options[name]) for name, key in KEY_OF.items() if name in options}


def _parsed(given: Mapping[str, Sequence[str]] | str) -> dict[str, list[str]]:
    if not isinstance(given, str):
        return {k: [v] if isinstance(v, str) else list(v) for k, v in given.items()}
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl(given[:MAX_LINK].lstrip("?"), keep_blank_values=True):
        found.setdefault(key, []).append(value)
    return found


def _single(name: str, value: str) -> Any:
    if name in _WORDS:
        return value if value in _WORDS[name] else None
    if name in _NUMBERS:
        found = number(value)
        if name == "k":
            return int(found) if found is not None and found == int(found) else None
        return found
    if name in _FLAGS:
        return {"1": True, "0": False}.get(value)
    return value


def _group(least: int, most: int) -> Callable[[str], tuple[str, ...] | None]:
    def read_group(value: str) -> tuple[str, ...] | None:
        parts = tuple(part.replace("%3A", ":").replace("%25", "%") for part in value.split(":"))
        return parts if least <= len(parts) <= most else None

    return read_group


def _written(name: str, value: Any) -> list[str]:
    if name in _GROUPS:
        return [
            ":".join(str(part).replace("%", "%25").replace(":", "%3A") for part in item)
            for item in value
        ]
    if name in _LISTS:
        return [str(item) for item in value]
    if name in _NUMBERS:
        return [written(value)]
    if name in _FLAGS:
        return ["1" if value else "0"]
    return [str(value)]
