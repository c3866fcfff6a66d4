import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import shape

from geo import catalog, column_tables
from geo.crs import DEGREES
from geo.errors import DatasetError, TracingError, WritingError
from geo.outlines import as_text, measured_ha, rewrite
from geo.tracing import (
    Proposal,
    Proposals,
    accept,
    propose,
    read_proposals,
    read_selectors,
    refuse,
    write_proposals,
)
from tests.geo.conftest import project, site
from tests.geo.tracing.ground import NORTH, add_selectors, answered, park, square

Write = Callable[..., Path]
SITE = "territories/industrial.geojson"
SQUARE = square(-50, -50, 100)


@pytest.fixture
def folder(write_data: Write) -> Path:
    borrowed = {"geometry_method": "position_of_site", "site_id": "north"}
    made = write_data(
        industrial=[site("first"), site("north", area_ha=2, note_ru="Было."), site("last")],
        projects=[
            project("its", **borrowed),
            project("own", **borrowed | {"position_accuracy_m": 1000}),
            project("other", site_id="north"),
        ],
    )
    for path in made.rglob("*.geojson"):
        path.write_text(as_text(json.loads(path.read_text("utf-8"))), encoding="utf-8")
    return add_selectors(made, NORTH)


def proposed(folder: Path, *elements: dict[str, Any], only: Sequence[str] = ()) -> Proposals:
    rows = {i: one["properties"] | {"geometry": shape(one["geometry"])}
            for i, one in features(folder).items()}  # fmt: skip
    sites = gpd.GeoDataFrame.from_dict(rows, orient="index", geometry="geometry", crs=DEGREES)
    selectors = read_selectors(folder)
    matches = propose(sites, selectors, lambda *_: answered(elements), only=only)
    return Proposals({match.site_id: match for match in matches})


def features(folder: Path, name: str = SITE) -> dict[str, dict[str, Any]]:
    document = json.loads((folder / name).read_text("utf-8"))
    return {one["id"]: one for one in document["features"]}


def north(folder: Path) -> dict[str, Any]:
    feature = features(folder)["north"]
    return feature["properties"] | {"geometry": shape(feature["geometry"])}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_site_has_the_outline_and_says_where_it_is_from(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE))
    accept(folder, found, ["way/7"], accuracy_m=5)
    row = north(folder)
    assert row["geometry"].equals_exact(found.of("way/7")[0].geometry, 0)
    assert (row["geometry_method"], row["position_accuracy_m"]) == ("traced", 5)
    assert row["position_basis_en"] == "outline of OpenStreetMap way/7, data of 2026-11-23"
    assert row["position_basis_ru"] == "контур OpenStreetMap way/7, данные на 2026-11-23"
    assert row["source_urls"] == ["https://example.org/a", "https://www.openstreetmap.org/way/7"]


def test_the_measured_area_is_the_parks_and_the_stated_one_is_kept_in_the_note(
    folder: Path,
) -> None:
    accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    row = north(folder)
    assert row["area_ha"] == pytest.approx(1, rel=1e-3)
    assert row["area_ha"] == round(measured_ha(row["geometry"]), 2)
    assert row["note_ru"].startswith("Было. [Проверка: источник называет площадь 2 га;")
    assert row["note_en"].startswith("[Check: the source states an area of 2 ha;")


def test_licence_credit_and_kinds_of_geometry_follow(folder: Path) -> None:
    before = catalog.read_catalog(folder)
    written = accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    assert written == ("projects.geojson", SITE, catalog.FILE)
    after = catalog.read_catalog(folder)
    assert catalog.outdated(after) == ()
    for layer in ("industrial", "projects"):
        entry = after[layer]
        assert entry.licence == "ODbL-1.0"
        assert entry.attribution_en == "© OpenStreetMap contributors; us"
        assert entry.attribution_ru == "© участники OpenStreetMap; мы"
        assert entry.source.startswith("hand; outlines from OpenStreetMap")
    assert after["industrial"].geometry_types == ("Point", "Polygon")
    assert after["medical"] == before["medical"]


