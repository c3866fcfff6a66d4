"""The peer as an application: its page, and Leaflet from here so that no network is needed."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

VENDOR = Path(__file__).resolve().parent.parent / "static/vendor"

app = st.App(
    Path(__file__).resolve().parent / "stock_app.py",
    routes=[Mount("/vendor", StaticFiles(directory=VENDOR))],
)
