"""The dashboard: who is here, which pages they get. Nothing else."""

import streamlit as st

from views import pages

st.set_page_config(page_title="Raising the Bar", layout="wide", initial_sidebar_state="expanded")
pages.show()
