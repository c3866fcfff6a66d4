import pytest
import shapely

from geo.dataset import shared
from geo.indicators import assess
from geo.snapshot import Snapshot
from layers.indicator_html import report_html
from layers.indicator_method import missing
from layers.indicator_pdf import report_pdf
from layers.indicator_report import document
from layers.locale import Translator
from tests.geo.indicators.town import hamlet, town


@pytest.mark.parametrize(
    ("snapshot", "said"),
    [
        (town("boundaries"), "No indicator is computed"),
        (hamlet("population"), "Nobody counted the people"),
        (hamlet("walk_edges"), "no layer “walk_edges”"),
        (hamlet("water", "stops", "buildings"), "no layer “stops”"),
    ],
    ids=["no borders", "no people", "no streets", "little"],
)
def test_a_report_of_what_there_is_names_what_is_not(snapshot: Snapshot, said: str) -> None:
    found, translator = assess(snapshot), Translator("en")
    assert found is not None
    made = document(found, found.main_border, shared(), translator)
    assert said in report_html(made, translator).decode()
    assert report_pdf(made, translator).startswith(b"%PDF")


def test_outlines_that_were_repaired_are_told() -> None:
    spaces = town().layer("open_space").copy()
    x, y = spaces.geometry.iloc[0].centroid.coords[0]
    tie = [(x, y), (x + 0.002, y + 0.002), (x + 0.002, y), (x, y + 0.002)]
    spaces.loc[spaces.index[0], "geometry"] = shapely.Polygon(tie)
    found = assess(hamlet("population", "stops", "buildings", open_space=spaces))
    assert found is not None
    for lang, said in (("en", "They were repaired: 0 m² became"), ("ru", "было 0 м², стало")):
        _, points = missing(found, Translator(lang)).blocks
        assert any(said in text for text in points.items)
