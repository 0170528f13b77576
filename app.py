"""The dashboard: the web server, and what it does before anybody looks. Nothing else."""

import streamlit as st

from views import ahead, server, startup
from views.drawn import work_out
from views.long_work import work_out_told
from views.person import is_local, store

startup.refuse_to_start()
if not is_local():
    ahead.begin(store(), first=work_out, then=work_out_told)
app = st.App(server.SCRIPT, lifespan=startup.say_where, routes=server.ROUTES, middleware=server.MIDDLEWARE)
