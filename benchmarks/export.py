"""Exports against their peers, in one run: XLSX against pandas with openpyxl, GeoJSON off thread.

    python -m benchmarks.export [--rows 100000] [--times 3]

Prints seconds and the peak of memory of XLSX by the Atlas and by `DataFrame.to_excel` with
openpyxl, each in a process of its own, the same cells of both, and the ratio to the budget; then,
while a GeoJSON of as many rows is made through the application, how long other people's requests
wait (the median and the longest), beside what they wait when nothing is made.
"""

import argparse
import asyncio
import dataclasses
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2 as httpx
import numpy as np
import pandas as pd
import python_calamine
from rich.console import Console
from rich.table import Table
from starlette.applications import Starlette

from api import release
from api.routes import ROUTES
from benchmarks.synthetic import write_folder
from geo.dataset import load
from geo.export import Content
from geo.provenance import Origin

BUDGET = 3.0
"""How many times faster XLSX has to be than pandas with openpyxl."""

_ONE = """
import resource, sys, time
from pathlib import Path
import pandas as pd
from benchmarks.export import content, frame
rows, path = int(sys.argv[2]), Path(sys.argv[3])
table = frame(rows)
if sys.argv[1] == "atlas":
    from geo.export import write
    found = content(table)
    start = time.perf_counter()
    write(found, path)
else:
    import openpyxl
    start = time.perf_counter()
    table.to_excel(path, index=False, engine="openpyxl")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def frame(rows: int) -> pd.DataFrame:
    """Return rows like those of the dataset: texts, whole numbers, numbers with gaps, booleans."""
    rng = np.random.default_rng(1)
    words = np.array(["Томск", "Северск", "парк", "площадка", "клиника", "institute", "site"])
    text = [" ".join(words[found]) for found in rng.integers(0, len(words), (rows, 4))]
    return pd.DataFrame(
        {
            "id": [f"row-{n}" for n in range(rows)],
            "name_ru": text,
            "name_en": text[::-1],
            "status": rng.choice(["planned", "running", "completed"], rows),
            "year": rng.integers(2000, 2030, rows),
            "money": np.where(rng.random(rows) < 0.3, np.nan, rng.random(rows) * 1e4),
            "area": rng.random(rows) * 100,
            "open": rng.random(rows) < 0.5,
            "jobs": rng.integers(0, 10_000, rows),
            "note": text,
        }
    )


def content(table: pd.DataFrame) -> Content:
    """Return a table as the Atlas writes it."""
    return Content(table, "Строки", "Rows", Origin({"kind": "bench"}, ()), key="id")


def excel(rows: int, times: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Return seconds and megabytes of each way, medians, once both gave the same cells."""
    found: dict[str, list[tuple[float, float]]] = {"atlas": [], "openpyxl": []}
    for _ in range(times):
        for way, measured in found.items():
            command = [sys.executable, "-c", _ONE, way, str(rows), str(folder / f"{way}.xlsx")]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, megabytes = map(float, run.stdout.split())
            measured.append((seconds, megabytes))
    one, other = (
        python_calamine.load_workbook(str(folder / f"{way}.xlsx")).get_sheet_by_index(0).to_python()
        for way in found
    )
    # openpyxl rounds to 16 digits, so the last of 17 may differ.
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other), rtol=1e-14)
    if len(one) != rows + 1:
        raise SystemExit("the workbooks do not hold all rows")
    return {
        way: (statistics.median(s for s, _ in values), statistics.median(m for _, m in values))
        for way, values in found.items()
    }


async def waits(rows: int) -> dict[str, tuple[float, float]]:
    """Return median and longest wait in ms of requests, at rest and while GeoJSON is made."""
    with tempfile.TemporaryDirectory() as folder:
        data = write_folder(Path(folder) / "data", rows)
        made = dataclasses.replace(release.shared(), dataset=load(data))
    release.shared = lambda: made
    transport = httpx.ASGITransport(Starlette(routes=ROUTES))
    found: dict[str, tuple[float, float]] = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas.test") as client:
        for state in ("at rest", "while exporting"):
            job = asyncio.create_task(
                client.get("/export?format=geojson", timeout=600)
                if state != "at rest"
                else asyncio.sleep(3)
            )
            await asyncio.sleep(0.1)
            measured: list[float] = []
            while not job.done():
                start = time.perf_counter()
                await client.get("/layers/sport.geojson")
                measured.append((time.perf_counter() - start) * 1_000)
                await asyncio.sleep(0.02)
            answer = await job
            if answer is not None and len(json.loads(answer.content)["features"]) < rows:
                raise SystemExit("the export does not hold all rows")
            found[state] = (statistics.median(measured), max(measured))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        found = excel(asked.rows, asked.times, Path(folder))
    table = Table("XLSX", "seconds", "peak, MB", title=f"{asked.rows} rows, 10 columns")
    for way, (seconds, megabytes) in found.items():
        table.add_row(way, f"{seconds:.2f}", f"{megabytes:.0f}")
    console.print(table)
    ratio = found["openpyxl"][0] / found["atlas"][0]
    console.print(
        f"{ratio:.1f} x faster, budget {BUDGET} x: {'kept' if ratio >= BUDGET else 'MISSED'}"
    )
    table = Table("another request waits", "median, ms", "longest, ms")
    for state, (median, longest) in asyncio.run(waits(asked.rows)).items():
        table.add_row(state, f"{median:.1f}", f"{longest:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
