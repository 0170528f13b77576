"""The dashboard: the web server, and what it does before anybody looks. Nothing else."""

import streamlit as st

from views import ahead, server
from views.drawn import work_out
from views.long_work import work_out_told
from views.person import is_local, store

server.refuse_to_start()
if not is_local():
    ahead.begin(store(), first=work_out, then=work_out_told)
app = st.App(server.SCRIPT, routes=server.ROUTES, middleware=server.MIDDLEWARE)
