"""Says whether the locks still satisfy what the distributions ask for; needs no network."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def pinned(lock: str) -> dict[str, str]:
    """Return name and version of everything that a lock names."""
    return {canonicalize_name(name): version for name, version in PINNED.findall((ROOT / lock).read_text())}


def asked(project: Path) -> Iterator[Requirement]:
    """Yield what one project asks for from others."""
    dependencies = tomllib.loads(project.read_text())["project"].get("dependencies", [])
    yield from (Requirement(line) for line in dependencies if not line.startswith("bylaw"))


def faults(lock: str, wanted: Iterator[Requirement], whose: str) -> Iterator[str]:
    """Yield a line for each requirement that the lock does not satisfy."""
    versions = pinned(lock)
    for requirement in wanted:
        version = versions.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{lock}: {whose} asks for {requirement}, locked is {version}; run `make lock`"


def main() -> int:
    """Compare both locks with every project of the workspace."""
    workspace = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found: list[str] = []
    for member in workspace["tool"]["uv"]["workspace"]["members"]:
        for lock in ("requirements.lock", "requirements-dev.lock"):
            found += faults(lock, asked(ROOT / member / "pyproject.toml"), member)
    developers = (Requirement(line) for line in workspace["dependency-groups"]["dev"])
    found += faults("requirements-dev.lock", developers, "the dev group")
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
