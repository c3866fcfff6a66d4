"""The process that looks into files: `python -m geo.read.child MEMORY_MB`, started by the reader.

Takes one request a line on standard input, `{"job": folder, …}`, and answers with lines
`{"done": false, "share": 0.4}` and a last `{"done": true}`, when the folder of the job holds
`report.json` and, unless the file was refused, `rows.arrow`.
"""

import gc
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from geo.read import sandbox
from geo.read.limits import Limits
from geo.read.refusal import RefusedError
from geo.read.report import Report, refused

_log = logging.getLogger(__name__)


def main() -> None:
    """Serve requests until standard input ends."""
    # C libraries write to descriptor 1 when they please: keep the true one for the answers.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.meta_path.insert(0, _Absent())
    sandbox.confine(Path.cwd(), memory_mb=int(sys.argv[1]))
    from geo.read.job import perform

    # Parsing makes millions of lists without a cycle: looking for cycles takes a third of the time.
    gc.disable()
    gc.freeze()

    def tell(share: float) -> None:
        answers.write(json.dumps({"done": False, "share": round(share, 3)}).encode() + b"\n")

    # An answer that nobody takes: the one who asked was killed.
    with suppress(BrokenPipeError):
        for line in sys.stdin.buffer:
            if not line.endswith(b"\n"):  # its writer died
                break
            request = json.loads(line)
            limits = Limits(**request.pop("limits"))
            folder = Path(request.pop("job"))
            # Should the one who asked be gone, nobody else would end us.
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)
            sandbox.limit_processor(limits.seconds)
            report = _report(partial(perform, folder, request, limits, tell), request, limits)
            (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
            signal.setitimer(signal.ITIMER_REAL, 0)
            gc.collect()
            answers.write(b'{"done": true}\n')
    # Whoever asked has closed the door, or died without cleaning up: leave nothing of the files.
    shutil.rmtree(Path.cwd(), ignore_errors=True)


class _Absent:
    """Hides modules that pyarrow and pyogrio import where they can, and that nothing here needs.

    They cost a second and 60 MB.
    """

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Say that there is no pandas; leave all other modules to the usual finders."""
        if name in ("pandas", "geopandas"):
            raise ModuleNotFoundError(f"no {name} here", name=name)


def _report(
    perform: Callable[[], Report], request: dict[str, Any], limits: Limits
) -> dict[str, Any]:
    try:
        report = perform()
    except RefusedError as refusal:
        report = refused(request["name"], refusal.code, **refusal.values)
    except MemoryError:
        report = refused(request["name"], "out_of_memory", limit_mb=limits.memory_mb)
    except Exception:  # noqa: BLE001 - the last line of defence, see below
        # What a hostile file sets off is told as a refusal; its words go no further than the error
        # output, which the reader removes.
        _log.exception("not foreseen")
        report = refused(request["name"], "crashed")
    return report.to_json()


if __name__ == "__main__":
    main()
