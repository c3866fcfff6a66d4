"""Both sides say an interval in the same words: the script is run by Node where there is one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from geo.nearest import Neighbour, bounds
from layers.distances import between
from layers.locale import Translator, messages

SCRIPT = Path(__file__).parents[2] / "static/explorer/distance.js"

# metres between the two, how far each may lie off, and what is said of it
SAID = [
    (405, 65, 0, "between 340 m and 470 m"),
    (405, 65, 500, "at most 970 m"),
    (405, 65, 200, "between 140 m and 670 m"),
    (405, 65, 2_000, "at most 2.5 km"),
    (1_234, 10, 0, "between 1.2 km and 1.3 km"),
    (1_234, 0, 0, "between 1.2 km and 1.3 km"),
    (1_200, 0, 0, "1.2 km"),
    (15_432, 300, 700, "between 14 km and 17 km"),
    (407, None, 0, "about 410 m, accuracy not stated"),
    (407, 65, None, "about 410 m, accuracy not stated"),
]


def known(metres: float | None) -> float:
    return float("nan") if metres is None else float(metres)


@pytest.mark.parametrize(("metres", "off", "accuracy", "said"), SAID)
def test_the_whole_interval_is_said(
    metres: float, off: float | None, accuracy: float | None, said: str
) -> None:
    found = Neighbour("x", metres, *bounds(float(metres), known(off), known(accuracy)))
    assert between(found, Translator("en")).replace("\u00a0", " ") == said


def test_the_script_says_the_same() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node: the browser tests hold the same")
    program = f"""
      import {{ distanceText }} from {json.dumps(SCRIPT.as_uri())};
      import {{ makeWords }} from {json.dumps(SCRIPT.with_name("words.js").as_uri())};
      const words = makeWords({json.dumps(dict(messages("en")))}, "en");
      const said = {json.dumps([one[:3] for one in SAID])}.map(([metres, off, accuracy]) =>
        distanceText(metres, {{ off, outline: false }}, {{ accuracy }}, words));
      said.push(distanceText(0, {{ off: 300, outline: true }}, {{ accuracy: 0 }}, words));
      said.push(distanceText(0, {{ off: 300, outline: true }}, {{ accuracy: 30 }}, words));
      console.log(JSON.stringify(said));
    """
    answer = subprocess.run(  # noqa: S603 - our own program
        [node, "--input-type=module", "-e", program], capture_output=True, check=True, text=True
    )
    said = [text.replace("\u00a0", " ").removesuffix(" away") for text in json.loads(answer.stdout)]
    assert said == [
        *(one[3] for one in SAID),
        "Here: the point is inside the outline",
        "Here, or at most 330 m",
    ]
