import dataclasses
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import shared
from layers.locale import Translator
from layers.locator import locate, nice
from layers.locator_svg import draw
from layers.objects import Ref
from layers.subjects import subjects_of

EN = Translator("en")
SIZE = {"width": 480.0, "height": 340.0}


@given(st.floats(1e-3, 1e7))
def test_the_scale_bar_is_the_largest_round_length_that_fits(most):
    length = nice(most)
    assert length <= most < 2.5 * length
    assert f"{length:e}"[0] in "125"


@pytest.mark.parametrize("own_id", ["sez-tomsk-south", "akademgorodok", "asino-timber-park"])
def test_the_bar_is_as_long_as_it_says(own_id):
    chart = locate(shared(), subjects_of(shared(), Ref("site", own_id)), EN, **SIZE)
    svg = draw(chart, EN, label="map")
    left, right = map(float, re.search(r'class="bar" d="M(\S+) \S+V\S+H(\S+)V', svg).groups())
    assert (right - left) * chart.metres_per_px == pytest.approx(chart.bar_m, rel=1e-4)
    assert EN.length(chart.bar_m) in svg


def test_the_circle_is_as_wide_as_the_place_is_uncertain():
    dataset = shared()
    chart = locate(dataset, subjects_of(dataset, Ref("site", "sez-tomsk-south")), EN, **SIZE)
    ((_, radius),) = chart.circles
    accuracy = dataset.sites.loc["sez-tomsk-south", "position_accuracy_m"]
    assert radius * chart.metres_per_px == pytest.approx(accuracy, rel=0.01)


def test_two_marks_lie_as_far_apart_as_their_places():
    dataset = shared()
    ref = Ref("park", "tomsk-industrial-park")
    one, other = subjects_of(dataset, ref)
    chart = locate(dataset, subjects_of(dataset, ref), EN, **SIZE)
    marks = [mark.at for mark in chart.marks if mark.subject]
    assert math.dist(*marks) * chart.metres_per_px == pytest.approx(
        one.shape.distance(other.shape), rel=0.01
    )


def test_all_that_is_uncertain_is_on_the_map():
    dataset = shared()
    for own_id in dataset.sites.index:
        chart = locate(dataset, subjects_of(dataset, Ref("site", str(own_id))), EN, **SIZE)
        for (x, y), radius in chart.circles:
            assert radius <= x <= chart.width - radius, own_id
            assert radius <= y <= chart.height - radius, own_id


def test_a_derived_outline_is_dashed_and_hatched():
    svg = draw(
        locate(shared(), subjects_of(shared(), Ref("site", "akademgorodok")), EN, **SIZE),
        EN,
        label="map",
    )
    assert 'class="guess"' in svg
    assert "url(#hatch)" in svg
    assert 'class="outline"' not in svg


def test_a_true_outline_is_solid_and_without_a_circle():
    (subject,) = subjects_of(shared(), Ref("site", "akademgorodok"))
    traced = dataclasses.replace(subject, method="traced", accuracy_m=10.0)
    chart = locate(shared(), [traced], EN, **SIZE)
    (outline,) = chart.outlines
    assert not outline.guess
    assert chart.circles == ()


def test_north_is_up_within_the_convergence_of_the_zone():
    chart = locate(shared(), subjects_of(shared(), Ref("site", "lagerny-sad")), EN, **SIZE)
    line = next(line for line in chart.grid if line.meridian)
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    assert y1 < y0  # from south to north
    assert 1.0 < math.degrees(math.atan2(x0 - x1, y0 - y1)) * -1 < 2.5


def test_numbers_of_a_list_stand_on_the_map():
    found = subjects_of(shared(), Ref("site", "sez-tomsk-south"))
    chart = locate(shared(), found, EN, **SIZE, numbers={"akademgorodok": 1})
    assert "1" in {mark.text for mark in chart.marks if not mark.subject}


def test_without_any_place_there_is_no_map():
    dataset = shared()
    nowhere = dataset.projects.index[dataset.projects.geometry.isna()][0]
    assert locate(dataset, subjects_of(dataset, Ref("project", str(nowhere))), EN, **SIZE) is None


def test_text_is_escaped():
    chart = locate(shared(), subjects_of(shared(), Ref("site", "lagerny-sad")), EN, **SIZE)
    svg = draw(chart, EN, label='"><script>alert(1)</script>')
    assert "<script" not in svg


@pytest.mark.parametrize("size", [SIZE, {"width": 340.0, "height": 212.0}])
def test_names_keep_clear_of_the_edges_the_scale_and_the_arrow(size):
    dataset = shared()
    for own_id in dataset.sites.index:
        found = subjects_of(dataset, Ref("site", str(own_id)))
        for one in locate(dataset, found, EN, **size).labels:
            x, y = one.at
            left, right = (x - 8 - one.long, x - 8) if one.end else (x + 8, x + 8 + one.long)
            assert 9 <= y <= size["height"] - 9, (own_id, one.text)
            assert not (right > size["width"] - 34 and y < 52), (own_id, one.text)
            assert not (left < 16 + 0.3 * size["width"] and y > size["height"] - 40), own_id
