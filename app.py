"""The dashboard: the web server, and what it does before anybody looks. Nothing else."""

import streamlit as st

from views import ahead, server
from views.drawn import work_out
from views.person import store

server.refuse_to_start()
ahead.begin(store(), work_out)
app = st.App(server.SCRIPT, routes=server.ROUTES, middleware=server.MIDDLEWARE)
