"""The status of a site or project in words, and the time at which it was so."""

from collections.abc import Mapping
from typing import Any

from geo.dataset import Dataset
from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]

_UNFINISHED = {"planned", "running"}


def of_site(site: Record, translator: Translator) -> str:
    """Return the status of a site in the words of its source, such as "operating"."""
    return translator.t(f"status.site.{site['status_source']}")


def of_project(project: Record, translator: Translator) -> str:
    """Return the status of a project."""
    return translator.t(f"status.project.{project['status']}")


def at_its_time(dataset: Dataset, record: Record, word: str, translator: Translator) -> str:
    """Return "running (as of 2015)" for what may be finished by now, else the word alone.

    Now is when the dataset was retrieved: older than the last full year before it is old.
    """
    if record["status"] not in _UNFINISHED or is_missing(record["as_of"]):
        return word
    year = record["as_of"][:4]
    if int(year) >= _last_full_year(dataset):
        return word
    as_of = translator.t("value.as_of_year", year=year)
    return translator.t("sub.status_as_of", status=word, as_of=as_of)


def of_site_in_full(site: Record, translator: Translator) -> str:
    """Return "operating (completed), as of March 2017": the filter knows a site by the second."""
    word, found_by = of_site(site, translator), translator.t(f"status.{site['status']}").lower()
    if word != found_by:
        word = translator.t("fact.status.both", word=word, found_by=found_by)
    return dated(site, word, translator)


def dated(record: Record, word: str, translator: Translator) -> str:
    """Return "running, as of March 2017", or that the date is not stated."""
    as_of = (
        translator.t("value.undated")
        if is_missing(record["as_of"])
        else translator.t("value.as_of", date=translator.date(record["as_of"]))
    )
    return translator.t("fact.status.dated", status=word, as_of=as_of)


def _last_full_year(dataset: Dataset) -> int:
    return int(max(entry.retrieved for entry in dataset.catalog)[:4]) - 1
