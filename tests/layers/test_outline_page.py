import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from geo.dataset import Dataset, load
from geo.tracing import Match, Proposals, accept, propose, read_selectors, refuse
from geo.tracing.reasons import LEFT_OUT, REASONS
from layers.locale import LANGUAGES, Translator
from layers.outline_page import Places, outline_page
from tests.geo.tracing.ground import NORTH, add_selectors, answered, park, selector, square

PLACEHOLDER = re.compile(r"\{(\w+)\}")
SELECTOR = selector(names=(), note_ru="их два", note_en="there are two")


@pytest.fixture
def small(write_data: Callable[..., Path]) -> Dataset:
    return load(write_data())


def page(dataset: Dataset, *, lang: str = "en", name: str = "Сад") -> str:
    found = propose(
        dataset.sites,
        {"north": SELECTOR},
        lambda *_: answered([park(7, square(-500, -50, 1000), name=name)]),
    )
    return outline_page(
        Proposals({m.site_id: m for m in found}), dataset, {"north": SELECTOR}, Translator(lang)
    )


def test_a_proposal_is_drawn_with_its_measures_and_commands(small: Dataset) -> None:
    text = page(small)
    assert '<g class="before"><circle' in text
    assert '<g class="after"><path class="area"' in text
    assert "100 ha" in text.replace("\xa0", " ")
    assert "no outline today" in text
    assert "There are two." in text
    assert "python -m geo fetch outlines --accept north=way/7" in text
    assert "python -m geo fetch outlines --refuse north=way/7" in text
    assert text.index("Site north") < text.index("Site south")


def test_what_is_decided_is_not_offered_and_measured_as_it_is_now(
    write_data: Callable[..., Path],
) -> None:
    folder = add_selectors(write_data(), NORTH)

    def drawn(**places: Path) -> str:
        where = Places(**places) if places else None
        return outline_page(
            found, load(folder), read_selectors(folder), Translator("en"), places=where
        )

    answer = answered([park(i, square(-50, -50, i * 20)) for i in (7, 8, 9)])
    matches = propose(load(folder).sites, read_selectors(folder), lambda *_: answer)
    found = Proposals({one.site_id: one for one in matches})
    assert drawn().count("no outline today") == 3
    accept(folder, found, ["way/7"])
    refuse(folder, found, ["way/8"])
    far = replace(found.matches["north"].proposals[0], object="way/1", geometry=square(900, 0, 50))
    match = found.matches["north"]
    found = Proposals({"north": replace(match, proposals=(*match.proposals, far))})
    text = drawn(proposals=Path("my proposals"), data=Path("copy"))
    assert "no outline today" not in text
    assert text.count("This is the outline that the site has today.") == 1
    assert text.count("Refused before.") == 1
    assert text.count("It cannot be taken over") == 1
    assert re.findall(r"north=(\S+)", text) == ["way/9", "way/9"]
    assert "--accept north=way/9 --out &#39;my proposals&#39; --folder copy</code>" in text


def test_a_repair_is_told(small: Dataset) -> None:
    corners = [(85, 56.5), (85.002, 56.501), (85.002, 56.5), (85, 56.5008)]
    found = propose(
        small.sites, {"north": SELECTOR}, lambda *_: answered([park(7, shapely.Polygon(corners))])
    )
    text = outline_page(
        Proposals({one.site_id: one for one in found}), small, {"north": SELECTOR}, Translator("en")
    )
    assert re.search(r"was repaired; area changed by</dt><dd>\+0\.\d+\sha</dd>", text)


def test_the_scale_bar_is_as_long_as_it_says(small: Dataset) -> None:
    text = page(small)
    left, right = map(float, re.findall(r'class="bar" d="M(\S+) \S+V\d+H(\S+?)V', text)[0])
    corners = re.findall(r'class="area" d="M(.*?)Z"', text)[0].split("L")
    xs = [float(corner.split()[0]) for corner in corners]
    assert "500\xa0m" in text
    # The square is 1,000 m wide, the bar 500 m; a square of UTM is turned by a degree here.
    assert (max(xs) - min(xs)) / (right - left) == pytest.approx(2, rel=0.04)


def test_a_hostile_name_is_text(small: Dataset) -> None:
    text = page(small, name="<script>alert(1)</script>")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_page_asks_nobody(small: Dataset) -> None:
    text = page(small)
    assert "default-src 'none'" in text
    assert not re.search(r'(?:src|srcset)="|@import|url\(', text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_words(small: Dataset, lang: str, reason: str) -> None:
    values = {"note_ru": "их десять", "note_en": "ten", "why": "", "count": 2, "reasons": ""}
    match = Match("north", (), dict.fromkeys(LEFT_OUT, 2), reason, values, "2026-11-20", stale=True)
    text = outline_page(Proposals({"north": match}), small, {}, Translator(lang))
    assert "outlines." not in text
    assert not PLACEHOLDER.search(text.split("</style>")[1])


def test_a_site_that_is_gone_is_left_out(small: Dataset) -> None:
    text = outline_page(Proposals({"gone": Match("gone")}), small, {}, Translator("en"))
    assert "gone" not in text
