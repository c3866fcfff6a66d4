"""What a join comes to: the plan before it is run, and the result with map, table and files."""

import json
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.dataset import shared
from geo.dictionary import describe
from geo.export import FORMATS, bundle, to_bytes
from geo.join import JoinResult, Plan, Sums
from geo.join.content import content_of
from geo.join.snippets import as_command, as_python
from geo.join.vocabulary import CERTAINTIES
from layers.assets import module_url
from layers.join_link import OWN, JoinLink
from layers.join_map import linked, naming_column
from layers.join_words import change_text, warn_text
from layers.locale import Translator, is_missing
from views import markup
from views.join_inputs import go, layer_name, layer_names
from views.tables import Column, table

_UNMATCHED_SHOWN = 50
_RIGHT_SHOWN = 8

# Several lines, as Streamlit takes a single one for the name of a file.
_SCRIPT = f"""
export default async function (component) {{
  const script = await import(new URL("{module_url("join/index.js")}", document.baseURI));
  return script.default(component);
}}
"""

_linked = st.components.v2.component("atlas_join", js=_SCRIPT)


def draw_plan(asked: JoinLink, result: JoinResult, translator: Translator) -> None:
    """Draw what will come out, and what to know of it with a way to mend it."""
    t, number, plan = translator.t, translator.number, result.plan
    figures = [
        (t("joins.plan.rows_in"), number(plan.left_rows)),
        (t("joins.plan.rows_out"), number(plan.rows_out)),
        (t("joins.plan.matched"), number(plan.matched_left)),
        (t("joins.plan.unmatched"), number(plan.unmatched_left)),
        (t("joins.plan.multi"), number(plan.multi_matched)),
        (t("joins.plan.ties"), number(plan.ties)),
        (t("joins.plan.right_unmatched"), number(plan.unmatched_right)),
    ]
    markup.add(
        markup.section(
            "plan",
            t("joins.plan"),
            t(
                "joins.plan.text",
                left=layer_name(asked.left, translator),
                right=layer_name(asked.right, translator),
                predicate=t(f"joins.predicate.{asked.spec.predicate}"),
                left_rows=number(plan.left_rows),
                right_rows=number(plan.right_rows),
            ),
            Markup('<dl class="figures">{}</dl>').format(
                markup.each("<div><dt>{}</dt><dd>{}</dd></div>", figures)
            ),
            Markup('<p class="aside">{}</p>').format(
                t(
                    "joins.plan.measured",
                    crs=plan.crs,
                    distance=t(f"joins.plan.{plan.distance}"),
                )
            ),
            _sums(plan, asked, translator),
        )
    )
    _warnings(asked, result, translator)


def _warnings(asked: JoinLink, result: JoinResult, translator: Translator) -> None:
    t, plan = translator.t, result.plan
    names = layer_names(asked, result.left, result.right, translator)
    markup.add(Markup('<h3 class="join-warnings">{}</h3>').format(t("joins.warnings")))
    if not plan.warnings:
        markup.add(Markup('<p class="aside">{}</p>').format(t("joins.warnings.none")))
    with st.container(key="join-warnings"):
        for at, warn in enumerate(plan.warnings):
            with st.container(horizontal=True, vertical_alignment="center", key=f"join-warn-{at}"):
                markup.add(
                    Markup('<p class="warning"><bdi>{}</bdi></p>').format(
                        warn_text(warn, names, translator)
                    )
                )
                if warn.remedy is not None:
                    change = change_text(asked.spec, warn.remedy, translator)
                    st.button(
                        t("joins.remedy", change=change),
                        key=f"join-remedy-{at}",
                        on_click=go,
                        args=(JoinLink(asked.left, asked.right, warn.remedy),),
                    )


def _sums(plan: Plan, asked: JoinLink, translator: Translator) -> Markup:
    t, number = translator.t, translator.number
    telling = plan.told_sums(asked.spec)
    if not telling:
        return Markup('<p class="aside">{}</p>').format(t("joins.plan.sums.none"))

    def row(one: Sums) -> tuple[Markup | str, ...]:
        unknown = plan.is_unknown(one)
        change = 0.0 if unknown else one.after - one.before
        sign = "+" if change > 0 else ""
        return (
            _column(one, asked, translator),
            number(one.before),
            Markup('<span class="{}">{}</span>').format(
                "missing" if change else "", translator.missing if unknown else number(one.after)
            ),
            f"{sign}{number(change)}" if change else "—",
            "—" if one.residual is None else number(one.residual),
        )

    heads = ("column", "before", "after", "change", "residual")
    columns = [
        Column(t(f"joins.column.{name}"), "wide" if name == "column" else "number")
        for name in heads
    ]
    return Markup('<h3 class="join-sums">{}</h3><p class="aside">{}</p>{}').format(
        t("joins.plan.sums"),
        t("joins.plan.sums.text"),
        table(t("joins.plan.sums"), columns, map(row, telling), css="stack"),
    )


