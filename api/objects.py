"""/object?id=…: the permanent address of anything in the dataset that has an id and a name."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
from rapidfuzz import fuzz, process, utils
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api import release
from api.language import language_of
from api.missing import missing_page, wants_page
from api.problems import Refusal
from layers.locale import LANGUAGES

# Far longer than any id or name; what lies beyond cannot bring a text nearer to one of them.
_LONGEST = 200
_LEAST_LIKENESS = 60.0


@dataclass(frozen=True)
class Target:
    """An object: its names, and the address of what shows it."""

    name_ru: str
    name_en: str
    address: str

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return self.name_ru if language == "ru" else self.name_en


async def find_object(request: Request) -> Response:
    """Lead to the page that shows an object; for an unknown id name the nearest ones."""
    asked = request.query_params.get("id", "").strip()
    if not asked:
        raise Refusal(400, "The parameter `id` is missing.")
    known = targets()
    if asked in known:
        language = request.query_params.get("lang")
        address = URL(known[asked].address)
        if language in LANGUAGES:
            address = address.include_query_params(lang=language)
        return RedirectResponse(address, 303, {"Cache-Control": "no-cache"})
    ids = await run_in_threadpool(nearest, asked[:_LONGEST])
    language = language_of(request)
    if wants_page(request):
        links = [
            (f"/object?{urlencode({'id': one, 'lang': language})}", known[one].name(language))
            for one in ids
        ]
        shown = asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"
        return missing_page(request, asked=shown, nearest=links)
    names = [{"id": one, "name": known[one].name(language)} for one in ids]
    raise Refusal(404, "There is no object with this id.", nearest=names)


@functools.cache
def targets() -> Mapping[str, Target]:
    """Return every object that can be shown, by id."""
    dataset = release.shared().dataset
    sites = dataset.sites.reset_index().groupby("park_id")["id"].first()
    return {
        # The road map has no page of its own yet; the programme's page tells about it.
        **_targets(dataset.roadmap, lambda _one, _name: "/about"),
        **_targets(dataset.organisations, lambda _one, name: f"/?{urlencode({'q': name})}"),
        **_targets(dataset.directions, lambda one, _name: f"/?direction={one}"),
        **_targets(dataset.clusters, lambda one, _name: f"/?cluster={one}"),
        **_targets(dataset.parks, lambda one, _name: f"/?sel={sites[one]}"),
        **_targets(dataset.rows.set_index("id"), lambda one, _name: f"/?sel={one}"),
    }


def nearest(asked: str, limit: int = 5) -> list[str]:
    """Return the ids of the objects whose id or name in any language is most like a text.

    Parameters
    ----------
    asked
        Any text of bounded length.
    limit
        How many at most.

    Returns
    -------
    list
        Best first; empty if none is like it.
    """
    choices = [(one, text) for one, t in targets().items() for text in (one, t.name_ru, t.name_en)]
    found = process.extract(
        asked,
        [text for _, text in choices],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_LEAST_LIKENESS,
        limit=3 * limit,
    )
    return list(dict.fromkeys(choices[place][0] for _, _, place in found))[:limit]


def _targets(table: pd.DataFrame, address: Callable[[str, str], str]) -> dict[str, Target]:
    names = zip(table.index.astype(str), table["name_ru"], table["name_en"], strict=True)
    return {one: Target(ru, en, address(one, ru)) for one, ru, en in names}
