"""A Dash page of figures that are in memory: for each choice of a filter its figures, made before.

Run by the Python of `.venv-bench`: `python dash_figures.py FIGURES.json PORT`, where the file holds
for each choice a list of figures of Plotly.
"""

import json
import sys
from pathlib import Path

from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found]

figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
choices = list(figures)
app = Dash(__name__)
app.layout = html.Div(
    [
        dcc.RadioItems(choices, choices[0], id="choice"),
        *(dcc.Graph(id=f"figure-{at}") for at in range(len(figures[choices[0]]))),
    ]
)


@app.callback(
    [Output(f"figure-{at}", "figure") for at in range(len(figures[choices[0]]))],
    Input("choice", "value"),
)
def chosen(choice: str) -> list[object]:
    """The figures of a choice."""
    return list(figures[choice])


app.run(port=int(sys.argv[2]))
