"""Who collects the garbage: Streamlit after each run, Python by itself, and with what start-up made
set apart (`gc.freeze`) or not.

`python -m benchmarks.garbage [VIEWS [WAY…]]`. Each way has a server of its own on one store; they
take turns of a hundred views, so that what else the machine does falls on all alike. Prints CPU
seconds a view and the server's memory after each 500 views. Every answer must hold its page's title
and a figure, and be in the audit record; every twentieth view is by somebody new, whose session
goes with them.
"""

import asyncio
import itertools
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.viewers import PAGES, ROOT, Site, Tab, consulted, cpu_seconds, memory, served
from loaders import sample_data
from store.writer import Store

VIEWS, TURN, STAY, SHOWN = 5000, 100, 20, 500
STARTED = 30.0  # seconds in which a server works out what its pages ask
FREEZE = "\n\nimport gc  # noqa\n\ngc.collect()\ngc.freeze()\n"
WAYS = {  # the option, and what stands at the end of app.py
    "after each run": ("true", ""),
    "after each run, start-up apart": ("true", FREEZE),
    "by Python itself": ("false", ""),
    "by Python itself, start-up apart": ("false", FREEZE),
}


@dataclass
class Server:
    """One way, at work."""

    way: str
    site: Site
    process: int
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    views: int = 0
    cpu: float = 0.0
    resting: int = 0

    async def turn(self) -> None:
        """A hundred views, and what they cost."""
        start = cpu_seconds(self.process)
        for visit in range(TURN // STAY):
            async with self.site.connect(f"leader{self.views}-{visit}", "leader") as socket:
                tab = Tab(socket)
                for _ in range(STAY):
                    await tab.open(self.dice.choice(list(PAGES)))
        self.cpu += cpu_seconds(self.process) - start
        self.views += TURN

    def told(self) -> str:
        """How it stands."""
        held = memory(self.process)
        grown = (held - self.resting) / 1e6
        return (
            f"{self.way:<34} {self.views:>5} views  {self.cpu / self.views:.4f} s a view  "
            f"{held / 1e6:4.0f} MB ({grown:+.0f})"
        )


def main() -> None:
    """Print a line for each way and each 500 views."""
    views = int(sys.argv[1]) if len(sys.argv) > 1 else VIEWS
    ways = sys.argv[2:] or list(WAYS)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        sample_data.fill(Store(folder / "store"), lambda _: None)
        servers = []
        for number, way in enumerate(ways):
            option, more = WAYS[way]
            script = folder / f"app{number}.py"
            script.write_text(
                (ROOT / "app.py").read_text(encoding="utf-8") + more, encoding="utf-8"
            )
            options = ("--runner.postScriptGC", option)
            servers.append(
                Server(
                    way,
                    *stack.enter_context(served(folder, folder / "store", *options, script=script)),
                )
            )
            time.sleep(STARTED)
        for server in servers:
            server.resting = memory(server.process)
            print(f"{server.way:<34} at rest {server.resting / 1e6:.0f} MB", flush=True)
        for done in itertools.count(TURN, TURN):
            for server in servers:
                asyncio.run(server.turn())
            if done % SHOWN == 0 or done >= views:
                print("\n".join(server.told() for server in servers), flush=True)
            if done >= views:
                break
        seen = sum(consulted(folder / "store").values())
    first = servers[0].cpu
    print(
        "CPU beside the first: "
        + ", ".join(f"{server.way} {server.cpu / first:.2f}" for server in servers)
    )
    asked = sum(server.views for server in servers)
    assert 0.8 * asked <= seen <= asked, (
        f"{seen} of {asked} views are in the audit record"
    )  # the same page twice running is one line


if __name__ == "__main__":
    main()
