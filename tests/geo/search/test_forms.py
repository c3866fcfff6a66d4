import pytest

from geo.dataset import shared
from geo.search.documents import documents
from geo.search.forms import forms


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Институт химии нефти СО РАН", "ихн"),
        ("НИИ психического здоровья", "пз"),
        ("НИИ акушерства, гинекологии и перинатологии", "агп"),
        ("Северский технологический институт НИЯУ МИФИ", "сти"),
        ("Institute of Petroleum Chemistry SB RAS", "ipc"),
        ("Инжиниринговый химико-технологический центр", "ихтц"),
        ("Центр (бывший) ядерной медицины", "ям"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    found = forms([name], initials=True).split()
    assert (expected in found) == (expected != "ям")  # two words alone are no abbreviation
    assert expected not in forms([name], initials=False).split()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Северный медицинский городок", "медгородок"),
        ("Сибирский химический комбинат", "химкомбинат"),
        ("Томский государственный университет", "госуниверситет"),
        ("Промышленный парк", "промпарк"),
        ("Автодорога Томск - Тайга", "дорога"),
        ("Рослесхоз", "лесхоз"),
        ("Реконструкция ВПП аэропорта", "взлетно-посадочная"),
        ("Минздрав России", "здравоохранения"),
        ("Обновить дорожную карту", "обновение"),
        ("Открыть центр", "открытие"),
    ],
)
def test_run_together_parted_and_in_full(name: str, expected: str) -> None:
    assert expected in forms([name], initials=False).split()


@pytest.mark.parametrize(
    "name",
    ["", "Лагерный сад", "Автоматика", "Государство", "Фармацевтика", "Россия", "Аэропорт",
     "Московский тракт", "<b>&", "Мост"],
)  # fmt: skip
def test_nothing_is_made_of_what_only_looks_so(name: str) -> None:
    assert forms([name], initials=True) == ""


def test_what_is_derived_counts_less_than_what_is_written() -> None:
    for document in documents(shared()):
        weights = [weight for _, weight in document.fields]
        assert weights == sorted(weights, reverse=True)
