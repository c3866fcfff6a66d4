"""The Atlas as one ASGI application: pages, map, layers and health on one port.

`streamlit run app.py` starts all of it.
"""

import streamlit as st

from api.problems import HANDLERS
from api.routes import ROUTES, middleware
from api.startup import lifespan
from views.pages import PATHS

app = st.App(
    "views/main.py",
    routes=ROUTES,
    middleware=middleware(PATHS),
    exception_handlers=HANDLERS,
    lifespan=lifespan,
)
