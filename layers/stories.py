"""Six stories, one for each kind of park: steps that each are a link into the map.

Their text stands in stories.toml and holds no figure of its own: every fact is read from the
dataset when it is told, so a story cannot say what the data do not.
"""

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.dataset import Dataset
from geo.query import Query, apply
from layers.locale import Translator

_FILE = Path(__file__).with_name("stories.toml")
_FACT = re.compile(r"\{([^{}:]+):([^{}]+)\}")


@dataclass(frozen=True)
class Step:
    """One step, told in one language.

    Parameters
    ----------
    title, text
        What is told, facts filled in.
    link
        State of the map that goes with it, a query string without language.
    """

    title: str
    text: str
    link: str


@dataclass(frozen=True)
class Story:
    """A story told in one language.

    Parameters
    ----------
    park
        Kind of park, its id too.
    title, lead
        Heading and introduction.
    steps
        In the order of telling.
    """

    park: str
    title: str
    lead: str
    steps: tuple[Step, ...]


def stories(dataset: Dataset, translator: Translator) -> tuple[Story, ...]:
    """Return all stories with the facts of this dataset.

    Raises
    ------
    KeyError
        If a story names an object or a field that the dataset does not have.
    """

    def told(entry: dict[str, str], part: str) -> str:
        text = entry[f"{part}_{translator.lang}"]
        return _FACT.sub(lambda found: _fact(dataset, found[1], found[2], translator), text)

    return tuple(
        Story(
            park=entry["park"],
            title=told(entry, "title"),
            lead=told(entry, "lead"),
            steps=tuple(
                Step(told(step, "title"), told(step, "text"), step["link"])
                for step in entry["step"]
            ),
        )
        for entry in _written()
    )


@functools.cache
def _written() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["story"]
    return found


def _fact(dataset: Dataset, subject: str, field: str, translator: Translator) -> str:
    if subject == "rows":
        query, _ = Query.from_params(field, dataset)
        return translator.number(apply(query, dataset).totals.shown)
    table = dataset.sites if subject in dataset.sites.index else dataset.projects
    value = table.loc[subject, field]
    match field:
        case "area_ha":
            return translator.area(value)
        case "investment_mln_rub":
            return translator.money(value)
        case "start_year" | "end_year":
            return translator.year(value)
        case "as_of":
            return translator.date(value)
        case "position_accuracy_m":
            return translator.distance(value)
        case "jobs" | "residents":
            return translator.number(value)
    raise KeyError(field)
