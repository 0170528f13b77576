"""Charts as dictionaries for Plotly. Nothing here knows Streamlit."""
