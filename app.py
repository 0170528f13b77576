"""The dashboard: who is here, which pages they get. Nothing else."""

import streamlit as st

from views import server

server.refuse_to_start()
app = st.App(server.SCRIPT, routes=server.ROUTES, middleware=server.MIDDLEWARE)
