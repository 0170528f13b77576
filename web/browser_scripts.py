"""The scripts that draw charts in the browser: Plotly's own, as the installed package holds it, and
ours that hands it figures. Nothing is fetched from elsewhere.
"""

import gzip
from functools import cache, lru_cache
from pathlib import Path

import plotly
from plotly.offline import get_plotlyjs_version
from starlette.requests import Request
from starlette.responses import Response
from streamlit.components.v2 import component
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer
from streamlit.runtime import Runtime

HERE = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# of one release and no other: what a browser once fetched it need not fetch again
ADDRESS = f"/scripts/plotly-{get_plotlyjs_version()}.js"
PACKAGE, CHART = "vawg", "chart"


def chart() -> ComponentRenderer | None:
    """The component that draws a figure: `web/browser/chart.js`, served as a file, for the content
    security policy lets no script stand in the page itself. None without Streamlit's server, where
    a page is worked out for nobody to see (`views.prerender`).
    """
    return _registered(get_bidi_component_manager()) if Runtime.exists() else None


@lru_cache(maxsize=1)  # a process has one manager; a test makes one after the other
def _registered(manager: BidiComponentManager) -> ComponentRenderer:
    parts = [ComponentConfig(CHART, "browser")]
    manager.register_from_manifest(ComponentManifest(PACKAGE, "1", parts), HERE)
    return component(f"{PACKAGE}.{CHART}", js="chart.js", isolate_styles=False)


def plotly_script(_request: Request) -> Response:
    """Plotly's script, compressed once."""
    headers = {
        "Content-Encoding": "gzip",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    return Response(_compressed(), media_type="text/javascript", headers=headers)


@cache
def _compressed() -> bytes:
    return gzip.compress(PLOTLY.read_bytes(), compresslevel=6)
