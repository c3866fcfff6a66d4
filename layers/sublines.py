"""The second line of an object in a list: what it is, in what state, where, when, how large."""

from collections.abc import Mapping
from typing import Any

from geo.dataset import Dataset
from layers import status
from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]


def of_site(dataset: Dataset, site: Record, translator: Translator) -> str:
    """Return "Innovation · operating · Tomsk · 192.4 ha", without what is not known."""
    word = status.of_site(site, translator)
    parts = [
        translator.t(f"park.{site['park_type']}"),
        status.at_its_time(dataset, site, word, translator),
        translator.pick(site, "municipality"),
    ]
    if not is_missing(site["area_ha"]):
        parts.append(translator.area(site["area_ha"]))
    return _line(parts)


def of_project(dataset: Dataset, project: Record, translator: Translator) -> str:
    """Return "Infrastructure project · running (as of 2015) · 2013–2017"."""
    kind = translator.t(f"kind.{project['kind']}.full")
    return _line([kind, of_member(dataset, project, translator)])


def of_member(dataset: Dataset, project: Record, translator: Translator) -> str:
    """Return "running (as of 2015) · 2013–2017", for a list whose title says "projects"."""
    word = status.of_project(project, translator)
    return _line(
        [status.at_its_time(dataset, project, word, translator), years(project, translator)]
    )


def of_action(_: Dataset, action: Record, translator: Translator) -> str:
    """Return "done · 2015", for an action of the road map."""
    return _line([translator.t(f"status.action.{action['status']}"), years(action, translator)])


def years(record: Record, translator: Translator) -> str | None:
    """Return the span of years of a record; None if neither end is known.

    Of what is completed, a lone last year is the year it was completed in.
    """
    first, last = record["start_year"], record["end_year"]
    if is_missing(first) and is_missing(last):
        return None
    if is_missing(first) and record["status"] == "completed":
        return translator.year(last)
    return translator.years(first, last)


def _line(parts: list[str | None]) -> str:
    """Join what is known; the dot stays on the line of the word before it."""
    return "\u00a0· ".join(part for part in parts if part)
