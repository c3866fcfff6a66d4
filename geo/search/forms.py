"""Other forms of a name that no source need write down: what is cut short or run together.

Russian shortens names in three ways. Each is undone, or done, once for all names: initials
(институт химии нефти, ИХН), beginnings run together (медицинский университет, медуниверситет),
and words that every reader knows (ВПП, Минздрав). What is to be done is also found as the doing of
it (обновить, обновление).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from geo.text import normalise

# Short forms in general use, in full. They stand in many names and are no name by themselves.
_IN_FULL = {
    "аэс": "атомная электростанция",
    "впп": "взлётно-посадочная полоса",
    "вуз": "высшее учебное заведение",
    "гок": "горно-обогатительный комбинат",
    "гтс": "гидротехнические сооружения",
    "зато": "закрытое административно-территориальное образование",
    "кпо": "комплекс переработки отходов",
    "минздрав": "министерство здравоохранения",
    "минкомсвязь": "министерство связи и массовых коммуникаций",
    "минкультуры": "министерство культуры",
    "минобрнауки": "министерство науки и высшего образования",
    "минприроды": "министерство природных ресурсов и экологии",
    "минпромторг": "министерство промышленности и торговли",
    "минпросвещения": "министерство просвещения",
    "минсельхоз": "министерство сельского хозяйства",
    "минспорт": "министерство спорта",
    "минстрой": "министерство строительства",
    "минтранс": "министерство транспорта",
    "минтруд": "министерство труда",
    "минфин": "министерство финансов",
    "минцифры": "министерство цифрового развития",
    "минэкономразвития": "министерство экономического развития",
    "минэнерго": "министерство энергетики",
    "нии": "научно-исследовательский институт",
    "нпо": "научно-производственное объединение",
    "нпц": "научно-производственный центр",
    "ниц": "научно-исследовательский центр",
    "оэз": "особая экономическая зона",
    "пэт": "позитронно-эмиссионная томография",
    "ран": "российская академия наук",
    "росавтодор": "федеральное дорожное агентство",
    "рослесхоз": "федеральное агентство лесного хозяйства",
    "росрыболовство": "федеральное агентство по рыболовству",
    "тбо": "твёрдые бытовые отходы",
    "тко": "твёрдые коммунальные отходы",
    "тор": "территория опережающего развития",
    "тосэр": "территория опережающего социально-экономического развития",
    "тэц": "теплоэлектроцентраль",
    "цод": "центр обработки данных",
    "sez": "special economic zone",
}
# What a word begins with while its rest is a word of its own, and what only looks so.
_FIRST_PARTS = (
    "авиа", "авто(?!мат)", "агро(?!ном)", "аэро(?!порт)", "био(?!лог)", "водо", "газо",
    "гео(?!лог)", "гидро", "гос(?!у)", "нано", "нефте", "радио(?!лог)",
    "рос(?!с)", "спорт(?!ив)", "строй",
    "тепло", "техно(?!лог)", "фарм(?!а)", "электро(?!н)", "энерго",
)  # fmt: skip
_LEAST_REST = 5
_PARTED = re.compile(rf"^(?:{'|'.join(_FIRST_PARTS)})(\w{{{_LEAST_REST},}})$")

# To what a word is cut when it is run together with the next: медицинский, мед-.
_CUT_TO = (
    "авиа", "агро", "био", "гор", "гос", "дет", "жил", "кап", "культ", "лес", "мед", "нефте",
    "обл", "пед", "пищ", "политех", "пром", "проф", "рай", "сан", "сель", "соц", "спорт", "строй",
    "студ", "тех", "торг", "транс", "тур", "фарм", "физ", "фин", "хим", "эко", "энерго", "юр",
)  # fmt: skip
_CUT = re.compile(rf"^({'|'.join(_CUT_TO)})\w{{3,}}$")
_LEAST_HEAD = 4

# What is to be done, as the doing of it: обновить, обновление. The letter that changes before the
# ending (обнов-, обновл-) is within the slips that every search allows.
_DOING = {"ить": "ение", "ать": "ание", "еть": "ение", "ыть": "ытие"}
_LEAST_VERB = 6

_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s-]")
_LEAST_INITIALS, _MOST_INITIALS = 3, 7
_LEAST_LETTERS = 3
_WITHOUT_LETTER = frozenset({"and", "for", "the", "для", "при"})


def forms(names: Iterable[str], *, initials: bool) -> str:
    """Return other forms of names as words in one text.

    Parameters
    ----------
    names
        Names in any language.
    initials
        Whether the names are of what is called by its initials, as institutions are.

    Examples
    --------
    >>> forms(["Институт химии нефти СО РАН"], initials=True)
    'ихн российская академия наук'
    >>> forms(["Северный медицинский городок"], initials=False)
    'медгородок'
    """
    found = (form for name in names for form in _forms(name, initials=initials))
    return " ".join(dict.fromkeys(found))


def _forms(name: str, *, initials: bool) -> Iterator[str]:
    if initials:
        yield from _initials(name)
    words = normalise(name).replace("-", " ").split()
    for first, second in pairwise(words):
        if len(second) >= _LEAST_HEAD and (cut := _CUT.match(first)):
            yield f"{cut[1]}{second}"
    for word in words:
        if word in _IN_FULL:
            yield normalise(_IN_FULL[word])
        if parted := _PARTED.match(word):
            yield parted[1]
        if len(word) >= _LEAST_VERB and word[-3:] in _DOING:
            yield f"{word[:-3]}{_DOING[word[-3:]]}"


def _initials(name: str) -> Iterator[str]:
    """Yield the first letters of the words up to the first mark, figure or abbreviation.

    After an abbreviation the words that follow it have theirs: НИИ психического здоровья, НИИ ПЗ.
    """
    run: list[str] = []
    least = _LEAST_INITIALS
    for part in (*_TOKEN.findall(name), "."):
        abbreviated = len(part) > 1 and part.isupper()
        if part == ",":
            continue
        if part.isalpha() and not abbreviated:
            if len(part) >= _LEAST_LETTERS and part.casefold() not in _WITHOUT_LETTER:
                run.append(part[0])
            continue
        if least <= len(run) <= _MOST_INITIALS:
            yield "".join(run).casefold()
        run, least = [], _LEAST_INITIALS - abbreviated
