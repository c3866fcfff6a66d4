"""The peer: the same features the ordinary way, st_folium over a folium.Map made on each run."""

import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
folder = Path(os.environ["BENCHMARK_FOLDER"])
# Leaflet is all that these features need of folium's own list, and it comes from this machine.
folium.Map.default_js = [("leaflet", "/vendor/leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "/vendor/leaflet/leaflet.css")]


@st.cache_data
def features() -> list[dict]:
    """Read the two layers once, as a sensible author would."""
    found = []
    for name in ("industrial", "innovation"):
        found += json.loads((folder / "territories" / f"{name}.geojson").read_text())["features"]
    return found


industrial_only = st.checkbox("Industrial only")
shown = [
    f for f in features() if not industrial_only or f["properties"]["park_type"] == "industrial"
]
chart = folium.Map([56.5, 85], zoom_start=9, tiles=None, prefer_canvas=True)
folium.GeoJson({"type": "FeatureCollection", "features": shown}).add_to(chart)
st_folium(chart, key="map", returned_objects=["last_object_clicked"], use_container_width=True)