def test_taking_another_outline_says_nothing_twice(folder: Path) -> None:
    accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    first, credit = north(folder), catalog.read_catalog(folder)["industrial"]
    accept(folder, proposed(folder, park(8, square(-40, -40, 80)), only=["north"]), ["way/8"])
    second = north(folder)
    assert second["area_ha"] < first["area_ha"]
    assert second["note_en"] == first["note_en"]
    after = catalog.read_catalog(folder)["industrial"]
    assert (after.attribution_en, after.source) == (credit.attribution_en, credit.source)


def test_only_the_lines_of_what_changed_differ(folder: Path) -> None:
    before = (folder / SITE).read_text("utf-8").splitlines()
    accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    after = (folder / SITE).read_text("utf-8").splitlines()
    changed = [i for i, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert changed == [2]
    assert rewrite(folder) == ()
    assert (folder / SITE).read_text("utf-8").splitlines() == after


def test_projects_that_borrow_the_place_move_with_the_site(folder: Path) -> None:
    before = features(folder, "projects.geojson")
    accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    after = features(folder, "projects.geojson")
    place = shape(after["its"]["geometry"])
    assert north(folder)["geometry"].contains(place)
    # From the middle of a square of 100 m its corners are 71 m away.
    assert after["its"]["properties"]["position_accuracy_m"] == 80
    assert after["own"]["properties"]["position_accuracy_m"] == 80
    assert after["own"]["geometry"] == after["its"]["geometry"]
    assert after["other"] == before["other"]


def test_what_rests_on_an_outline_follows_to_the_next_one(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE), park(8, square(320, -50, 100)))
    accept(folder, found, ["way/7"])
    assert "projects.geojson" in accept(folder, found, ["way/8"])
    row, projects = north(folder), features(folder, "projects.geojson")
    for one in ("its", "own"):
        assert row["geometry"].contains(shape(projects[one]["geometry"]))
    assert row["source_urls"] == ["https://example.org/a", "https://www.openstreetmap.org/way/8"]
    assert "way/7" not in row["position_basis_ru"] + row["position_basis_en"]


def test_an_address_that_no_outline_brought_stays(folder: Path) -> None:
    cited = "https://www.openstreetmap.org/way/5"
    path = folder / SITE
    text = path.read_text("utf-8").replace("https://example.org/a", cited)
    path.write_text(text, encoding="utf-8")
    catalog.refresh(folder)
    for choice in ("way/7", "way/8"):
        accept(folder, proposed(folder, park(7, SQUARE), park(8, SQUARE), only=["north"]), [choice])
    assert north(folder)["source_urls"] == [cited, "https://www.openstreetmap.org/way/8"]


def test_an_object_that_a_point_only_cites_can_be_refused(folder: Path) -> None:
    text = (folder / SITE).read_text("utf-8")
    cited = text.replace("https://example.org/a", "https://www.openstreetmap.org/way/7")
    (folder / SITE).write_text(cited, encoding="utf-8")
    catalog.refresh(folder)
    refuse(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    assert read_selectors(folder)["north"].refused == ("way/7",)


def test_what_two_outlines_share_is_measured_once(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE), park(8, square(0, -50, 100)))
    accept(folder, found, ["way/7", "way/8"])
    assert north(folder)["area_ha"] == pytest.approx(1.5, rel=1e-3)


@pytest.mark.parametrize(
    ("before", "after"), [("2026-11-01", "2026-11-22"), ("2026-11-23", "2026-11-23")]
)
def test_the_catalogue_names_the_latest_day(folder: Path, before: str, after: str) -> None:
    path = folder / "osm_selectors.csv"
    more = NORTH.replace("north", "last")
    path.write_text(f"{path.read_text('utf-8')}{more}\n", encoding="utf-8")
    catalog.refresh(folder)
    catalog.rewrite(folder, {"industrial": {"retrieved": before}})
    found = proposed(folder, park(7, SQUARE))
    days = {"north": "2026-11-20", "last": "2026-11-22"}
    dated = {i: replace(one, state=days.get(i, "")) for i, one in found.matches.items()}
    accept(folder, Proposals(dated), ["north=way/7", "last=way/7"])
    assert str(catalog.read_catalog(folder)["industrial"].retrieved) == after


