"""The router: which pages there are, and what stands around them."""

import streamlit as st

from views.language import translator
from views.pages import PAGES, START, WIDE
from views.shell import draw_shell

speaker = translator()
pages = {
    page_id: st.Page(
        file,
        title=f"{speaker.t(f'page.{page_id}')} — {speaker.t('shell.name')}",
        url_path=page_id,
        default=page_id == START,
    )
    for page_id, file in PAGES.items()
}
st.set_page_config(layout="wide")
shown = st.navigation(list(pages.values()), position="hidden")
current = next(page_id for page_id, page in pages.items() if page == shown)
draw_shell(pages, current=current, translator=speaker)
with st.container(key="wide-page" if current in WIDE else "page"):
    shown.run()
