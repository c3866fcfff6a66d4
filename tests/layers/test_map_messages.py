"""The page about the messages of the map names every one that the scripts know."""

import re
from pathlib import Path

from layers import assets

PAGE = Path(__file__).parents[2] / "docs" / "map-messages.md"


def types_in(section: str) -> set[str]:
    text = PAGE.read_text(encoding="utf-8").split(f"## {section}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([\w-]+)`", cell)}


def test_what_a_host_may_say() -> None:
    acts = assets.text("atlas/bridge.js").split("const ACTS = {")[1]
    known = re.findall(r'^ {4}"?([\w-]+)"?: \(frame', acts, re.MULTILINE)
    assert len(known) > 10
    assert types_in("Host to frame") == set(known)


def test_what_the_frame_says() -> None:
    scripts = "".join(assets.text(path) for path in assets.SCRIPTS if path.startswith("atlas/"))
    assert types_in("Frame to host") == set(re.findall(r'bridge\.send\("([\w-]+)"', scripts))
