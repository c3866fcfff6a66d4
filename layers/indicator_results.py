"""The numbers of an assessment as sections: borders side by side, components, maps, sensitivity."""

from collections.abc import Sequence

import pandas as pd

from geo.indicators import Assessment, Estimate, Interval
from geo.indicators.borders import DEGURBA
from geo.indicators.ground import BESIDE_M
from layers.indicator_document import Bar, Block, Cell, Head, Picture, Section, Swatch, Table, Text
from layers.indicator_map import MAPS, map_svg, plane_of, reach_of
from layers.indicator_words import (
    border_name,
    bound_text,
    choice_text,
    interval_text,
    measure_name,
    part_name,
    value_text,
)
from layers.locale import Translator

INDICATORS = ("11.2.1", "11.3.1", "11.7.1")
_KEYS = {
    "transport": ("chosen", "border", "low", "high", "stop", "water"),
    "space": ("chosen", "border", "open", "unknown", "closed", "low", "high", "water"),
}
_SCALE_STEP = 5.0


def side_by_side(assessment: Assessment, translator: Translator) -> Section:
    """Return the published values, a column for each border."""
    t = translator.t
    rows = [
        row
        for indicator in INDICATORS
        for row in _rows(assessment.of(indicator), list(assessment.borders), "values", translator)
    ]
    if not rows:
        return Section("results", t("indicator.results"), (Text(t("indicator.none"), "warning"),))
    borders = assessment.borders.values()
    areas = tuple(
        t("indicator.border.area", n=translator.number(border.km2, 1)) for border in borders
    )
    made = tuple(t(f"indicator.border.made.{border.made}") for border in borders)
    table = Table(
        t("indicator.results"),
        _heads(assessment, "measure", translator),
        ((t("indicator.part.city_m2"), *areas), (t("indicator.border.made"), *made), *rows),
    )
    return Section(
        "results",
        t("indicator.results"),
        (
            Text(t("indicator.results.text"), "lead"),
            table,
            *given_centre(assessment, translator),
            Text(t("indicator.results.bounds"), "note"),
        ),
    )


def given_centre(assessment: Assessment, translator: Translator) -> tuple[Text, ...]:
    """Return that the border of the urban centre was given, and what the rule itself would say."""
    border, centres = assessment.borders.get("urban_centre"), assessment.centres
    if border is None or border.made == DEGURBA or centres is None:
        return ()
    if not centres:
        return (Text(translator.t("indicator.centre.none"), "warning"),)
    people, km2 = (translator.number(one) for one in (round(centres[0].people), centres[0].cells))
    return (Text(translator.t("indicator.centre.other", people=people, km2=km2)),)


def of_indicator(
    assessment: Assessment, indicator: str, border: str, translator: Translator
) -> list[Section]:
    """Return definition, components, map and sensitivity of one indicator."""
    t = translator.t
    estimates = assessment.of(indicator)
    blocks: list[Block] = [
        Text(t(f"indicator.define.{indicator}"), "lead"),
        Text(t(f"indicator.formula.{indicator}"), "formula"),
    ]
    parts = _rows(estimates, list(assessment.borders), "components", translator)
    if parts:
        blocks.append(
            Table(
                f"{t('indicator.components')}: {indicator}",
                _heads(assessment, "component", translator),
                tuple(parts),
            )
        )
    if not estimates:
        blocks.append(Text(t("indicator.none.here"), "warning"))
    anchor = f"i-{indicator.replace('.', '-')}"
    sections = [Section(anchor, t(f"indicator.name.{indicator}"), tuple(blocks))]
    chosen = next((one for one in estimates if one.border == border), None)
    if chosen is None:
        return sections
    if indicator in MAPS:
        sections.append(_map(assessment, border, MAPS[indicator], translator))
    plots = [
        block
        for measure in chosen.values
        if (border, measure) in assessment.sensitivities
        for block in _sensitivity(assessment, chosen, measure, translator)
    ]
    if plots:
        title = t("indicator.sensitivity")
        sections.append(Section(f"{anchor}-sensitivity", title, tuple(plots), level=3))
    return sections


