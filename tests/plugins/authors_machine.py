"""An author's machine: an environment with `bylaw-hooks[kit]` and nothing else, and what is done in it."""

import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bylaw_kit.alone import reach

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / "plugins" / "hooks"
SCENT = ("PYTEST_", "BYLAW_", "PYTHON", "COVERAGE", "VIRTUAL_ENV")
"""How variables begin that would tell a process of the tests that started it."""


def clean_environment() -> dict[str, str]:
    """The environment of a process that knows nothing of this one."""
    return {name: value for name, value in os.environ.items() if not name.startswith(SCENT)}


def built(folder: Path, into: Path) -> Path:
    """The wheel of a folder, built without asking any index; hatchling is here as our developers have it."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    done = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (
        into.glob(f"{folder.name.replace('-', '_')}-*.whl") if folder != HOOKS else into.glob("bylaw_hooks-*.whl")
    )
    return wheel


@dataclass(frozen=True)
class Environment:
    """A virtual environment of its own."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def site(self) -> Path:
        """Where its packages are."""
        (site,) = (self.folder / "lib").glob("python3*/site-packages")
        return site

    def install(self, wheel: Path) -> None:
        """`pip install` of one wheel; what it asks for is here or not."""
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(self.python),
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
        ]
        done = subprocess.run([*pip, str(wheel)], env=clean_environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def run(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Its Python with these arguments."""
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=cwd,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )


def with_the_hooks(folder: Path) -> Environment:
    """A fresh environment with the hooks as a wheel, and with what they and their kit declare, as it is here."""
    made = _fresh(folder)
    project = tomllib.loads((HOOKS / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared: Iterable[str] = (*project["dependencies"], *project["optional-dependencies"]["kit"])
    made.install(built(HOOKS, folder.parent))
    reach(declared, made.site)
    return made


def with_the_suite(folder: Path) -> Environment:
    """A fresh environment in which all of Bylaw is as it is here, so that more can be installed beside it."""
    made = _fresh(folder)
    here = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (made.site / "suite.pth").write_text(f"import site; site.addsitedir({str(here)!r})\n", encoding="utf-8")
    for command, module in {"bylaw": "bylaw_cli", "pip": "pip"}.items():
        script = made.folder / "bin" / command
        script.write_text(f'#!/bin/sh\nexec "{made.python}" -m {module} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    return made


def _fresh(folder: Path) -> Environment:
    venv.create(folder, symlinks=True)
    return Environment(folder)
