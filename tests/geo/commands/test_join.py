import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.__main__ import app

RUN = CliRunner()


@pytest.mark.parametrize(("lang", "status"), [("de", 2), ("", 2), ("en", 0)])
def test_a_language_that_there_is_not_is_refused(tmp_path: Path, lang: str, status: int) -> None:
    out = tmp_path / "x.csv"
    result = RUN.invoke(app, ["join", "medical", "sport", "--lang", lang, "--out", str(out)])
    assert result.exit_code == status
    assert out.exists() == (not status)
    if not status:
        document = json.loads(out.with_name("x.csv.provenance.json").read_bytes())
        assert document["operation"]["lang"] == "en"
        assert RUN.invoke(app, ["replay", f"{out}.provenance.json"]).exit_code == 0
