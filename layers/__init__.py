"""The map: the folium page, its style, legend and language files. No streamlit."""
