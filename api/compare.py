"""/compare?id=…&id=…: two to six sites or parks side by side, as a page or as CSV."""

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import release
from api.headers import NOTHING, PLAIN_PAGE
from api.language import language_of
from api.plain_page import origin_of, pages_of, render
from api.problems import Refusal
from layers import objects
from layers.comparison import KINDS, MOST, compare, to_csv
from layers.locale import Translator
from layers.locator_svg import sign
from layers.style import BY_PARK

_FORMATS = ("html", "csv")
_SHOWN = 80


async def comparison(request: Request) -> Response:
    """Answer with the comparison; what cannot be compared is left out and named."""
    asked = request.query_params.get("format", _FORMATS[0])
    if asked not in _FORMATS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=_FORMATS)
    return await run_in_threadpool(_answer, request, asked)


def _answer(request: Request, asked: str) -> Response:
    dataset, translator = release.shared().dataset, Translator(language_of(request))
    refs, notes = _chosen(request, translator)
    compared = compare(dataset, refs, translator)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if asked == "csv":
        headers |= {
            "Content-Security-Policy": NOTHING,
            "Content-Disposition": 'attachment; filename="tomsk-atlas-comparison.csv"',
        }
        return Response(to_csv(compared, translator), headers=headers, media_type="text/csv")
    lang = translator.lang
    own = _address(refs)
    page = render(
        "compare.html",
        translator,
        pages_of(request),
        own=own,
        absolute=f"{origin_of(request)}{_address(refs, lang=lang)}",
        csv=_address(refs, lang=lang, format="csv"),
        notes=notes,
        rows=compared.rows,
        columns=[
            {
                "title": shown["title"],
                "kicker": shown["kicker"],
                "sign": sign("site", colour=BY_PARK[shown["park"]].colour, text=shown["letter"])
                if shown["letter"]
                else "",
                "address": objects.address(dataset, ref, lang),
                "without": _address([one for one in refs if one != ref], lang=lang),
            }
            for shown, ref in zip(compared.cards, refs, strict=True)
        ],
        chosen=[ref.id for ref in refs],
        options=_options(refs, translator) if len(refs) < MOST else [],
    )
    return HTMLResponse(page, headers={**headers, "Content-Security-Policy": PLAIN_PAGE})


def _chosen(request: Request, translator: Translator) -> tuple[list[objects.Ref], list[str]]:
    """Return the objects asked for, each once, and a note for what was left out."""
    refs: list[objects.Ref] = []
    notes: list[str] = []
    for asked in dict.fromkeys(one.strip() for one in request.query_params.getlist("id")):
        if not asked:
            continue
        ref = _find(asked)
        if ref is None:
            notes.append(translator.t("compare.unknown", id=asked[:_SHOWN]))
        elif ref not in refs:
            refs.append(ref)
    if len(refs) > MOST:
        notes.append(translator.t("compare.too_many", most=MOST))
    return refs[:MOST], notes[:MOST]


def _find(asked: str) -> objects.Ref | None:
    dataset = release.shared().dataset
    for kind in KINDS:
        try:
            return objects.find(dataset, asked, kind)
        except objects.UnknownObjectError:
            continue
    return None


def _options(
    refs: list[objects.Ref], translator: Translator
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what may be added, by kind of park."""
    dataset = release.shared().dataset
    groups: dict[str, list[tuple[str, str]]] = {}
    for ref in objects.everything(dataset):
        if ref.kind in KINDS and ref not in refs:
            record = objects.record_of(dataset, ref)
            group = translator.t(f"park.{record['park_type']}.full")
            groups.setdefault(group, []).append((ref.id, str(translator.pick(record, "name"))))
    return list(groups.items())


def _address(refs: list[objects.Ref], **more: str) -> str:
    pairs = [*(("id", ref.id) for ref in refs), *more.items()]
    return f"/compare?{urlencode(pairs)}" if pairs else "/compare"
