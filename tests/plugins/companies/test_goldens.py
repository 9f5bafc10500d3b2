"""What the shipped patterns answered once they answer for ever: months long handed over are judged by them (C28)."""

import pytest
from bylaw_kit.finding import goldens_of, patterns_of
from bylaw_kit.goldens import cases_of, moved

SHIPPED = ("bylaw-fixed-week", "bylaw-rest-by-rota", "bylaw-crews", "bylaw-flexible-hours")


@pytest.mark.parametrize("distribution", SHIPPED)
def test_c28_the_answers_of_each_version_are_unmoved(distribution: str) -> None:
    folder = goldens_of(distribution)
    assert folder
    for pattern in patterns_of(distribution):
        assert cases_of(folder, pattern), f"{pattern.identity} has no golden"
        assert moved(folder, pattern) == [], "if the answers must change, register a version beside it"
