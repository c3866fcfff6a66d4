from collections.abc import Callable

import pytest

from geo.commands.endings import run
from geo.errors import WritingError


def raising(error: Exception) -> Callable[[], None]:
    def app() -> None:
        raise error

    return app


def test_a_refusal_is_told_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(raising(WritingError("a.csv: \x1b[2J")))
    assert ended.value.code == 2
    assert capsys.readouterr().err == "refused: a.csv: \\x1b[2J\n"


def test_a_fault_is_owned_without_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATLAS_LOG_LEVEL", raising=False)
    with pytest.raises(SystemExit) as ended:
        run(raising(KeyError("/home/me/secret.csv")))
    assert ended.value.code == 3
    told = capsys.readouterr().err
    assert told.startswith("fault: KeyError; this is a fault of the Atlas")
    assert "secret" not in told
    assert "Traceback" not in told


def test_who_looks_for_the_fault_is_shown_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_LOG_LEVEL", "DEBUG")
    with pytest.raises(KeyError):
        run(raising(KeyError("a")))
