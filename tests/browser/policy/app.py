"""The Atlas's server around a page that has one of everything Streamlit draws."""

import streamlit as st

from api.problems import HANDLERS
from api.routes import ROUTES, middleware
from api.startup import lifespan

app = st.App(
    "page.py",
    routes=ROUTES,
    middleware=middleware({"/", "/second"}),
    exception_handlers=HANDLERS,
    lifespan=lifespan,
)
