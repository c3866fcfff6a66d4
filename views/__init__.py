"""Everything that imports streamlit: pages, top bar, and the explorer's place in the page."""