def _heads(assessment: Assessment, first: str, translator: Translator) -> tuple[Head, ...]:
    names = (Head(border_name(border, translator), "number") for border in assessment.borders)
    return (Head(translator.t(f"indicator.column.{first}"), "wide"), *names)


def _rows(
    estimates: Sequence[Estimate], borders: Sequence[str], part: str, translator: Translator
) -> list[tuple[str, ...]]:
    """Return a row for each value or component of any border, a cell for each border."""
    by_border = {one.border: getattr(one, part) for one in estimates}
    names = list(dict.fromkeys(name for found in by_border.values() for name in found))
    say = measure_name if part == "values" else part_name
    return [
        (
            say(name, translator),
            *(
                interval_text(name, by_border[border][name], translator)
                if name in by_border.get(border, ())
                else translator.missing
                for border in borders
            ),
        )
        for name in names
    ]


def _map(assessment: Assessment, border: str, kind: str, translator: Translator) -> Section:
    t = translator.t
    reach = reach_of(assessment, kind)
    ends = Interval(*(reach[bound].area / 1e6 for bound in ("low", "high"))).rounded(2)
    km2 = {bound: translator.number(end, 2) for bound, end in vars(ends).items()}
    alt = t(f"indicator.map.alt.{kind}", border=border_name(border, translator), **km2)
    styles = [
        style
        for style in _KEYS[kind]
        if not (style == "water" and "water" not in assessment.snapshot)
        and not (style == "border" and len(assessment.borders) < 2)
    ]
    picture = Picture(
        map_svg(assessment, border, kind),
        alt,
        tuple(Swatch(style, t(f"indicator.map.key.{style}")) for style in styles),
        (
            t("indicator.map.beside", beside=translator.length(BESIDE_M)),
            t("indicator.map.scale", length=translator.length(plane_of(assessment).bar_m)),
        ),
    )
    return Section(f"map-{kind}", t(f"indicator.map.{kind}"), (picture,), level=3)


def _sensitivity(
    assessment: Assessment, chosen: Estimate, measure: str, translator: Translator
) -> list[Block]:
    t, table = translator.t, assessment.sensitivities[chosen.border, measure]
    interval = chosen.values[measure]
    published = bound_text(measure, interval.low, interval, translator)
    base = float(table["base"].iloc[0])
    least, most = _scale(table)

    def share(value: float) -> float:
        return (value - least) / (most - least)

    rows: list[tuple[Cell, ...]] = []
    for choice, row in table.iterrows():
        low, high = float(row["low"]), float(row["high"])
        ends = [bound_text(measure, end, interval, translator) for end in (low, high)]
        label = t("indicator.sensitivity.bar", low=ends[0], high=ends[1], base=published)
        rows.append(
            (
                choice_text(str(choice), row["variants"], translator),
                Bar(share(low), share(high), share(base), label),
                *ends,
                t("indicator.points", n=translator.number(high - low, 1)),
            )
        )
    heads = (
        Head(t("indicator.column.choice"), "wide"),
        Head(t("indicator.column.plot"), "plot"),
        *(Head(t(f"indicator.column.{name}"), "number") for name in ("least", "most", "spread")),
    )
    name = measure_name(measure, translator)
    scale = [value_text(measure, end, end, translator) for end in (least, most)]
    return [
        Text(
            f"{name}. "
            + t(
                "indicator.sensitivity.text",
                border=border_name(chosen.border, translator),
                base=published,
            )
        ),
        Table(f"{t('indicator.sensitivity')}: {name}", heads, tuple(rows)),
        Text(t("indicator.sensitivity.most", choice=rows[0][0], spread=rows[0][-1])),
        Text(t("indicator.sensitivity.scale", low=scale[0], high=scale[1]), "note"),
    ]


def _scale(table: pd.DataFrame) -> tuple[float, float]:
    """Return round ends that hold all bars of a table."""
    low = float(table["low"].min()) // _SCALE_STEP * _SCALE_STEP
    high = -(-float(table["high"].max()) // _SCALE_STEP) * _SCALE_STEP
    return low, max(high, low + _SCALE_STEP)