def moved(one: Proposal, outline: shapely.Polygon) -> Proposal:
    return replace(one, geometry=outline, area_ha=measured_ha(outline))


@pytest.mark.parametrize(
    ("alter", "says"),
    [
        (lambda one: moved(one, shapely.box(13, 52, 13.1, 52.1)), "outside the box"),
        (lambda one: moved(one, square(-4_000, -4_000, 8_000)), "larger than any site"),
        (lambda one: moved(one, square(0, 0, 10)), "smaller than any site"),
        (lambda one: moved(one, square(700, 0, 100)), "too far"),
        (lambda one: moved(one, SQUARE.buffer(1e-4, quad_segs=6_000)), "more corners"),
        (lambda one: replace(one, geometry=square(-60, -50, 110)), "not the one that was measured"),
        (lambda one: replace(one, name_likeness=0.5), "another name"),
    ],
    ids=("Berlin", "large", "small", "far", "detailed", "other area", "name"),
)
def test_what_proposing_would_leave_out_is_not_taken_over(
    folder: Path, alter: Callable[[Proposal], Proposal], says: str
) -> None:
    match = proposed(folder, park(7, SQUARE)).matches["north"]
    altered = replace(match, proposals=tuple(alter(one) for one in match.proposals))
    before = contents(folder)
    with pytest.raises(TracingError, match=f"`north=way/7`: .*{says}"):
        accept(folder, Proposals({"north": altered}), ["way/7"])
    assert contents(folder) == before


def test_a_proposal_given_to_another_site_is_refused(folder: Path) -> None:
    match = proposed(folder, park(7, SQUARE)).matches["north"]
    for site_id, says in (("last", "no tags and box"), ("gone", "no site `gone`")):
        given = [replace(one, site_id=site_id) for one in match.proposals]
        wrong = replace(match, site_id=site_id, proposals=tuple(given))
        with pytest.raises(TracingError, match=says):
            accept(folder, Proposals({site_id: wrong}), ["way/7"])


def test_what_was_refused_has_to_be_let_in_again(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE))
    refuse(folder, found, ["way/7"])
    with pytest.raises(TracingError, match=r"column `refused` of osm_selectors\.csv"):
        accept(folder, found, ["way/7"])
    assert north(folder)["geometry_method"] == "point"


def test_the_outline_of_today_cannot_be_refused(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE), park(8, SQUARE))
    accept(folder, found, ["way/7"])
    with pytest.raises(TracingError, match="`north=way/7` is the outline of the site today"):
        refuse(folder, found, ["way/7"])
    accept(folder, found, ["way/8"])
    refuse(folder, found, ["way/7"])
    assert read_selectors(folder)["north"].refused == ("way/7",)


def test_several_outlines_of_one_site_are_joined(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE), park(8, square(100, 0, 100)))
    accept(folder, found, ["north=way/7", "way/8"])
    row = north(folder)
    assert row["geometry"].geom_type == "MultiPolygon"
    assert row["area_ha"] == pytest.approx(2, rel=1e-3)
    assert "way/7, way/8" in row["position_basis_en"]
    assert len(row["source_urls"]) == 3


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("way/9", "not among the proposals"),
        ("last=way/7", "not among the proposals"),
        ("node/7", "neither"),
        ("way/7; rm", "neither"),
        ("../way/7", "neither"),
    ],
)
def test_a_choice_that_cannot_be_taken_changes_nothing(
    folder: Path, choice: str, says: str
) -> None:
    before = contents(folder)
    with pytest.raises(TracingError, match=says):
        accept(folder, proposed(folder, park(7, SQUARE)), [choice])
    assert contents(folder) == before


@pytest.mark.parametrize("accuracy_m", [math.nan, math.inf, -1.0, 1_001.0])
def test_an_error_that_is_no_length_is_refused(folder: Path, accuracy_m: float) -> None:
    with pytest.raises(TracingError, match="must be 0 to 1000 m"):
        accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"], accuracy_m=accuracy_m)


