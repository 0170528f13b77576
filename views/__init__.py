"""Pages and charts: the only code that knows Streamlit or Plotly. A page asks; it does not work."""
