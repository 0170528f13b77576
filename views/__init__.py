"""Pages for Streamlit, a folder for each section of the sidebar.

A page asks; it does not compute.
"""