def test_an_object_of_several_sites_needs_the_site(folder: Path) -> None:
    add = NORTH.replace("north", "last")
    (folder / "osm_selectors.csv").write_text(
        (folder / "osm_selectors.csv").read_text("utf-8") + add + "\n", encoding="utf-8"
    )
    found = proposed(folder, park(7, SQUARE))
    with pytest.raises(TracingError, match="north=way/7, last=way/7"):
        accept(folder, found, ["way/7"])
    accept(folder, found, ["last=way/7"])
    methods = {i: one["properties"]["geometry_method"] for i, one in features(folder).items()}
    assert methods == {"first": "point", "north": "point", "last": "traced"}


def test_a_dataset_that_would_break_stays_as_it_was(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE))
    path = folder / "projects.geojson"
    path.write_text(path.read_text("utf-8").replace('"smart"', '"nowhere"'), encoding="utf-8")
    before = contents(folder)
    with pytest.raises(DatasetError, match="nowhere"):
        accept(folder, found, ["way/7"])
    assert contents(folder) == before


def test_a_change_by_somebody_else_is_not_overwritten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = proposed(folder, park(7, SQUARE))

    def meanwhile(copy: Path) -> bool:
        (folder / SITE).write_text((folder / SITE).read_text("utf-8") + "\n", encoding="utf-8")
        return False

    monkeypatch.setattr("geo.tracing.edition.column_tables.refresh", meanwhile)
    with pytest.raises(TracingError, match="somebody else"):
        accept(folder, found, ["way/7"])
    assert features(folder)["north"]["properties"]["geometry_method"] == "point"


def test_nothing_is_left_of_a_write_that_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, before = proposed(folder, park(7, SQUARE)), contents(folder)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(WritingError, match="the disk is full"):
        accept(folder, found, ["way/7"])
    assert contents(folder) == before


def test_the_readme_names_the_new_licence(folder: Path) -> None:
    path = folder / column_tables.README
    path.write_text(f"| `{SITE}` | a site | 3 | CC BY 4.0 |\n| `x.csv` | | | CC0 |\n", "utf-8")
    accept(folder, proposed(folder, park(7, SQUARE)), ["way/7"])
    assert (
        path.read_text("utf-8") == f"| `{SITE}` | a site | 3 | ODbL 1.0 |\n| `x.csv` | | | CC0 |\n"
    )


def test_what_was_refused_is_not_proposed_again(folder: Path) -> None:
    found = proposed(folder, park(7, SQUARE), park(8, SQUARE))
    assert refuse(folder, found, ["way/7"]) == ("osm_selectors.csv", catalog.FILE)
    assert refuse(folder, found, ["way/8", "way/7"]) == ("osm_selectors.csv", catalog.FILE)
    assert read_selectors(folder)["north"].refused == ("way/7", "way/8")
    match = proposed(folder, park(7, SQUARE), park(8, SQUARE)).matches["north"]
    assert (match.proposals, match.left_out) == ((), {"refused": 2})
    assert catalog.outdated(catalog.read_catalog(folder)) == ()


def test_a_repaired_outline_says_so_and_its_address_goes_with_it(
    folder: Path, tmp_path: Path
) -> None:
    corners = [(85, 56.5), (85.002, 56.501), (85.002, 56.5), (85, 56.5008)]
    write_proposals(proposed(folder, park(7, shapely.Polygon(corners))), tmp_path / "out")
    found = read_proposals(tmp_path / "out")
    accept(folder, found, ["way/7"])
    assert "way/7 (repaired)," in north(folder)["position_basis_en"]
    assert "way/7 (исправлен)," in north(folder)["position_basis_ru"]
    accept(folder, proposed(folder, park(8, SQUARE), only=["north"]), ["way/8"])
    assert north(folder)["source_urls"][1:] == ["https://www.openstreetmap.org/way/8"]


