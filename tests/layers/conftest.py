"""The small dataset of the library's tests, with a few organisations and road-map actions more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo import dataset, schemas
from tests.geo.conftest import PLACE, URLS, feature, project, site, write_data

__all__ = ["write_data"]

HOSTILE = """<img src=x onerror=alert(1)> "quoted" ${x} `tick` </script>"""


@pytest.fixture
def small(write_data: Callable[..., Path]) -> dataset.Dataset:
    """Two sites of one park, one of another kind, three projects, one organisation, one action."""
    university = dict.fromkeys(schemas.ORGANISATIONS.columns) | PLACE
    university |= {
        "id": "uni",
        "name_ru": "Университет",
        "name_en": "University",
        "kind": "university",
        "cluster_id": "atoms",
        "source_urls": URLS,
    }
    action = dict.fromkeys(schemas.ROADMAP.columns, "") | {
        "id": "rm-build",
        "name_ru": "Построить",
        "name_en": "Build",
        "direction_id": "smart",
        "site_id": "north",
        "start_year": "2015",
        "status": "running",
        "status_source": "now",
        "translated_fields": "name_ru",
        "source_urls": URLS[0],
    }
    square = [[85.0, 56.5], [85.01, 56.5], [85.01, 56.51], [85.0, 56.51], [85.0, 56.5]]
    return dataset.load(
        write_data(
            industrial=[
                site(
                    "north",
                    address_ru="улица Ленина, 1",
                    address_en="1 Lenina street",
                    municipality_ru="Томск",
                    municipality_en="Tomsk",
                    start_year=2005,
                    as_of="2017-03",
                    source_urls=["https://www.a.org/2019/05/20/x", "https://b.org/"],
                    public_access="closed",
                    public_access_evidence_ru="Пропускной режим.",
                    public_access_evidence_en="Passes are checked.",
                    note_ru="Примечание.",
                    note_en="Note.",
                ),
                site(
                    "outline",
                    geometry={"type": "Polygon", "coordinates": [square]},
                    geometry_method="hull_of_points",
                    position_accuracy_m=50,
                ),
            ],
            projects=[
                project(
                    "pool",
                    site_id="north",
                    cluster_id="atoms",
                    organisation_ids=["uni"],
                    organisation_ru="Университет и другие",
                    organisation_en="University and others",
                    start_year=2013,
                    end_year=2015,
                    investment_mln_rub=1200,
                    investment_bound="at_least",
                    geometry_method="position_of_site",
                    as_of="2014",
                ),
                project(
                    "done",
                    site_id="north",
                    status="completed",
                    status_source="implemented",
                    end_year=2014,
                ),
                project(
                    "hostile",
                    geometry=None,
                    geometry_method="unknown",
                    position_accuracy_m=None,
                    name_ru=HOSTILE,
                    name_en=HOSTILE,
                ),
            ],
            organisations=[feature(university, {"type": "Point", "coordinates": [84.95, 56.47]})],
            roadmap=[",".join(action), ",".join(action.values())],
        )
    )