def _column(one: Sums, asked: JoinLink, translator: Translator) -> Markup:
    layer = asked.left if one.side == "left" else asked.right
    found = describe(shared().catalog.folder, layer, one.column)
    unit = found.unit_ru if translator.lang == "ru" else found.unit_en
    return Markup('<bdi>{}</bdi><span class="sub"><bdi>{}</bdi>{}</span>').format(
        one.column, layer_name(layer, translator), f", {unit}" if unit else ""
    )


def draw_result(asked: JoinLink, result: JoinResult, translator: Translator) -> None:
    """Draw the result: matches on a map and as a table, counts, rows without a match, files."""
    t = translator.t
    markup.add(Markup('<h2 id="result">{}</h2>').format(t("joins.result")))
    if len(result.pairs):
        answer = {**linked(result, shared(), translator), "words": _words(translator)}
        answer["lang"] = translator.lang
        _linked(key="join-linked", data=json.dumps(answer, ensure_ascii=False).encode())
        if answer["all"] > len(answer["pairs"]["left"]):
            few, every = len(answer["pairs"]["left"]), answer["all"]
            text = t("joins.result.few", n=translator.number(few), all=translator.number(every))
            markup.add(Markup('<p class="aside">{}</p>').format(text))
    else:
        markup.add(Markup('<p class="own-empty">{}</p>').format(t("joins.result.none")))
    markup.add(_charts(result, translator), *_unmatched(asked, result, translator))
    _files(asked, result, translator)


def _words(translator: Translator) -> dict[str, object]:
    t = translator.t
    names = {
        "map": "map.label", "zoom_in": "map.zoom_in", "zoom_out": "map.zoom_out", "all": "map.all",
        "legend_left": "map.legend.left", "legend_unmatched": "map.legend.unmatched",
        "legend_right": "map.legend.right", "legend_line": "map.legend.line",
        "pairs": "result.pairs", "pair": "map.legend.line", "left": "pair.left",
        "right": "pair.right", "distance": "pair.distance", "share": "pair.share",
        "certainty": "pair.certainty", "no": "pair.no", "span": "span", "back": "back",
        "on": "on_page", "every": "every", "on_map": "on_map",
    }  # fmt: skip
    span = {"first": "{first}", "last": "{last}", "all": "{all}"}
    return {
        **{
            name: t(f"joins.{message}", **(span if name == "span" else {}))
            for name, message in names.items()
        },
        "certainties": {one: t(f"joins.certainty.{one}") for one in CERTAINTIES},
    }


def _charts(result: JoinResult, translator: Translator) -> Markup:
    plan, t = result.plan, translator.t
    rows = {
        "single": plan.matched_left - plan.multi_matched,
        "several": plan.multi_matched,
        "without": plan.unmatched_left,
    }
    by_right = result.pairs["right_id"].value_counts()
    names = {row["id"]: row["name"] for row in _named(result, translator)}
    most = int(by_right.max()) if len(by_right) else 1
    rest = len(by_right) - _RIGHT_SHOWN
    charts = [
        (t("joins.rows"), _bars(rows, "joins.rows.", plan.left_rows, translator)),
        (
            t("joins.certainties"),
            _bars(dict(plan.certainty), "joins.certainty.", plan.pairs, translator),
        ),
        (
            t("joins.by_right"),
            markup.bars(
                (names.get(str(own_id), own_id), count / most, translator.number(int(count)))
                for own_id, count in by_right.head(_RIGHT_SHOWN).items()
            )
            + (
                Markup('<p class="aside">{}</p>').format(
                    t("joins.by_right.more", n=translator.number(rest))
                )
                if rest > 0
                else Markup("")
            ),
        ),
    ]
    return Markup('<div class="cards join-charts">{}</div>').format(
        markup.each('<section class="card"><h3>{}</h3>{}</section>', charts)
    )


def _read_by(result: JoinResult, *options: str) -> dict[str, Any]:
    return {
        f"{side}_{option}": layer.options[option]
        for side, layer in (("left", result.left), ("right", result.right))
        for option in options
        if layer.options.get(option)
    }


