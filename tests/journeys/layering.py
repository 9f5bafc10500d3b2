"""A plugin's wheel in a layer above an image, as the page on operation says, under containers that run already."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.plugins.authors_machine import ROOT

SNIPPET = ROOT / "docs" / "how-to" / "snippets" / "plugin-layer"
OVERRIDE = "docker-compose.override.yml"
LISTING = """
import json, pathlib
found = []
for process in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        found.append([process.stat().st_uid, (process / "cmdline").read_bytes().decode().replace("\\0", " ")])
    except OSError:
        pass
print(json.dumps(found))
"""


class Process(NamedTuple):
    """A process of a container: the number of its user, and how it was started."""

    user: int
    command: str


@dataclass(frozen=True)
class Layering:
    """The containers of a journey; `compose` runs a command over them."""

    compose: Callable[..., subprocess.CompletedProcess[str]]
    folder: Path
    project: str

    def add(self, wheel: Path) -> None:
        """Builds the layer of the page with this wheel in it and has attendance run from there."""
        shutil.copytree(SNIPPET, self.folder, dirs_exist_ok=True)
        shutil.copy(wheel, self.folder / "acme")
        override = self.folder / OVERRIDE
        text = override.read_text(encoding="utf-8").replace("./acme", str(self.folder / "acme"))
        override.write_text(text.replace("acme/attendance", self.image), encoding="utf-8")
        self._done("build", "attendance")
        self._done("up", "--detach", "--no-deps", "attendance")

    @property
    def image(self) -> str:
        """What the layer is called."""
        return f"{self.project}-layer"

    @property
    def used(self) -> bool:
        """Whether attendance runs from a layer."""
        return (self.folder / OVERRIDE).exists()

    def processes(self) -> list[Process]:
        """All that run in the container of attendance."""
        said = self._done("exec", "-T", "attendance", "python", "-c", LISTING)
        return [Process(*one) for one in json.loads(said)]

    def _done(self, *arguments: str) -> str:
        files = ("-f", str(ROOT / "docker-compose.yml"), "-f", str(self.folder / OVERRIDE))
        done = self.compose(*files, "--project-directory", str(ROOT), *arguments)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout

    def remove(self) -> None:
        """Takes the layer off the machine; no container may be made of it any more."""
        subprocess.run(["docker", "image", "rm", self.image], capture_output=True, check=False)
