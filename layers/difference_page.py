"""What an edit has changed, as one HTML page that asks nobody for anything."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from geo.difference import Change, Difference
from layers.file_page import file_page
from layers.findings import plain
from layers.locale import Translator
from layers.shapes_svg import before_and_after

_KINDS = ("added", "removed", "changed")
_LONGEST = 400


def difference_page(differences: Sequence[Difference], translator: Translator) -> str:
    """Return the page: for each file its changes, with the values and both shapes of each row."""
    t = translator.t
    body = Markup("").join(_file(difference, translator) for difference in differences)
    legend = t("diff.legend") if differences else t("diff.none")
    return file_page(
        t("diff.title"),
        Markup("<p>{}</p>{}").format(legend, body),
        translator,
        style="difference_page.css",
    )


def _file(difference: Difference, translator: Translator) -> Markup:
    counts = "; ".join(
        translator.t(f"diff.{kind}", n=translator.number(difference.count(kind)))
        for kind in _KINDS
        if difference.count(kind)
    )
    return Markup("<section><h2><bdi>{}</bdi></h2><p>{}</p>{}</section>").format(
        plain(difference.file),
        counts,
        Markup("").join(_row(change, translator) for change in difference.changes),
    )


def _row(change: Change, translator: Translator) -> Markup:
    kind = translator.t(f"diff.kind.{change.kind}")
    return Markup(
        '<article class="{}"><h3><span class="kind">{}</span> <bdi>{}</bdi></h3>{}{}</article>'
    ).format(
        change.kind, kind, plain(change.id), _fields(change, translator), _place(change, translator)
    )


def _fields(change: Change, translator: Translator) -> Markup:
    if not change.fields:
        return Markup("")
    t = translator.t
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row"><bdi>{}</bdi></th><td><del><bdi>{}</bdi></del></td>'
            "<td><ins><bdi>{}</bdi></ins></td></tr>"
        ).format(plain(name), _value(before, translator), _value(after, translator))
        for name, (before, after) in change.fields.items()
    )
    return Markup(
        '<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
    ).format(t("diff.field"), t("diff.before"), t("diff.after"), rows)


def _value(value: Any, translator: Translator) -> str:
    if value is None:
        return translator.missing
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return plain(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _place(change: Change, translator: Translator) -> Markup:
    moved = change.geometry
    if moved is None:
        return Markup("")
    words = _said(change, translator)
    return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(
        before_and_after(moved.before, moved.after, label=words), words
    )


def _said(change: Change, translator: Translator) -> str:
    moved, t = change.geometry, translator.t
    if moved is None or moved.moved_m is None:
        given = moved is not None and moved.after is not None
        return t("diff.place.given" if given else "diff.place.gone")
    # To the centimetre: on a survey that is what counts.
    words = [t("diff.moved", n=translator.number(moved.moved_m, 2))]
    if moved.area_before_m2 or moved.area_after_m2:
        before, after = moved.area_before_m2 or 0, moved.area_after_m2 or 0
        area = {"before": translator.number(before), "after": translator.number(after)}
        words.append(t("diff.area", **area))
    return " ".join(words)
