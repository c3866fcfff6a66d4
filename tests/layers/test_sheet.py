"""What the page of an object says beyond its card."""

import shapely

from geo.dataset import shared
from geo.nearest import nearest_rows
from geo.quality import doubts
from layers import objects
from layers.distances import between
from layers.locale import Translator
from layers.relations import relations
from layers.sheet import sheet

EN = Translator("en")


def sheet_of(kind: str, own_id: str) -> dict:
    return sheet(shared(), objects.Ref(kind, own_id), EN)


def test_distances_allow_for_the_accuracy_of_the_place_itself() -> None:
    site = shared().sites.loc["lagerny-sad"]
    assert site["position_accuracy_m"] > 0
    (near,) = sheet_of("site", "lagerny-sad")["near"]
    first = near["items"][0]
    place = shapely.Point(site["geometry"].x, site["geometry"].y)

    def told(accuracy_m: float) -> str:
        found = nearest_rows(shared(), place, accuracy_m, leave_out={"lagerny-sad"}, limit=20)
        return between(next(one for one in found if one.id == first["id"]), EN)

    assert first["sub"] == told(site["position_accuracy_m"]) != told(0.0)


def test_what_the_checks_found_is_among_the_doubts() -> None:
    found = doubts(shared())
    row = found[(found["layer"] == "sites") & (found["check"] == "undated")].iloc[0]
    assert EN.t("check.undated.means") in sheet_of("site", row["id"])["doubts"]


def test_a_borrowed_place_is_said_to_be_one() -> None:
    projects = shared().projects
    borrowed = projects.index[projects["geometry_method"] == "position_of_site"][0]
    own = projects.index[projects["geometry_method"] == "address"][0]
    notes = [sheet_of("project", one)["near"][0]["note"] for one in (borrowed, own)]
    assert ["distances are from its site" in note for note in notes] == [True, False]


def settlement(kind: str, own_id: str) -> tuple[str, str]:
    ref = objects.Ref(kind, own_id)
    lists = relations(shared(), ref, objects.record_of(shared(), ref), EN)
    one = next(one for one in lists if one["key"].startswith("settlement"))
    return one["key"], one["items"][0]["sub"]


def test_what_stands_in_a_town_is_not_said_to_be_near_it() -> None:
    key, far = settlement("site", "sez-tomsk-south")
    assert key == "settlement_stated"
    assert far.startswith("to its centre: ")
    assert settlement("site", "asino-timber-park")[0] == "settlement_stated"
    assert settlement("site", "tor-seversk")[0] == "settlement"  # the closed okrug round the town
    assert settlement("organisation", "biolit")[0] == "settlement"


def test_a_project_without_a_place_lies_where_its_site_does() -> None:
    assert settlement("project", "tsu-parus")[0] == "settlement_stated"
