"""The least that Streamlit can show: the measure for start-up and transferred bytes."""

import streamlit as st

st.write("empty")
