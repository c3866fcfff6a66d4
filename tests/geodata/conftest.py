"""Tests on real data that this project may use but does not ship.

ATLAS_TEST_GEODATA names the folder; its README says what is in it. Without it they are skipped.
"""

import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

VARIABLE = "ATLAS_TEST_GEODATA"


@pytest.fixture(scope="session")
def real() -> Callable[[str], gpd.GeoDataFrame]:
    """Read a layer of the folder by its path in it."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no folder with real data")

    def read(path: str) -> gpd.GeoDataFrame:
        file = Path(named) / path
        if not file.is_file():
            pytest.skip(f"the folder of {VARIABLE} has no {path}")
        return gpd.read_file(file)

    return read
