"""The numbers of places as tables, and what they rest on."""

from collections.abc import Sequence

from markupsafe import Markup

from geo.access import PREPARED, Access, union_of
from geo.access.demand import demand
from geo.indicators.estimate import Interval
from geo.network import WALK_M_S
from geo.network.isochrone import BUFFER_M
from layers.access_words import (
    count_text,
    doubt_texts,
    kind_name,
    kind_order,
    lost_positions,
    nearest_name,
    place_name,
    stops_text,
    ways_texts,
)
from layers.locale import Translator
from views import markup
from views.tables import Column, table


def reach_table(answer: Access, translator: Translator) -> Markup:
    """Return how much is reached at the minutes that are prepared."""
    t = translator.t
    if not answer.reach:
        return Markup('<p class="missing">{}</p>').format(t("access.not_computed.people"))
    columns = [Column(t("access.column.minutes"))]
    columns += [Column(t(f"access.of.{name}"), "number") for name in answer.reach]
    columns.append(Column(t("access.column.area"), "number"))
    areas = {
        (int(minutes), bound): shape.area / 1e6
        for minutes, bound, shape in zip(
            answer.ground["minutes"], answer.ground["bound"], answer.ground.geometry, strict=True
        )
    }

    def area(minutes: int) -> str:
        high = areas[minutes, "high"]
        shown = Interval(areas.get((minutes, "low"), high), high).rounded(2)
        ends = [translator.number(one, 2) for one in (shown.low, shown.high)]
        low, high_text = ends
        return low if low == high_text else t("access.between", low=low, high=high_text)

    rows = [
        (
            t("access.minutes", n=minutes),
            *(
                count_text(curve["low"].iloc[minutes], curve["high"].iloc[minutes], translator)
                for curve in answer.reach.values()
            ),
            area(minutes),
        )
        for minutes in PREPARED
    ]
    return table(t("access.reach"), columns, rows, css="stack")


def compare_table(answers: Sequence[Access], of: str, translator: Translator) -> Markup:
    """Return places side by side and together, by minute; nothing for one place alone."""
    t = translator.t
    if len(answers) < 2 or not of:
        return Markup("")
    title = t("access.compare", what=t(f"access.of.{of}"))
    weights = demand(answers[0].snapshot).of(of)
    named = [(place_name(one.place, translator), one.reach[of]) for one in answers]
    union = union_of([one.reached for one in answers], of, weights)
    rows = [
        (
            Markup("<bdi>{}</bdi>").format(name),
            *(count_text(curve["low"][m], curve["high"][m], translator) for m in PREPARED),
        )
        for name, curve in (*named, (t("access.ui.any"), union))
    ]
    columns = [Column(t("access.site"))]
    columns += [Column(t("access.minutes", n=minutes), "number") for minutes in PREPARED]
    return Markup('<section id="compare"><h2>{}</h2>{}</section>').format(
        title, table(title, columns, rows, css="stack")
    )


def nearest_table(answer: Access, translator: Translator) -> Markup:
    """Return the nearest of each kind with minutes, and the stops around."""
    t = translator.t
    rows = [
        (
            kind_name(kind, translator),
            Markup("<bdi>{}</bdi>").format(nearest_name(vars(one), one.certain, translator)),
            "; ".join(ways_texts(one.there, one.back, translator)),
        )
        for kind, one in sorted(answer.nearest.items(), key=lambda item: kind_order(item[0]))
    ]
    columns = [
        Column(t("access.column.kind")),
        Column(t("access.column.name"), "wide"),
        Column(t("access.column.minutes_to"), "number"),
    ]
    pieces = [
        table(t("access.nearest"), columns, rows, css="stack")
        if rows
        else Markup('<p class="missing">{}</p>').format(t("access.not_computed.nearest"))
    ]
    if answer.stops is not None and answer.stop_points is not None:
        found = stops_text(answer.stops, answer.stop_points, translator)
        pieces.append(Markup('<p class="aside">{}</p>').format(found))
    return Markup("").join(pieces)


def assumptions(answer: Access, translator: Translator) -> Markup:
    """Return on what the numbers rest, and what is not computed."""
    t, number, about = translator.t, translator.number, answer.snapshot.about
    network = answer.network
    said = [
        t(f"access.basis.{answer.basis}", n=number(answer.candidates), used=number(answer.used)),
        *lost_positions(answer.candidates, answer.used, translator),
        *doubt_texts(answer.doubts, answer.far, translator),
        t("access.speed.walk", kmh=number(WALK_M_S * 3.6))
        if network.mode == "walk"
        else t(
            "access.speed.drive",
            stated=number(network.stated_limits),
            all=number(network.streets),
        ),
        t("access.direction"),
        t("access.strip", beside=translator.length(BUFFER_M)),
        t("access.main_part", share=translator.percent(network.main_share)),
        t(
            "access.snapshot",
            title=about.title_ru if translator.lang == "ru" else about.title_en,
            date=translator.date(about.retrieved),
            attribution=about.attribution_ru if translator.lang == "ru" else about.attribution_en,
            licence=about.licence,
        ),
    ]
    said += [
        t("access.not_computed", what=t(f"access.layer.{text.partition(':')[0]}"))
        for text in answer.not_computed
    ]
    return Markup('<section id="method"><h2>{}</h2><ul class="points">{}</ul></section>').format(
        t("access.method"), markup.each("<li><bdi>{}</bdi></li>", ((one,) for one in said))
    )
