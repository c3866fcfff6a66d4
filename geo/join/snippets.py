"""A join written as a command and as Python, so that it can be repeated elsewhere as shown."""

import shlex
from collections.abc import Mapping
from typing import Any

from geo.join import params
from geo.join.spec import JoinSpec

_SINGULAR = {
    "summaries": "summary",
    "left_columns": "left_column",
    "right_columns": "right_column",
    "right_kinds": "right_kind",
}


def as_command(
    left: str, right: str, spec: JoinSpec, *, out: str, reading: Mapping[str, str] | None = None
) -> str:
    """Return the command line of a join.

    Parameters
    ----------
    left, right
        Ids of layers, or names of files.
    spec
        The options; defaults are left out, but for the predicate.
    out
        File to write.
    reading
        How files are to be read: `left_encoding`, `left_layer` and those of the right.

    Examples
    --------
    >>> as_command("projects", "sites", JoinSpec("nearest", k=2), out="near.csv")
    'python -m geo join projects sites --predicate=nearest --k=2 --out=near.csv'
    """
    words = [*arguments(spec, ["predicate", *(n for n in spec.stated() if n != "predicate")])]
    for option, value in (reading or {}).items():
        words.append(f"--{option.replace('_', '-')}={value}")
    return shlex.join(["python", "-m", "geo", "join", left, right, *words, f"--out={out}"])


def as_python(
    left: str, right: str, spec: JoinSpec, *, reading: Mapping[str, str] | None = None
) -> str:
    """Return the lines of Python of a join; `reading` as in `as_command`.

    Examples
    --------
    >>> print(as_python("projects", "sites", JoinSpec("nearest", k=2)))
    import geo
    <BLANKLINE>
    result = geo.join("projects", "sites", predicate="nearest", k=2)
    """
    names = ["predicate", *(name for name in spec.stated() if name != "predicate")]
    options = [f"{name}={_literal(getattr(spec, name))}" for name in names]
    given = {"left": left, "right": right}
    sides = [_side(text, name, reading or {}) for name, text in given.items()]
    call = ", ".join([*sides, *options])
    needed = "from geo.join import as_layer\n" if reading else ""
    return f"import geo\n{needed}\nresult = geo.join({call})"


def _side(given: str, name: str, reading: Mapping[str, str]) -> str:
    options = {
        option.removeprefix(f"{name}_"): value
        for option, value in reading.items()
        if option.startswith(f"{name}_")
    }
    if not options:
        return _literal(given)
    said = ", ".join(f"{option}={_literal(value)}" for option, value in options.items())
    return f"as_layer({_literal(given)}, {said})"


def arguments(spec: JoinSpec, names: list[str]) -> list[str]:
    """Return options of a spec as the command line has them; one that is off is `no …`."""
    words = []
    for name in names:
        value = getattr(spec, name)
        option = "--" + _SINGULAR.get(name, name).replace("_", "-")
        if value is None or value is False or value == ():
            words.append(f"no {option}")
        elif value is True:
            words.append(option)
        else:
            (texts,) = params.write({name: value}).values()
            words += [f"{option}={text}" for text in texts]
    return words


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_item(item) for item in value) + "]"
    return repr(value)


def _item(value: Any) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(_literal(part) for part in value) + ")"
    return _literal(value)