def test_proposals_are_kept_as_they_were(folder: Path, tmp_path: Path) -> None:
    found = proposed(folder, park(7, SQUARE, name="<b>Сад\n"), only=["north"])
    write_proposals(found, tmp_path / "out")
    kept = read_proposals(tmp_path / "out")
    (one,), (again,) = found.matches["north"].proposals, kept.matches["north"].proposals
    assert again.geometry.equals_exact(one.geometry, 0)
    assert (again.name, again.object) == (one.name, one.object) == ("<b>Сад", "way/7")
    assert again.area_ha == pytest.approx(one.area_ha, abs=1e-4)
    document = json.loads((tmp_path / "out" / "proposals.geojson").read_text("utf-8"))
    assert document["licence"] == "ODbL-1.0"
    assert document["attribution"]["en"] == "© OpenStreetMap contributors"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-20],
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace('"site_id": "north", "object"', '"site_id": "x", "object"'),
        lambda text: text.replace('"object": "way/7"', '"object": "way/7; rm -r /"'),
        lambda text: text.replace('"score": ', '"score": "high", "x": '),
        lambda text: text.replace('"Polygon"', '"Point"'),
        lambda text: text.replace('"score"', '"points"'),
        lambda text: text.replace('"2026-11-23"', '"tomorrow"'),
        lambda text: text.replace('"2026-11-23"', '"20261123"'),
        lambda text: text.replace('"2026-11-23"', '""'),
        lambda text: text.replace('"2026-11-23"', '"2199-01-01"'),
        lambda text: text.replace('"reason": ""', '"reason": "zzz"'),
        lambda text: text.replace('"reason": ""', '"reason": null'),
        lambda text: text.replace('"id": "north:way/7"', '"id": "last:way/7"'),
        lambda text: text.replace('"reason": ""', '"reason": "not_asked"'),
        lambda text: text.replace('"reason": "no_selector"', '"reason": "all_left_out"'),
        lambda text: text.replace('"left_out": {}', '"left_out": {"zzz": 1}'),
        lambda text: text.replace('"left_out": {}', '"left_out": {"more": -1}'),
        lambda text: text.replace('"stale": false', '"stale": "no"'),
        lambda text: text.replace('"site_id": "north", "object"', '"site_id": "last", "object"'),
        lambda text: text.replace('"score": ', '"score": 1e999, "x": '),
        lambda text: text.replace('"score": ', '"score": NaN, "x": '),
        lambda text: re.sub(r'"score": [0-9.]+', '"score": 1.5', text),
        lambda text: re.sub(r'"area_ha": [0-9.]+', '"area_ha": 1' + "0" * 400, text),
        lambda text: re.sub(r'"score": [0-9.]+', '"score": true', text),
        lambda text: re.sub(r"\[85\.\d+, ", "[1e999, ", text),
        lambda text: re.sub(r"\[85\.\d+, ", "[1" + "0" * 400 + ", ", text),
        lambda text: re.sub(r"\[85\.\d+, 56", "[[], 56", text),
        lambda text: re.sub(r"\[85\.\d+, ", "[", text),
        lambda text: re.sub(r"\[85\.", "[285.", text),
        lambda text: re.sub(r'(\{"type": "Feature".*\})\n', r"\1,\n\1\n", text),
        lambda _: "[" * 100_000,
        lambda _: "1" * 5_000,
        lambda _: "[]",
    ],
)
def test_damaged_proposals_are_refused(folder: Path, tmp_path: Path, damage: Any) -> None:
    path = write_proposals(proposed(folder, park(7, SQUARE)), tmp_path / "out")
    path.write_text(damage(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(TracingError, match="fetch"):
        read_proposals(path.parent)


def test_an_outline_that_crosses_itself_is_refused(folder: Path, tmp_path: Path) -> None:
    path = write_proposals(proposed(folder, park(7, SQUARE)), tmp_path / "out")
    document = json.loads(path.read_text("utf-8"))
    ring = document["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(TracingError, match="not valid"):
        read_proposals(path.parent)


def test_a_folder_without_proposals(tmp_path: Path) -> None:
    with pytest.raises(TracingError, match="first"):
        read_proposals(tmp_path)
