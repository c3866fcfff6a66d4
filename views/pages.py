"""Which pages there are. No streamlit here: the server asks too, before any page runs."""

PAGES = {"map": "map.py", "sources": "sources.py", "about": "about.py"}
"""Page id -> file, in the order of the links; the id is also the path, except the first one's."""

START = next(iter(PAGES))
"""Id of the start page."""

PATHS = frozenset({"/", *(f"/{page_id}" for page_id in PAGES if page_id != START)})
"""Paths of all pages."""
