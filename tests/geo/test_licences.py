import pandas as pd
import pytest

from geo.dataset import Dataset, load
from geo.domains import PARK_TYPES


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return load()


def rests_on_openstreetmap(dataset: Dataset, layer: str) -> bool:
    of_park = dataset.sites[dataset.sites["park_type"] == layer]
    table: pd.DataFrame = of_park if layer in PARK_TYPES else getattr(dataset, layer)
    points = dataset.reference_points
    odbl = set(points.loc[points["licence"].str.startswith("ODbL"), "site_id"])
    named = table["position_basis_en"].str.contains("OpenStreetMap", na=False)
    return bool(named.any()) or bool(odbl & set(table.index))


@pytest.mark.parametrize("layer", [*PARK_TYPES, "projects", "organisations"])
def test_a_layer_is_odbl_just_when_it_rests_on_openstreetmap(shipped: Dataset, layer: str) -> None:
    entry = shipped.catalog[layer]
    odbl = rests_on_openstreetmap(shipped, layer)
    assert entry.licence == ("ODbL-1.0" if odbl else "CC-BY-4.0")
    assert ("© OpenStreetMap contributors" in entry.attribution_en) == odbl
    assert ("© участники OpenStreetMap" in entry.attribution_ru) == odbl


def test_every_settlement_and_point_names_source_and_licence(shipped: Dataset) -> None:
    assert shipped.catalog["reference_points"].licence == "ODbL-1.0"
    assert set(shipped.settlements["licence"]) == {"CC-BY-4.0"}
    assert shipped.settlements["source"].str.startswith("GeoNames").all()
    assert "GeoNames" in shipped.catalog["settlements"].attribution_ru


@pytest.mark.parametrize("source", ["GeoNames", "airportsdata"])
@pytest.mark.parametrize("layer", ["projects", "organisations"])
def test_a_layer_credits_every_source_of_its_places(
    shipped: Dataset, layer: str, source: str
) -> None:
    basis = getattr(shipped, layer)["position_basis_en"]
    used = basis.str.contains(source, na=False).any()
    assert (source in shipped.catalog[layer].attribution_en) == used
