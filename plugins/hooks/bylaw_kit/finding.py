"""Finds the patterns of an installed distribution, or of a module that is not packed yet."""

import importlib
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from bylaw_hooks import ShiftPattern

GROUP = "bylaw.plugins"


def module_of(name: str) -> Any:
    """The module that a distribution names as its plugin, or one of that name; ModuleNotFoundError if neither."""
    entry = next((entry for entry in entry_points(group=GROUP) if name in {entry.name, entry.value}), None)
    return entry.load() if entry else importlib.import_module(name.replace("-", "_"))


def patterns_of(name: str) -> Sequence[ShiftPattern[Any]]:
    """Every version of every pattern that it registers."""
    register = getattr(module_of(name), "register_shift_patterns", list)
    found: list[ShiftPattern[Any]] = list(register())
    return found


def goldens_of(name: str) -> Path | None:
    """The folder `golden` in the package or beside it."""
    file = module_of(name).__file__
    folders = [Path(file).parent / "golden", Path(file).parent.parent / "golden"] if file else []
    return next((folder for folder in folders if folder.is_dir()), folders[0] if folders else None)
