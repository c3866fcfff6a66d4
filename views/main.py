"""The router: which pages there are, and what stands around them."""

import streamlit as st

from views.language import translator
from views.pages import PAGES, START, WIDE
from views.shell import draw_shell

speaker = translator()
pages = {
    page_id: st.Page(
        file,
        title=speaker.t(f"page.{page_id}"),
        url_path=page_id,
        default=page_id == START,
    )
    for page_id, file in PAGES.items()
}
shown = st.navigation(list(pages.values()), position="hidden")
current = next(page_id for page_id, page in pages.items() if page == shown)
# Not as the titles of the pages: the list of them comes with every answer.
st.set_page_config(
    page_title=f"{speaker.t(f'page.{current}')} — {speaker.t('shell.name')}", layout="wide"
)
draw_shell(pages, current=current, translator=speaker)
with st.container(key="wide-page" if current in WIDE else "page"):
    shown.run()
