"""The second line of an object in a list: what it is, where or in what state, and how large."""

from collections.abc import Mapping
from typing import Any

from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]


def of_site(site: Record, translator: Translator) -> str:
    """Return "Innovation · Tomsk · 192.4 ha"; what is not known is left out of so short a line."""
    parts = [translator.t(f"park.{site['park_type']}"), translator.pick(site, "municipality")]
    if not is_missing(site["area_ha"]):
        parts.append(translator.area(site["area_ha"]))
    return _line(parts)


def of_project(project: Record, translator: Translator) -> str:
    """Return "Infrastructure project · running · 2013–2017"."""
    return _line(
        [
            translator.t(f"kind.{project['kind']}.full"),
            translator.t(f"status.project.{project['status']}"),
            years(project, translator),
        ]
    )


def of_member(project: Record, translator: Translator) -> str:
    """Return "running (as of 2015) · 2013–2017", for a list whose title says "projects".

    What was not finished then may be so by now, therefore its status has its year.
    """
    status = translator.t(f"status.project.{project['status']}")
    if project["status"] in ("running", "planned") and not is_missing(project["as_of"]):
        as_of = translator.t("value.as_of_year", year=project["as_of"][:4])
        status = translator.t("sub.status_as_of", status=status, as_of=as_of)
    return _line([status, years(project, translator)])


def of_action(action: Record, translator: Translator) -> str:
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
    return " · ".join(part for part in parts if part)
