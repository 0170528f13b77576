"""The server's settings in a wheel: `.streamlit/config.toml` beside app.py, where Streamlit looks.

Everything else that is built stands in pyproject.toml; a folder whose name begins with a dot
cannot be named there.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SETTINGS = ".streamlit/config.toml"


class BuildWithSettings(build_py):
    """The step that collects modules, and the settings with them."""

    def run(self) -> None:
        """Collect; an editable installation has the settings where they are."""
        super().run()
        if not self.editable_mode:
            self.mkpath(str(Path(self.build_lib, SETTINGS).parent))
            self.copy_file(SETTINGS, str(Path(self.build_lib, SETTINGS)))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """What it wrote."""
        return [*super().get_outputs(include_bytecode), str(Path(self.build_lib, SETTINGS))]


setup(cmdclass={"build_py": BuildWithSettings})
