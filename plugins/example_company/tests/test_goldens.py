"""A version's answers never move: months long handed over are judged again by the version of their day."""

from pathlib import Path
from typing import Any

import pytest
from bylaw_hooks import ShiftPattern
from bylaw_kit.goldens import cases_of, moved

from example_company import register_shift_patterns

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("pattern", register_shift_patterns(), ids=lambda pattern: pattern.identity)
def test_the_answers_of_every_version_are_unmoved(pattern: ShiftPattern[Any]) -> None:
    assert cases_of(GOLDEN, pattern), "it has none yet: python -m bylaw_kit example-company --golden"
    assert moved(GOLDEN, pattern) == [], "if the answers must change, register another version beside it"
