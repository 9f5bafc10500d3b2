"""What all shipped patterns keep of their settings: titled twice, the same through JSON, explained in two languages."""

from pathlib import Path
from typing import Any

import pytest
from bylaw_crews import Crews, CrewShift
from bylaw_fixed_week import FixedWeek, WorkSegment
from bylaw_flexible_hours import FlexibleHours
from bylaw_hooks import ShiftPattern
from bylaw_rest_by_rota import RestByRota
from pydantic import BaseModel

PLUGINS = Path(__file__).parents[3] / "plugins"
PATTERNS: list[ShiftPattern[Any]] = [FixedWeek(), RestByRota(), Crews(), FlexibleHours()]
PARTS: dict[str, dict[str, type[BaseModel]]] = {"fixed-week": {"segments": WorkSegment}, "crews": {"shifts": CrewShift}}
every = pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.identity)


@every
def test_c25_each_setting_is_titled_in_chinese_and_english(pattern: ShiftPattern[Any]) -> None:
    for model in (pattern.parameters, *PARTS.get(pattern.name, {}).values()):
        for described in model.model_json_schema()["properties"].values():
            assert set(described["x-title"]) == {"zh", "en"}
            assert all(described["x-title"].values())


@every
def test_c26_settings_survive_json_and_equal_ones_hash_alike(pattern: ShiftPattern[Any]) -> None:
    kept = pattern.parameters()
    again = pattern.parameters.model_validate_json(kept.model_dump_json())
    assert (again, hash(again)) == (kept, hash(kept))


@every
def test_its_readme_explains_every_setting_in_both_languages(pattern: ShiftPattern[Any]) -> None:
    text = (PLUGINS / pattern.name.replace("-", "_") / "README.md").read_text(encoding="utf-8")
    english, chinese = text.split("\n---\n")
    parts = PARTS.get(pattern.name, {})
    inner = [f"{field}[].{name}" for field, model in parts.items() for name in model.model_fields]
    for name in (*(set(pattern.parameters.model_fields) - parts.keys()), *inner):
        assert f"`{name}`" in english
        assert f"`{name}`" in chinese
