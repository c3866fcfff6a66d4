from pathlib import Path

import pytest

from geo.errors import JoinError
from geo.join.layer import as_layer


def test_a_file_that_is_too_big_is_refused_without_reading_it(tmp_path: Path) -> None:
    huge = tmp_path / "huge.geojson"
    with huge.open("wb") as file:
        file.truncate(60_000_000_000)  # no memory would hold it
    with pytest.raises(JoinError, match=r"huge\.geojson.*60000.*MB.*split the layer"):
        as_layer(huge)
