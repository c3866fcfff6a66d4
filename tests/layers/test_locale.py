import ast
import json
import math
import re
import string
from pathlib import Path

import pytest

from layers.locale import (
    LANGUAGES,
    Translator,
    UnknownLanguageError,
    UnknownMessageError,
    is_missing,
    messages,
)

ROOT = Path(__file__).parents[2]
RU, EN = Translator("ru"), Translator("en")
FORMS = ("one", "few", "many", "other")


def placeholders(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def literals(path):
    """Yield the first argument of every call `….t("…")` or `….plural("…")` of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("t", "plural")
            and node.args
        ):
            yield node.func.attr, node.args[0]


def test_both_languages_have_the_same_ids():
    assert messages("ru").keys() == messages("en").keys()


def test_both_languages_have_the_same_placeholders():
    ru, en = messages("ru"), messages("en")
    differ = [key for key in ru if placeholders(ru[key]) != placeholders(en[key])]
    assert differ == []


def test_no_text_is_empty():
    assert [
        (lang, k) for lang in LANGUAGES for k, v in messages(lang).items() if not v.strip()
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_are_sorted_and_without_repeated_ids(lang):
    text = (ROOT / "layers" / "locales" / f"{lang}.json").read_text(encoding="utf-8")
    ids = [key for key, _ in json.loads(text, object_pairs_hook=list)]
    assert ids == sorted(set(ids))


def test_plurals_have_all_four_forms():
    stems = {key.removesuffix(".many") for key in messages("ru") if key.endswith(".many")}
    assert stems
    for stem in stems:
        assert all(f"{stem}.{form}" in messages("ru") for form in FORMS), stem


@pytest.mark.parametrize(
    "path",
    [p for folder in ("layers", "views", "api") for p in sorted((ROOT / folder).rglob("*.py"))],
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_every_message_that_the_code_names_exists(path):
    for method, argument in literals(path):
        suffix = "\\.(one|few|many|other)" if method == "plural" else ""
        if isinstance(argument, ast.Constant):
            pattern = re.escape(argument.value)
        elif isinstance(argument, ast.JoinedStr):
            pattern = "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in argument.values
            )
        else:
            continue
        assert any(re.fullmatch(pattern + suffix, key) for key in messages("ru")), pattern


@pytest.mark.parametrize(
    ("n", "ru", "en"),
    [
        (1, "1 парк", "1 park"),
        (2, "2 парка", "2 parks"),
        (5, "5 парков", "5 parks"),
        (11, "11 парков", "11 parks"),
        (12, "12 парков", "12 parks"),
        (21, "21 парк", "21 parks"),
        (22, "22 парка", "22 parks"),
        (25, "25 парков", "25 parks"),
        (111, "111 парков", "111 parks"),
        (0, "0 парков", "0 parks"),
        (1.5, "1,5 парка", "1.5 parks"),
    ],
)
def test_plural(n, ru, en):
    assert RU.plural("count.park", n) == ru.replace(" ", "\u00a0")
    assert EN.plural("count.park", n) == en.replace(" ", "\u00a0")


RUSSIAN_PLURALS = {
    "count.organisation": ("организация", "организации", "организаций"),
    "count.park": ("парк", "парка", "парков"),
    "count.project": ("проект", "проекта", "проектов"),
    "count.project.completed": ("реализован", "реализовано", "реализовано"),
    "count.project.planned": ("запланирован", "запланировано", "запланировано"),
    "count.project.running": ("выполняется", "выполняются", "выполняется"),
    "count.project.suspended": ("приостановлен", "приостановлено", "приостановлено"),
    "count.row": ("строка", "строки", "строк"),
    "count.action": ("мероприятие", "мероприятия", "мероприятий"),
    "count.cluster": ("кластер", "кластера", "кластеров"),
    "count.site": ("площадка", "площадки", "площадок"),
    "map.own.crowd": ("объект вашего слоя", "объекта вашего слоя", "объектов вашего слоя"),
    "map.projects": ("проект", "проекта", "проектов"),
    "query.without": ("", "", ""),
    "query.without_several": ("", "", ""),
    "sources.origin.more": ("сайт", "сайта", "сайтов"),
    "ui.figures.completed": ("реализован", "реализовано", "реализовано"),
    "ui.figures.own": ("строка вашего слоя", "строки вашего слоя", "строк вашего слоя"),
    "ui.figures.planned": ("запланирован", "запланировано", "запланировано"),
    "ui.figures.running": ("проект выполняется", "проекта выполняются", "проектов выполняется"),
    "ui.figures.sites": ("площадка", "площадки", "площадок"),
    "ui.search.found": ("подсказка", "подсказки", "подсказок"),
    "ui.figures.suspended": ("приостановлен", "приостановлено", "приостановлено"),
    "fact.clusters": ("Кластер", "Кластеры", "Кластеры"),
    "fact.directions": ("Направление", "Направления", "Направления"),
}
"""What follows 1, 2 and 5 in each plural text."""


def test_every_plural_text_is_known_here():
    stems = {key.removesuffix(".many") for key in messages("ru") if key.endswith(".many")}
    assert stems == RUSSIAN_PLURALS.keys()


@pytest.mark.parametrize("stem", RUSSIAN_PLURALS)
@pytest.mark.parametrize(("n", "form"), [(1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (101, 0)])
def test_russian_plurals(stem, n, form):
    text = RU.plural(stem, n, conditions="x").replace("\u00a0", " ")
    word = RUSSIAN_PLURALS[stem][form]
    assert re.search(rf"(^|{n} ){word}\W*$" if word else rf" {n}\.$", text)


@pytest.mark.parametrize(
    ("value", "decimals", "ru", "en"),
    [
        (12345.6, 1, "12\u00a0345,6", "12,345.6"),
        (7.0, 1, "7", "7"),
        (0, 1, "0", "0"),
        (1234.56, 0, "1\u00a0235", "1,235"),
        (-1234.5, 1, "−1\u00a0234,5", "−1,234.5"),
        (-0.04, 1, "0", "0"),
    ],
)
def test_number(value, decimals, ru, en):
    assert RU.number(value, decimals) == ru
    assert EN.number(value, decimals) == en


@pytest.mark.parametrize(
    ("share", "ru", "en"),
    [
        (0, "0\u00a0%", "0%"),
        (1, "100\u00a0%", "100%"),
        (0.001, "1\u00a0%", "1%"),
        (0.999, "99\u00a0%", "99%"),
        (0.345, "34\u00a0%", "34%"),
    ],
)
def test_percent_keeps_nothing_and_all_apart_from_nearly(share, ru, en):
    assert RU.percent(share) == ru
    assert EN.percent(share) == en


@pytest.mark.parametrize(
    ("ha", "ru", "en"),
    [
        (192.4, "192,4\u00a0га", "192.4\u00a0ha"),
        (0.8, "0,8\u00a0га", "0.8\u00a0ha"),
        (12345.6, "12\u00a0345,6\u00a0га", "12,345.6\u00a0ha"),
    ],
)
def test_area(ha, ru, en):
    assert RU.area(ha) == ru
    assert EN.area(ha) == en


@pytest.mark.parametrize(
    ("mln", "ru", "en"),
    [
        (1200, "1,2\u00a0млрд\u00a0₽", "RUB\u00a01.2\u00a0bn"),
        (782.7, "782,7\u00a0млн\u00a0₽", "RUB\u00a0782.7\u00a0mln"),
        (999.97, "1\u00a0млрд\u00a0₽", "RUB\u00a01\u00a0bn"),
        (0.05, "0,05\u00a0млн\u00a0₽", "RUB\u00a00.05\u00a0mln"),
        (2_500_000, "2,5\u00a0трлн\u00a0₽", "RUB\u00a02.5\u00a0trn"),
        (0, "0\u00a0млн\u00a0₽", "RUB\u00a00\u00a0mln"),
    ],
)
def test_money(mln, ru, en):
    assert RU.money(mln) == ru
    assert EN.money(mln) == en


@pytest.mark.parametrize("method", ["number", "percent", "area", "money", "year", "distance"])
@pytest.mark.parametrize("unknown", [None, math.nan, float("nan")])
def test_unknown_is_said_in_words(method, unknown):
    assert getattr(RU, method)(unknown) == "Нет данных"
    assert getattr(EN, method)(unknown) == "No data"


@pytest.mark.parametrize(
    ("first", "last", "ru", "en"),
    [
        (2013.0, 2017.0, "2013–\u20602017", "2013–\u20602017"),
        (2013, 2013, "2013", "2013"),
        (2013, None, "с\u00a02013", "since\u00a02013"),
        (math.nan, 2017, "до\u00a02017", "until\u00a02017"),
        (None, None, "Нет данных", "No data"),
    ],
)
def test_years(first, last, ru, en):
    assert RU.years(first, last) == ru
    assert EN.years(first, last) == en


@pytest.mark.parametrize(
    ("as_of", "ru", "en"),
    [
        ("2017", "2017", "2017"),
        ("2017-03", "март 2017", "March 2017"),
        ("2017-03-14", "14 марта 2017", "14 March 2017"),
        (None, "дата не указана", "date not stated"),
        (math.nan, "дата не указана", "date not stated"),
    ],
)
def test_date(as_of, ru, en):
    assert RU.date(as_of) == ru
    assert EN.date(as_of) == en


def test_date_refuses_what_is_no_date():
    with pytest.raises(ValueError, match="invalid literal"):
        RU.date("spring")


@pytest.mark.parametrize(
    ("metres", "ru", "en"),
    [
        (300, "±300\u00a0м", "±300\u00a0m"),
        (999.6, "±1\u00a0км", "±1\u00a0km"),
        (3000, "±3\u00a0км", "±3\u00a0km"),
        (1500, "±1,5\u00a0км", "±1.5\u00a0km"),
    ],
)
def test_distance(metres, ru, en):
    assert RU.distance(metres) == ru
    assert EN.distance(metres) == en


def test_join():
    assert RU.join(["а", "б", "в"]) == "а, б и в"
    assert EN.join(["a", "b", "c"]) == "a, b, and c"
    assert RU.join([]) == ""


def test_pick():
    record = {"name_ru": "Парк", "name_en": math.nan}
    assert RU.pick(record, "name") == "Парк"
    assert EN.pick(record, "name") is None


def test_values_are_not_templates():
    assert "{x}" in RU.t("value.area", number="{x}")


def test_unknown_message_and_language():
    with pytest.raises(UnknownMessageError, match=r"no\.such"):
        RU.t("no.such")
    with pytest.raises(UnknownLanguageError, match="`de`"):
        Translator("de")


@pytest.mark.parametrize("value", [None, math.nan, "", (), []])
def test_missing(value):
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", False, (1,)])
def test_not_missing(value):
    assert not is_missing(value)
