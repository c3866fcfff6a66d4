import hashlib

import pytest

from geo.export import to_bytes
from geo.indicators import assess, lcrpgr
from geo.indicators.content import (
    content_of,
    content_of_estimate,
    content_of_rates,
    snapshot_sha256,
)
from tests.geo.indicators.town import hamlet


def test_every_number_is_written_with_where_it_is_from() -> None:
    snapshot = hamlet("drive_nodes", "drive_edges")
    found = assess(snapshot)
    assert found is not None
    content = content_of(found)
    table = content.table.set_index("name")
    interval = found.of("11.2.1")[0].values["people_share_pct"]
    value = table[table["part"] == "value"].loc["people_share_pct"]
    assert (value["low"], value["high"]) == (interval.low, interval.high)
    assert set(table["part"]) == {
        "value", "component", "assumption", "sensitivity", "not_computed",
    }  # fmt: skip
    assert [one.code for one in content.origin.warnings] == ["estimate", "example"]
    toml = (snapshot.folder / "snapshot.toml").read_bytes()
    assert snapshot_sha256(snapshot) == hashlib.sha256(toml).hexdigest()
    assert content.origin.operation["snapshot_sha256"] == snapshot_sha256(snapshot)
    for kind in ("csv", "xlsx", "geojson"):
        written = to_bytes(content, kind, name=f"i.{kind}")
        assert written.provenance["output"]["rows"] == len(content.table)
        assert written.provenance["licence"]["id"] == "CC0-1.0"
    alone = content_of_estimate(found.of("11.7.1")[0], snapshot, raster={})
    assert set(alone.table["indicator"]) == {"11.7.1"}


def test_a_ratio_that_means_nothing_is_not_written() -> None:
    steady = content_of_rates(lcrpgr((100, 110), (100_000, 100_100), 5)).table.set_index("name")
    assert steady["low"].isna()["ratio"].all()
    assert (steady["part"] == "not_computed").sum() == 1
    worked = content_of_rates(lcrpgr((100, 110), (500_000, 510_000), 5)).table.set_index("name")
    assert worked.loc["ratio", "low"] == pytest.approx(5.0498, abs=5e-5)
    assert worked.loc["reading", "text"] == "spreads"
