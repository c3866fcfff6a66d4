import pytest

from geo.dataset import shared
from geo.indicators import assess
from geo.snapshot import Snapshot
from layers.indicator_html import report_html
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
