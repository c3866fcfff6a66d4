from pathlib import Path

from geo.replay.operations import RUNNERS

DOCS = Path(__file__).resolve().parents[3] / "docs" / "provenance.md"


def test_the_page_about_provenance_lists_every_operation() -> None:
    rows = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    listed = {row.split("`")[1] for row in rows if "geo " in row.split("|")[2]}
    assert set(RUNNERS) <= listed
