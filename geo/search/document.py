"""One thing that can be found: its names, and the texts around it that are searched as well."""

import re
from dataclasses import dataclass

from geo.search.forms import forms

NAME, FURTHER_NAME, ADDRESS, DERIVED, AROUND = 1.0, 0.95, 0.7, 0.6, 0.45
"""Weights of the texts of a document; `DERIVED` are other forms of its names, the last is what it
belongs to, and its id."""

_CALLED_BY_INITIALS = ("site", "park", "organisation", "direction", "cluster")

# Written short in the data; typed in full by people.
_IN_FULL = {
    "пр": "проспект",
    "ул": "улица",
    "пл": "площадь",
    "пер": "переулок",
    "ave": "avenue",
    "sq": "square",
    "п": "посёлок",
}
_SHORT = re.compile(rf"\b({'|'.join(_IN_FULL)})\b\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    Parameters
    ----------
    type
        site, project, organisation, park, cluster, direction, park_type, project_kind, action,
        settlement, address, or the `row_type` of a viewer's layer.
    id
        Of the object; of an address, the id of an object that stands there.
    name_ru, name_en
        Names.
    further
        Abbreviations, former and other names.
    address_ru, address_en
        Empty where unknown.
    related
        Further names of what it belongs to, and names of points it rests on.
    around
        Everything else that is searched, in one text.
    at
        Longitude and latitude of a settlement or address, in degrees; None for anything else.
    """

    type: str
    id: str
    name_ru: str
    name_en: str
    further: tuple[str, ...] = ()
    address_ru: str = ""
    address_en: str = ""
    related: tuple[str, ...] = ()
    around: str = ""
    at: tuple[float, float] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, those of the two languages first."""
        return (self.name_ru, self.name_en, *self.further)

    @property
    def fields(self) -> tuple[tuple[str, float], ...]:
        """The texts to search, with their weights."""
        addresses = f"{in_full(self.address_ru)} {in_full(self.address_en)}"
        return (
            (f"{in_full(self.name_ru)} {in_full(self.name_en)}", NAME),
            (" ".join(self.further), FURTHER_NAME),
            (addresses, ADDRESS),
            (forms(self.names, initials=self.type in _CALLED_BY_INITIALS), DERIVED),
            (" ".join((*self.related, self.around)), AROUND),
        )


def in_full(text: str) -> str:
    """Add the whole words to the abbreviations of an address.

    Examples
    --------
    >>> in_full("пр. Ленина, 36")
    'пр проспект Ленина, 36'
    """
    return _SHORT.sub(lambda found: f"{found[1]} {_IN_FULL[found[1].lower()]}", text)
