"""Choosing a file: our own control in front of Streamlit's, whose texts are English.

The bytes go the way of Streamlit's uploader, which holds them for this session alone; the script
takes them off there as soon as they were taken over.
"""

import math

import streamlit as st
from streamlit import config
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.read import Limits
from layers.assets import module_url
from layers.locale import Translator

ENDINGS = (".geojson", ".json", ".csv", ".gpkg", ".parquet", ".fgb", ".zip", ".xlsx")
"""What the chooser of the operating system shows first; the content decides."""

_CARRIER = "own-carrier"
_MIB = 2**20
_TEXTS = ("choose", "drop", "sending", "stop", "failed", "one", "too_big")

# Several lines, as Streamlit takes a single one for the name of a file.
_SCRIPT = f"""
export default async function (component) {{
  const script = await import(new URL("{module_url("upload/chooser.js")}", document.baseURI));
  return script.default(component);
}}
"""

_control = st.components.v2.component("atlas_upload", js=_SCRIPT)


def chooser(
    limits: Limits, translator: Translator, *, taken: str | None, said: str
) -> UploadedFile | None:
    """Draw the control and return the file that has arrived.

    Parameters
    ----------
    limits
        How large it may be.
    translator
        Says everything in the language of the viewer.
    taken
        Id of the file that was taken over; it need not be held any more.
    said
        Where things stand, for who hears the page.
    """
    most = int(limits.max_mb * 1e6)
    size_mib = math.ceil(most / _MIB)
    # The server asks the option, not the widget, how much it takes in.
    config.set_option("server.maxUploadSize", size_mib)
    _control(
        key="own-chooser",
        data={
            "carrier": _CARRIER,
            "endings": ",".join(ENDINGS),
            "most": most,
            "taken": taken,
            "said": said,
            "texts": {
                # The script knows how large the file is.
                name: translator.t(
                    f"own.file.{name}", limit=translator.number(limits.max_mb), found="{found}"
                )
                for name in _TEXTS
            },
        },
    )
    with st.container(key=_CARRIER):
        return st.file_uploader(
            translator.t("own.file.choose"),
            key="own-file",
            max_upload_size=size_mib,
            label_visibility="collapsed",
        )
