import pytest

from geo.provenance import Input, Origin
from geo.provenance.rights import citation, rights_of


def layer(name: str, licence: str, role: str = "content") -> Input:
    credits_ru, credits_en = (f"© {name} ru",), (f"© {name} en",)
    return Input(name, "layer", "a" * 64, licence=licence, attribution_ru=credits_ru,
                 attribution_en=credits_en, role=role, date="2026-01-02")  # fmt: skip  # type: ignore[arg-type]


def own(licence: str = "") -> Input:
    return Input("own.csv", "file", "b" * 64, licence=licence)


@pytest.mark.parametrize(
    ("inputs", "licence"),
    [
        ([], ""),
        ([layer("a", "CC-BY-4.0")], "CC-BY-4.0"),
        ([layer("a", "CC-BY-4.0"), layer("b", "CC0-1.0")], "CC-BY-4.0 AND CC0-1.0"),
        ([layer("a", "CC-BY-4.0"), layer("b", "ODbL-1.0")], "ODbL-1.0"),
        ([layer("a", "CC-BY-4.0"), layer("b", "ODbL-1.0", "lookup")], "CC-BY-4.0"),
        ([layer("a", "CC-BY-4.0"), own()], "CC-BY-4.0 AND LicenseRef-own-file"),
        ([layer("a", "CC-BY-4.0"), own("CC-BY-4.0")], "CC-BY-4.0"),
        ([layer("a", "CC-BY-4.0"), own("ODbL-1.0")], "ODbL-1.0"),
    ],
)
def test_the_licence_follows_from_the_inputs(inputs: list[Input], licence: str) -> None:
    assert rights_of(inputs).licence == licence


def test_the_reason_names_the_layers_and_the_unknown_files() -> None:
    rights = rights_of([layer("a", "CC-BY-4.0"), layer("b", "ODbL-1.0"), own()])
    assert rights.reason_en == (
        "Contains data under the ODbL 1.0 (OpenStreetMap): b. "
        "The terms of own files are not known, check them: own.csv."
    )
    assert rights.attribution_en == ("© a en", "© b en")


def test_how_to_cite() -> None:
    origin = Origin({}, (layer("a", "ODbL-1.0"),), "release")
    found = citation(origin, rights_of(origin.inputs))
    assert found["en"] == (
        "Tomsk Agglomeration Atlas. Dataset release release. 2026-01-02. ODbL-1.0. © a en"
    )
    assert found["ru"].startswith("Атлас томской агломерации. Выпуск данных release. ")
