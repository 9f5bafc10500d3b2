"""Folders from which a wheel and what it declares can be imported, and nothing else of this environment (C31).

Needs the extra `bylaw-hooks[kit]`: pytest brings the library `packaging`.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from bylaw_kit.subject import RuleBroken

BARE = (sys.executable, "-I", "-S")
"""An interpreter with the standard library alone: no site-packages, nothing from the environment."""


def install(wheel: Path, folder: Path) -> Distribution:
    """The wheel by itself, installed into a fresh folder without asking any index."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [*command, "--disable-pip-version-check", "--target", str(folder), str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = next(iter(Distribution.discover(path=[str(folder)])), None)
    if done.returncode or found is None:
        raise RuleBroken("C31", f"it does not install: {done.stderr.strip()[-600:] or 'it holds no distribution'}")
    return found


def reach(requirements: Iterable[str], folder: Path) -> None:
    """Makes what is required, and what that requires, importable from a folder, as this environment has it."""
    for one in closure(requirements):
        for place, file in _files(one):
            target = folder / place
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(file)


def closure(requirements: Iterable[str]) -> list[Distribution]:
    """The distributions that requirements come to here; RuleBroken (C31) where one of them is not here."""
    found: dict[str, Distribution] = {}
    asked = [(Requirement(text), frozenset[str]()) for text in requirements]
    done: set[str] = set()
    while asked:
        requirement, extras = asked.pop()
        if str(requirement) in done or not _wanted(requirement, extras):
            continue
        done.add(str(requirement))
        one = found.setdefault(requirement.name.lower(), _installed(requirement))
        asked += [(Requirement(text), frozenset(requirement.extras)) for text in one.requires or ()]
    return list(found.values())


def _wanted(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def _installed(requirement: Requirement) -> Distribution:
    try:
        one = distribution(requirement.name)
    except PackageNotFoundError:
        raise RuleBroken("C31", f"it declares {requirement}, which is not installed here") from None
    if not requirement.specifier.contains(one.version, prereleases=True):
        raise RuleBroken("C31", f"it declares {requirement}; {one.version} is installed here")
    return one


def _files(one: Distribution) -> Iterator[tuple[str, Path]]:
    """Its files by their place; of one that is installed in place, what lies where it points to."""
    for file in one.files or ():
        path = Path(str(file.locate()))
        if ".." in file.parts or not path.exists():
            continue
        if path.suffix == ".pth":
            for folder in filter(Path.is_dir, map(Path, path.read_text(encoding="utf-8").splitlines())):
                yield from ((child.name, child) for child in folder.iterdir() if _importable(child))
        else:
            yield str(file), path


def _importable(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").exists()
