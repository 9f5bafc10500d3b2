"""Where things are in the repository, and which of our packages there are."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("chassis", "services", "gateway", "plugins", "cli")
"""The folders whose packages are the product; in the order in which pages name them."""

NOT_IMPORTED = frozenset({"__main__", "migrations"})
"""Parts of a module's name that say importing it would start or change something."""


def package_folders() -> list[Path]:
    """Each package of ours, as the folder with its `__init__.py`; sorted within its source folder."""
    found: list[Path] = []
    for folder in SOURCE_FOLDERS:
        found += sorted(
            path.parent for path in (ROOT / folder).glob("**/bylaw_*/__init__.py") if "site-packages" not in path.parts
        )
    return found


def source_files() -> Iterator[tuple[str, Path]]:
    """Module name and file of everything in our packages."""
    for folder in package_folders():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def modules() -> Iterator[ModuleType]:
    """Every module of ours, imported; those that importing would run are left out."""
    for folder in package_folders():
        package = importlib.import_module(folder.name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{folder.name}."):
            if not NOT_IMPORTED & set(found.name.split(".")):
                yield importlib.import_module(found.name)


def from_reference(path: Path) -> str:
    """A file of the repository as a link from a page in `docs/reference`."""
    return f"../../{path.resolve().relative_to(ROOT).as_posix()}"
