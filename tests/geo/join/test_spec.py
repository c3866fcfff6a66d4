import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError, JoinOptionsError
from geo.join import JoinSpec, vocabulary


def problems(**options: object) -> list[tuple[str, str]]:
    with pytest.raises(JoinOptionsError) as error:
        JoinSpec.from_options(options)
    assert isinstance(error.value, GeoError)
    assert isinstance(error.value, ValueError)
    return [(problem.option, problem.code) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"predicate": "near"}, [("predicate", "unknown_word")]),
        ({"how": "up", "repair": "?"}, [("how", "unknown_word"), ("repair", "unknown_word")]),
        ({"predicate": "dwithin"}, [("distance_m", "missing")]),
        ({"predicate": "dwithin", "distance_m": -1}, [("distance_m", "out_of_range")]),
        ({"predicate": "dwithin", "distance_m": float("nan")}, [("distance_m", "out_of_range")]),
        ({"predicate": "dwithin", "distance_m": "500"}, [("distance_m", "out_of_range")]),
        ({"distance_m": 5}, [("distance_m", "not_used")]),
        ({"predicate": "share"}, [("share", "missing")]),
        ({"predicate": "share", "share": 0}, [("share", "out_of_range")]),
        ({"predicate": "share", "share": 1.5}, [("share", "out_of_range")]),
        ({"predicate": "pattern", "pattern": "T*"}, [("pattern", "out_of_range")]),
        ({"predicate": "nearest", "k": 0}, [("k", "out_of_range")]),
        ({"predicate": "nearest", "k": 1_000, "exclusive": True}, [("k", "out_of_range")]),
        ({"k": 2}, [("k", "not_used")]),
        ({"tie_rule": "priority"}, [("priority_column", "missing")]),
        ({"grid_m": 2}, [("grid_m", "out_of_range")]),
        ({"exclusive": 1}, [("exclusive", "unknown_word")]),
        ({"on": [("a",)]}, [("on", "not_a_pair")]),
        ({"on": "ab"}, [("on", "not_a_list")]),
        ({"transfer": {"a": "total"}}, [("transfer", "unknown_word")]),
        ({"transfer": [("a", "extensive")] * 2}, [("transfer", "repeated")]),
        ({"summaries": [("a", "total")]}, [("summaries", "unknown_word")]),
        ({"summaries": [("", "sum")]}, [("summaries", "missing")]),
        ({"summaries": [("a", "max", "area")]}, [("summaries", "not_used")]),
        ({"multiplicity": "count", "how": "right"}, [("how", "not_used")]),
        ({"predicate": "disjoint", "geometry": "intersection"}, [("geometry", "not_used")]),
        ({"left_columns": [1]}, [("left_columns", "not_text")]),
        ({"left_columns": {}}, [("left_columns", "not_a_list")]),
        ({"priority": {"a": 1}}, [("priority", "not_a_list")]),
        ({"predicate": {}}, [("predicate", "unknown_word")]),
        (
            {"predicate": [], "exclusive": {}},
            [("predicate", "unknown_word"), ("exclusive", "unknown_word")],
        ),
        (
            {"priority_column": {}, "left_crs": 4326},
            [("priority_column", "not_text"), ("left_crs", "not_text")],
        ),
        ({"predicate": "nearest", "k": 10**400}, [("k", "out_of_range")]),
        ({"predicate": "nearest", "distance_m": 10**400}, [("distance_m", "out_of_range")]),
        ({"transfer": [[{}, "extensive"]]}, [("transfer", "not_a_pair")]),
        ({"right_kinds": [("a", "extensive"), ("a", "intensive")]}, [("right_kinds", "repeated")]),
        *(
            ({"summaries": [item]}, [("summaries", "not_a_triple")])
            for item in (
                {"column": 1},
                1,
                None,
                [],
                ["a"],
                "sum",
                [{}, "sum"],
                ["a", "sum", "area", "b"],
            )
        ),
        ({"radius": 5}, [("radius", "unknown_option")]),
    ],
)
def test_options_that_cannot_be_used_are_named(
    options: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert problems(**options) == expected


def test_a_refusal_says_what_was_found_and_what_is_allowed() -> None:
    with pytest.raises(JoinOptionsError, match="`how` is 'up'; allowed: left, inner, right"):
        JoinSpec(how="up")


def words(options: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(options)


names = st.text(min_size=1, max_size=8).filter(str.strip)


@st.composite
def specs(draw: st.DrawFn) -> JoinSpec:
    predicate = draw(words(vocabulary.PREDICATES))
    metres = st.floats(0, 1e6, allow_subnormal=False).map(lambda value: round(value, 3))
    needs = {
        "dwithin": {"distance_m": draw(metres)},
        "nearest": {"k": draw(st.integers(1, 900)), "distance_m": draw(st.none() | metres)},
        "share": {"share": draw(st.sampled_from([0.01, 0.5, 1]))},
        "pattern": {"pattern": draw(st.text("TF*012", min_size=9, max_size=9))},
    }
    return JoinSpec(
        predicate=predicate,
        how=draw(words(("left", "inner", "anti"))),
        multiplicity=draw(words(vocabulary.MULTIPLICITIES)),
        exclusive=draw(st.booleans()),
        left_swap=draw(st.booleans()),
        on=draw(st.lists(st.tuples(names, names), max_size=2)),  # type: ignore[arg-type]
        summaries=draw(st.lists(st.tuples(names, words(("sum", "mean"))), max_size=2)),  # type: ignore[arg-type]
        transfer=draw(st.dictionaries(names, words(vocabulary.KINDS), max_size=2)),  # type: ignore[arg-type]
        left_columns=draw(st.none() | st.lists(names, min_size=1, max_size=2).map(tuple)),
        right_crs=draw(st.none() | st.just("EPSG:3857")),
        grid_m=draw(st.sampled_from([0, 0.5, 1])),
        **needs.get(predicate, {}),
    )


@given(specs())
def test_link_and_json_give_the_spec_again(spec: JoinSpec) -> None:
    assert JoinSpec.from_params(spec.to_params()) == (spec, ())
    assert JoinSpec.from_json(json.loads(spec.canonical())) == spec
    assert JoinSpec.from_json(json.loads(spec.canonical())).canonical() == spec.canonical()


def test_defaults_stay_out_of_the_link() -> None:
    assert JoinSpec().to_params() == {}
    assert JoinSpec("within", how="inner").to_params() == {
        "predicate": ["within"],
        "how": ["inner"],
    }


def test_equal_specs_have_equal_json() -> None:
    whole = JoinSpec("dwithin", distance_m=500)
    assert whole.canonical() == JoinSpec("dwithin", distance_m=500.0).canonical()


@pytest.mark.parametrize(
    ("link", "spec", "notes"),
    [
        ("predicate=beside", JoinSpec(), [("unknown_value", "predicate", "beside")]),
        ("k=x&predicate=nearest", JoinSpec("nearest"), [("malformed", "k", "x")]),
        ("k=4", JoinSpec(), [("malformed", "k", "4")]),
        ("predicate=dwithin", JoinSpec(), [("malformed", "predicate", "dwithin")]),
        ("how=inner&how=left", JoinSpec(how="inner"), [("repeated", "how", "left")]),
        ("on=a", JoinSpec(), [("malformed", "on", "a")]),
        ("left=projects&page=2", JoinSpec(), []),
        ("distance=x&predicate=nearest", JoinSpec("nearest"), [("malformed", "distance", "x")]),
    ],
)  # fmt: skip
def test_what_a_link_says_wrongly_is_noted_and_left_out(
    link: str, spec: JoinSpec, notes: list[tuple[str, str, str]]
) -> None:
    found, said = JoinSpec.from_params(link)
    assert found == spec
    assert [(note.code, note.key, note.value) for note in said] == notes


@given(st.text(max_size=60))
def test_no_link_breaks_the_reader(text: str) -> None:
    JoinSpec.from_params(f"predicate={text}&k={text}&on={text}:{text}&share={text}")
    JoinSpec.from_params(text)


def test_a_summary_without_a_function_is_noted() -> None:
    spec, notes = JoinSpec.from_params("summary=jobs&how=inner")
    assert (spec, [note.key for note in notes]) == (JoinSpec(how="inner"), ["summary"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([f.name for f in fields(JoinSpec)]), JSON, max_size=4))
def test_whatever_a_document_holds_is_a_spec_or_refused(options: dict[str, object]) -> None:
    try:
        assert JoinSpec.from_json(options).to_json()
    except JoinOptionsError:
        return


def test_a_column_named_twice_is_kept_once() -> None:
    assert JoinSpec(left_columns=("v", "a", "v")).left_columns == ("v", "a")
