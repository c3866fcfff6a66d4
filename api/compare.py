"""/compare?id=…&id=…: two to six sites or parks side by side, as a page or a file.

What is compared stands in the address and nowhere else.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api import release
from api.compare_choice import Choice, choose, found_by
from api.headers import NOTHING, PLAIN_PAGE
from api.language import language_of
from api.plain_page import origin_of, pages_of, render
from api.problems import Refusal
from geo.domains import PARK_TYPES
from layers import objects
from layers.comparison import KINDS, MOST, Comparison, compare
from layers.comparison_files import to_csv, to_document, to_xlsx
from layers.locale import Translator
from layers.locator_svg import sign
from layers.style import BY_PARK

_FORMATS = ("html", "csv", "json", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def comparison(request: Request) -> Response:
    """Answer with the comparison; what cannot be compared is left out and named."""
    asked = request.query_params.get("format", _FORMATS[0])
    if asked not in _FORMATS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=_FORMATS)
    return await run_in_threadpool(_answer, request, asked)


def _answer(request: Request, asked: str) -> Response:
    dataset, translator = release.shared().dataset, Translator(language_of(request))
    chosen = choose(dataset, request.query_params.getlist("id"), translator)
    compared = compare(dataset, chosen.refs, translator)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if asked == "html":
        page = _page(request, chosen, compared, translator)
        return HTMLResponse(page, headers={**headers, "Content-Security-Policy": PLAIN_PAGE})
    headers["Content-Security-Policy"] = NOTHING
    if asked == "json":
        headers["Access-Control-Allow-Origin"] = "*"
        notes = [note.text for note in chosen.notes]
        document = to_document(compared, translator, dataset=dataset, notes=notes)
        return JSONResponse(document, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="tomsk-atlas-comparison.{asked}"'
    if asked == "csv":
        return Response(to_csv(compared, translator), headers=headers, media_type="text/csv")
    absolute = f"{origin_of(request)}{address(chosen.refs, lang=translator.lang)}"
    book = to_xlsx(compared, translator, dataset=dataset, address=absolute)
    return Response(book, headers=headers, media_type=_XLSX)


def _page(request: Request, chosen: Choice, compared: Comparison, translator: Translator) -> bytes:
    dataset, lang, refs = release.shared().dataset, translator.lang, chosen.refs
    wanted = request.query_params.get("find", "").strip()
    full = len(refs) >= MOST
    found = found_by(dataset, wanted, refs) if wanted and not full else ()
    return render(
        "compare.html",
        translator,
        pages_of(request),
        own=address(refs),
        absolute=f"{origin_of(request)}{address(refs, lang=lang)}",
        files=[(form.upper(), address(refs, lang=lang, format=form)) for form in _FORMATS[1:]],
        notes=[
            (note.text, [_offer(ref, refs, translator) for ref in note.nearest if not full])
            for note in chosen.notes
        ],
        rows=compared.rows,
        columns=[
            {
                "title": shown["title"],
                "kicker": shown["kicker"],
                "sign": _sign(shown["park"], translator) if shown["letter"] else "",
                "address": objects.address(dataset, ref, lang),
                "sources": shown["sources"],
                "without": address([one for one in refs if one != ref], lang=lang),
            }
            for shown, ref in zip(compared.cards, refs, strict=True)
        ],
        chosen=[ref.id for ref in refs],
        full=full,
        wanted=wanted,
        found=[_offer(ref, refs, translator) for ref in found],
        alike=[_offer(ref, refs, translator) for ref in _alike(refs)],
        kinds=[] if refs else _kinds(translator),
        options=[] if full else _options(refs, translator),
    )


def address(refs: Sequence[objects.Ref], **more: str) -> str:
    """Return where some objects are compared, from the root of the server."""
    pairs = [*(("id", ref.id) for ref in refs), *more.items()]
    return f"/compare?{urlencode(pairs)}" if pairs else "/compare"


def _offer(
    ref: objects.Ref, refs: Sequence[objects.Ref], translator: Translator
) -> Mapping[str, Any]:
    """Return a link that adds an object."""
    record = objects.record_of(release.shared().dataset, ref)
    return {
        "name": translator.pick(record, "name"),
        "kind": translator.t(f"park.{record['park_type']}.full"),
        "sign": _sign(record["park_type"], translator),
        "address": address([*refs, ref], lang=translator.lang),
    }


def _sign(park: str, translator: Translator) -> Markup:
    style = BY_PARK[park]
    return sign("site", colour=style.colour, text=style.letter(translator.lang))


def _alike(refs: Sequence[objects.Ref]) -> list[objects.Ref]:
    """Return the sites of the kind of the only object chosen."""
    if len(refs) != 1:
        return []
    sites = release.shared().dataset.sites
    record = objects.record_of(release.shared().dataset, refs[0])
    other = (sites["park_type"] == record["park_type"]) & (sites["park_id"] != refs[0].id)
    return [objects.Ref("site", str(one)) for one in sites.index[other] if str(one) != refs[0].id]


def _kinds(translator: Translator) -> list[Mapping[str, Any]]:
    """Return a link to all sites of each kind, as far as they fit side by side."""
    sites = release.shared().dataset.sites

    def address_of(park: str) -> str:
        ids = sites.index[sites["park_type"] == park][:MOST]
        return address([objects.Ref("site", str(one)) for one in ids], lang=translator.lang)

    return [
        {
            "name": translator.t(f"park.{park}"),
            "sign": _sign(park, translator),
            "address": address_of(park),
        }
        for park in PARK_TYPES
    ]


def _options(
    refs: Sequence[objects.Ref], translator: Translator
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
