"""What Streamlit runs for each person at each click."""

import streamlit as st

from views import navigation

st.set_page_config(page_title="Raising the Bar", layout="wide", initial_sidebar_state="auto")
navigation.show()
