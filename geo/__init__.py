"""The Atlas's library: frames in, frames out. No streamlit, no folium, no words for the user."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Load `geo.join` when it is first asked for: the child that reads files has no use for it."""
    if name != "join":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return importlib.import_module("geo.join")
