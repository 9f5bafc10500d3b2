"""Golden digests: what a version answered once it answers for ever; a file a version, `golden/name@version.json`.

{"by-default": {"parameters": {}, "cells": [], "digest": "..."}}: cases by name, each with what it was judged under.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bylaw_hooks import ShiftPattern

from bylaw_kit.corpus import digest

Cases = Mapping[str, Mapping[str, Any]]


def file_of(folder: Path, pattern: ShiftPattern[Any]) -> Path:
    """Where a version's cases are."""
    return folder / f"{pattern.identity}.json"


def cases_of(folder: Path, pattern: ShiftPattern[Any]) -> Cases:
    """A version's cases; none where nothing was written yet."""
    file = file_of(folder, pattern)
    found: Cases = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def answered(pattern: ShiftPattern[Any], case: Mapping[str, Any]) -> str:
    """The digest of today's answers to a case; pydantic's ValidationError if its parameters are refused."""
    parameters = pattern.parameters.model_validate_json(json.dumps(case.get("parameters", {})))
    return digest(pattern, parameters, case.get("cells", ()))


def moved(folder: Path, pattern: ShiftPattern[Any]) -> list[str]:
    """The cases whose answers are no longer those of their day."""
    return [name for name, case in cases_of(folder, pattern).items() if answered(pattern, case) != case.get("digest")]


def write(folder: Path, pattern: ShiftPattern[Any]) -> list[str]:
    """Gives a digest to cases that have none, and a case by default where there is none; a digest once given stays."""
    cases = {name: dict(case) for name, case in cases_of(folder, pattern).items()} or {"by-default": {"parameters": {}}}
    new = [name for name, case in cases.items() if "digest" not in case]
    for name in new:
        cases[name]["digest"] = answered(pattern, cases[name])
    if new:
        folder.mkdir(exist_ok=True)
        text = json.dumps(cases, indent=2, ensure_ascii=False)
        file_of(folder, pattern).write_text(text + "\n", encoding="utf-8")
    return new
