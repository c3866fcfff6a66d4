"""The Atlas's library: frames in, frames out. No streamlit, no folium, no words for the user."""
