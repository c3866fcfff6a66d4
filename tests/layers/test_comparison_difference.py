import geopandas as gpd
import pytest
import shapely

from geo.crs import METRES, to_degrees
from geo.dataset import shared
from layers import objects
from layers.comparison import compare
from layers.comparison_difference import Figure, difference, figure
from layers.locale import Translator

EN = Translator("en")


def said(key, *figures):
    words, text = difference(key, figures, EN)
    return words, text.replace("\xa0", " ")


def test_figures_of_one_kind_and_one_year_have_a_ratio():
    one, two = Figure(10, "exact", "2016-03"), Figure(40, "exact", "2016-11")
    assert said("jobs", one, None, two) == (
        ["smallest", "", "largest"],
        "largest to smallest 4 : 1",
    )


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (("planned", "2025"), ("at_least", "2025"), "planned, lower bound"),
        (("at_least", "2025"), ("at_least", "2025"), "lower bound"),
        (("planned", "2025"), ("exact", "2025"), "planned, as stated"),
        (("at_most", "2025"), ("exact", "2025"), "upper bound, as stated"),
        (
            ("exact", "2017-03"),
            ("exact", "2022-09"),
            "from March 2017 to September 2022, more than a year apart",
        ),
        (("exact", ""), ("exact", "2022-09"), "not every date is stated"),
    ],
)
def test_what_is_not_comparable_has_none_and_the_reason_is_said(one, two, why):
    words, text = said("investment", Figure(1000, *one), Figure(47_000, *two))
    assert words == ["", ""]
    assert text == f"not comparable: {why}"


@pytest.mark.parametrize(
    ("first", "last", "apart"),
    [
        ("2016-03", "2017-03", False),
        ("2016-03", "2017-04", True),
        ("2016", "2016-12", False),
        ("2016", "2017-06", True),  # it may be January 2016
        ("2016-12-31", "2017-01-01", False),
    ],
)
def test_a_year_apart(first, last, apart):
    _, text = said("jobs", Figure(1, "exact", first), Figure(2, "exact", last))
    assert ("apart" in text) == apart


def test_an_area_lasts_and_its_dates_are_said_beside_the_ratio():
    words, text = said("area", Figure(10, "exact", "2010"), Figure(20, "exact", "2020"))
    assert words == ["smallest", "largest"]
    assert text == "largest to smallest 2 : 1 (from 2010 to 2020, more than a year apart)"


def test_nothing_is_divided_by_nothing():
    assert said("jobs", Figure(0, "exact", "2020"), Figure(5, "exact", "2020"))[1] == ""


def test_years_and_single_figures_have_no_ratio():
    assert said("start", Figure(2010, "exact", "2020"), Figure(2015, "exact", "2020"))[1] == ""
    assert said("jobs", None, Figure(5, "exact", "2020")) == (["", ""], "")


def test_the_area_of_a_true_outline_is_the_measured_one():
    square = gpd.GeoSeries([shapely.box(380_000, 6_260_000, 380_100, 6_260_100)], crs=METRES)
    record = {"geometry": to_degrees(square)[0], "area_ha": 9.0, "as_of": "2020"}
    traced = figure("area", {**record, "geometry_method": "traced"})
    assert traced is not None
    assert (round(traced.number, 3), traced.kind) == (1.0, "measured")
    disc = figure("area", {**record, "geometry_method": "disc_of_area"})
    assert disc == Figure(9.0, "exact", "2020")


def test_no_ratio_of_a_plan_and_a_lower_bound_nor_of_years_apart():
    ids = "industrial-park-severnaya tor-seversk interuniversity-campus zvezdny-sport-core"
    refs = [objects.Ref("site", one) for one in ids.split()]
    rows = {row.key: row for row in compare(shared(), refs, EN).rows}
    assert "47 :" not in rows["investment"].note
    assert "planned, lower bound" in rows["investment"].note
    assert "24 :" not in rows["residents"].note
    assert "more than a year apart" in rows["residents"].note
    assert not any(cell.word for cell in (*rows["investment"].cells, *rows["residents"].cells))
