"""Which pages there are. No streamlit here: the server asks too, before any page runs."""

PAGES = {
    "map": "map.py",
    "projects": "projects.py",
    "roadmap": "roadmap.py",
    "clusters": "clusters.py",
    "join": "join.py",
    "access": "access.py",
    "indicators": "indicators.py",
    "own": "own.py",
    "stories": "stories.py",
    "sources": "sources.py",
    "about": "about.py",
    "help": "help.py",
}
"""Page id -> file, in the order of the links; the id is also the path, except the first one's."""

WIDE = ("map", "projects")
"""Pages that reach the edges of the window and scroll inside."""

START = next(iter(PAGES))
"""Id of the start page."""

PATHS = ("/", *(f"/{page_id}" for page_id in PAGES if page_id != START))
"""Paths of all pages, in their order."""
