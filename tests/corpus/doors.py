"""The doors through which the corpus is read: the reader, the command line, the upload."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geo import settings
from geo.__main__ import app
from geo.read import Limits, Reader, Reading
from geo.uploads import Options, Outcome, Upload, read_upload
from tests.corpus.table import LIMITS, Case

ROOT = Path(__file__).resolve().parents[2]


def read_all(
    cases: Sequence[Case], folder: Path, references: Mapping[str, frozenset[str]]
) -> dict[str, Reading | Exception]:
    """Read the files in one process for each kind of limits; return what each gave by its name."""
    readings: dict[str, Reading | Exception] = {}
    for limits, group in groupby(sorted(cases, key=lambda case: case.limits), lambda c: c.limits):
        with Reader(Limits(**LIMITS[limits])) as reader:
            for case in group:
                try:
                    readings[case.name] = reader.read(
                        folder / case.name, name=case.name, references=references, **case.options
                    )
                except Exception as error:  # noqa: BLE001 - a fault of one file, told by its test
                    readings[case.name] = error
    return readings


def upload_all(
    cases: Sequence[Case], folder: Path, references: Mapping[str, frozenset[str]]
) -> dict[str, Outcome]:
    """Put the files through the function that the upload page calls, as bytes and options."""
    outcomes: dict[str, Outcome] = {}
    for limits, group in groupby(sorted(cases, key=lambda case: case.limits), lambda c: c.limits):
        with Reader(Limits(**LIMITS[limits])) as reader:
            for case in group:
                content = (folder / case.name).read_bytes()
                upload = Upload(case.name, content, Options(**case.options))
                outcomes[case.name] = read_upload(upload, reader, references=references)
    return outcomes


@dataclass(frozen=True)
class Answer:
    """What one call of `python -m geo validate` gave."""

    exit_code: int
    out: str
    errors: str

    @property
    def files(self) -> list[dict[str, Any]]:
        """Its JSON, one entry a file."""
        files: list[dict[str, Any]] = json.loads(self.out)["files"]
        return files


def validate(
    names: Sequence[str],
    folder: Path,
    *,
    options: Mapping[str, Any] | None = None,
    limits: Mapping[str, float] | None = None,
) -> Answer:
    """Run `python -m geo validate` in a folder, with names relative to it."""
    done = subprocess.run(  # noqa: S603 - our own program, no shell
        [sys.executable, "-m", "geo", *_arguments(names, options)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **_settings(limits)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode())


def validate_here(
    names: Sequence[str],
    folder: Path,
    *,
    options: Mapping[str, Any] | None = None,
    limits: Mapping[str, float] | None = None,
    as_json: bool = True,
) -> Answer:
    """Do the same within this process, which saves loading everything anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in _settings(limits).items():
            patch.setenv(name, value)
        settings.current.cache_clear()
        result = CliRunner().invoke(app, _arguments(names, options, as_json=as_json))
    settings.current.cache_clear()
    return Answer(result.exit_code, result.stdout, result.stderr)


def _arguments(
    names: Sequence[str], options: Mapping[str, Any] | None, *, as_json: bool = True
) -> list[str]:
    given = [
        f"--{key}" if value is True else f"--{key}={value}"
        for key, value in (options or {}).items()
    ]
    return ["validate", *["--json"] * as_json, *given, "--", *names]


def _settings(limits: Mapping[str, float] | None) -> dict[str, str]:
    return {f"ATLAS_UPLOAD_{name.upper()}": str(value) for name, value in (limits or {}).items()}