def _named(result: JoinResult, translator: Translator) -> list[dict[str, str]]:
    right = result.sides[1]
    column = naming_column(map(str, right.columns.columns), translator)
    names = right.ids if column is None else right.columns[column].to_numpy()
    return [
        {"id": str(own_id), "name": str(own_id if is_missing(name) else name)}
        for own_id, name in zip(right.ids, names, strict=True)
    ]


def _bars(counts: dict[str, int], message: str, whole: int, translator: Translator) -> Markup:
    return markup.bars(
        (translator.t(f"{message}{name}"), count / max(whole, 1), translator.number(count))
        for name, count in counts.items()
    )


def _unmatched(asked: JoinLink, result: JoinResult, translator: Translator) -> list[Markup]:
    t, found = translator.t, []
    for side, frame in (("left", result.unmatched.left), ("right", result.unmatched.right)):
        if not len(frame):
            continue
        prefix = result.prefixes[side == "right"]
        columns = [
            Column(layer_name(getattr(asked, side), translator), "wide"),
            Column(t("joins.unmatched.reason")),
            Column(t("joins.unmatched.nearest")),
            Column(t("joins.pair.distance"), "number"),
        ]
        start = f"{prefix}."
        own = [one.removeprefix(start) for one in frame if one.startswith(start)]
        named = naming_column(own, translator) or ("id" if "id" in own else None)
        name = None if named is None else f"{start}{named}"
        shown = frame.head(_UNMATCHED_SHOWN)
        names = shown.index.astype(str) if name is None else shown[name].astype(str)
        rows = [
            (
                Markup("<bdi>{}</bdi>").format(own),
                t(f"joins.reason.{reason}"),
                Markup("<bdi>{}</bdi>").format("—" if is_missing(near) else near),
                "—" if is_missing(metres) else translator.number(float(metres), 0),
            )
            for own, reason, near, metres in zip(
                names,
                shown["reason"],
                shown["nearest_id"],
                shown["nearest_distance_m"],
                strict=True,
            )
        ]
        title = t(f"joins.unmatched.{side}", n=translator.number(len(frame)))
        few = (
            Markup('<p class="aside">{}</p>').format(
                t("joins.unmatched.few", n=translator.number(_UNMATCHED_SHOWN))
            )
            if len(frame) > _UNMATCHED_SHOWN
            else ""
        )
        found.append(
            Markup("<details><summary>{}</summary>{}{}</details>").format(
                title, few, table(title, columns, rows, css="stack")
            )
        )
    return found


def _files(asked: JoinLink, result: JoinResult, translator: Translator) -> None:
    t = translator.t
    markup.add(Markup("<h2>{}</h2>").format(t("joins.export")))
    stem = f"{result.prefixes[0]}-{asked.spec.predicate}-{result.prefixes[1]}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="join-files"):
        chosen = st.selectbox(
            t("joins.export.format"),
            list(FORMATS),
            format_func=lambda one: f"{t(f'ui.export.{one}')} — {t(f'ui.export.{one}.use')}",
            key="join-format",
        )
        name = f"{stem}.{FORMATS[chosen].extension}"
        # Made when it is asked for: most who look at a result take no file, or one.
        st.download_button(
            t("joins.export.file"),
            lambda: to_bytes(content_of(result, lang=translator.lang), chosen, name=name).content,
            file_name=name,
            mime=FORMATS[chosen].media_type,
            key="join-file",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("joins.export.bundle"),
            lambda: bundle(to_bytes(content_of(result, lang=translator.lang), chosen, name=name)),
            file_name=f"{name}.zip",
            mime="application/zip",
            key="join-bundle",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    markup.add(Markup("<h2>{}</h2>").format(t("joins.code")))
    left, right = result.left.path, result.right.path
    for layer_id, layer in ((asked.left, result.left), (asked.right, result.right)):
        if layer_id.startswith(OWN):
            text = t("joins.code.own", name=layer.path)
            markup.add(Markup('<p class="aside"><bdi>{}</bdi></p>').format(text))
    # How a file had to be read is part of the join elsewhere, where it is read anew.
    spec = asked.spec.changed(**_read_by(result, "crs", "swap"))
    reading = _read_by(result, "encoding", "layer")
    for title, code, language in (
        ("joins.code.command", as_command(left, right, spec, out=name, reading=reading), "bash"),
        ("joins.code.python", as_python(left, right, spec, reading=reading), "python"),
    ):
        markup.add(Markup('<h3 class="join-code">{}</h3>').format(t(title)))
        st.code(code, language=language, wrap_lines=True)
