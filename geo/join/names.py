"""Names of inputs: what the provenance of a join knows them by."""

from collections.abc import Iterable

from geo.join.refusals import refuse
from geo.provenance.origin import Input


def check_name(name: str) -> None:
    """Refuse a name of a file that no document could hold.

    Raises
    ------
    JoinError
        If it is not text in UTF-8.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = name.encode(errors="backslashreplace").decode()
        raise refuse("name_not_text", file=shown) from error


def each_once(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """Return inputs without those that are there already.

    Raises
    ------
    JoinError
        If two of the same name are not the same, or were not read in the same way: nobody could
        make the result again.
    """
    found: dict[str, Input] = {}
    for one in inputs:
        if found.setdefault(one.name, one) != one:
            raise refuse("same_name", file=one.name)
    return tuple(found.values())
