"""The dashboard: the web server, and what it does before anybody looks. Nothing else."""

import streamlit as st

from views.prerender import work_out
from web import server, startup, warm_up
from web.sign_in import is_local, store
from web.tasks import work_out_told

startup.refuse_to_start()
if not is_local():
    warm_up.begin(store(), first=work_out, then=work_out_told)
app = st.App(
    server.SCRIPT, lifespan=startup.say_where, routes=server.ROUTES, middleware=server.MIDDLEWARE
)
