"""A join written as a command and as Python, so that it can be repeated elsewhere as shown."""

import shlex
from typing import Any

from geo.join import params
from geo.join.spec import JoinSpec

_SINGULAR = {
    "summaries": "summary",
    "left_columns": "left_column",
    "right_columns": "right_column",
    "right_kinds": "right_kind",
}


def as_command(left: str, right: str, spec: JoinSpec, *, out: str) -> str:
    """Return the command line of a join.

    Parameters
    ----------
    left, right
        Ids of layers, or names of files.
    spec
        The options; defaults are left out, but for the predicate.
    out
        File to write.

    Examples
    --------
    >>> as_command("projects", "sites", JoinSpec("nearest", k=2), out="near.csv")
    'python -m geo join projects sites --predicate=nearest --k=2 --out=near.csv'
    """
    words = [*arguments(spec, ["predicate", *(n for n in spec.stated() if n != "predicate")])]
    return shlex.join(["python", "-m", "geo", "join", left, right, *words, f"--out={out}"])


def as_python(left: str, right: str, spec: JoinSpec) -> str:
    """Return the lines of Python of a join.

    Examples
    --------
    >>> print(as_python("projects", "sites", JoinSpec("nearest", k=2)))
    import geo
    <BLANKLINE>
    result = geo.join("projects", "sites", predicate="nearest", k=2)
    """
    names = ["predicate", *(name for name in spec.stated() if name != "predicate")]
    options = [f"{name}={_literal(getattr(spec, name))}" for name in names]
    call = ", ".join([_literal(left), _literal(right), *options])
    return f"import geo\n\nresult = geo.join({call})"


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
