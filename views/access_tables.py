"""The numbers of one place as tables, and what they rest on."""

from markupsafe import Markup

from geo.access import PREPARED, STOP, STOPS_WITHIN_M, Access
from geo.network import WALK_M_S
from layers.access_words import count_text, minutes_text
from layers.locale import Translator
from views import markup
from views.tables import Column, table

_FIRST_KINDS = ("clinic", "hospital", "university", "railway_station", STOP, "school")


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
        ends = [translator.number(one, 2) for one in (areas.get((minutes, "low"), high), high)]
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


def nearest_table(answer: Access, translator: Translator) -> Markup:
    """Return the nearest of each kind with minutes, and the stops around."""
    t = translator.t
    kinds = sorted(answer.nearest, key=lambda kind: (_rank(kind), kind))
    rows = [
        (
            kind_name(kind, translator),
            Markup("<bdi>{}</bdi>").format(_name(answer, kind, translator)),
            minutes_text(answer.nearest[kind][1], translator),
        )
        for kind in kinds
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
    if answer.stops is not None:
        found = count_text(answer.stops.low, answer.stops.high, translator)
        within = translator.length(STOPS_WITHIN_M)
        pieces.append(
            Markup('<p class="aside">{}</p>').format(t("access.stops", n=found, within=within))
        )
    return Markup("").join(pieces)


def assumptions(answer: Access, translator: Translator) -> Markup:
    """Return on what the numbers rest, and what is not computed."""
    t, number, about = translator.t, translator.number, answer.snapshot.about
    network = answer.network
    said = [
        t(f"access.basis.{answer.basis}", n=number(answer.candidates), used=number(answer.used)),
        t("access.speed.walk", kmh=number(WALK_M_S * 3.6))
        if network.mode == "walk"
        else t(
            "access.speed.drive",
            stated=number(network.stated_limits),
            all=number(network.streets),
        ),
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


def kind_name(kind: str, translator: Translator) -> str:
    """Return a kind of institution in words; one of a snapshot that has none, as it is written."""
    return (
        translator.t(f"access.kind.{kind}")
        if kind in (*_FIRST_KINDS, "marketplace")
        else kind.replace("_", " ")
    )


def _rank(kind: str) -> int:
    return _FIRST_KINDS.index(kind) if kind in _FIRST_KINDS else len(_FIRST_KINDS)


def _name(answer: Access, kind: str, translator: Translator) -> str:
    """Return the name of what is nearest, in the language of the viewer where it has one."""
    found = answer.nearest[kind][0]
    layer = answer.snapshot.layer("stops" if kind == STOP else "pois")
    same = layer[layer["name_ru"] == found]
    named = translator.pick(same.iloc[0], "name") if found and len(same) else None
    return named or found or translator.missing
