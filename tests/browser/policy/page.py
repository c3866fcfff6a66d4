"""One of everything: tables, charts, files, a component with a script, the map frame."""

import pandas as pd
import streamlit as st

FRAME = pd.DataFrame({"kind": ["sport", "medical"], "sites": [5, 4]})


def page() -> None:
    st.title("Everything")
    st.dataframe(FRAME)
    st.table(FRAME)
    st.bar_chart(FRAME, x="kind", y="sites")
    st.latex("a^2")
    st.markdown(":material/park: **bold**")
    file = st.file_uploader("File")
    if file is not None:
        st.text(f"received {file.getvalue().decode()}")
    st.download_button("Download", "downloaded", "a.txt")
    component = st.components.v2.component(
        "probe",
        html="<p></p>",
        js="""
        export default function (component) {
          component.parentElement.querySelector("p").textContent = "component runs";
        }
        """,
    )
    component(key="probe")
    st.iframe("/map", height=300)


st.navigation(
    [
        st.Page(page, title="First", default=True),
        st.Page(page, title="Second", url_path="second"),
    ]
).run()
