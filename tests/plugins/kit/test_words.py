"""The kit's months say in their rota what the pattern knows, or, of a pattern that does not say, what its author names."""

import pytest
from bylaw_hooks import CardParameters, ShiftPattern
from bylaw_kit.strategies import Month, months
from hypothesis import find
from hypothesis.errors import NoSuchExample

from tests.plugins.kit.mutants import Sound


class Heeding(Sound):
    """It knows one word."""

    def cells(self, parameters: CardParameters) -> tuple[str, ...]:  # noqa: ARG002
        return ("off",)


class Heedless(Sound):
    """It has no rota."""

    def cells(self, parameters: CardParameters) -> tuple[str, ...]:  # noqa: ARG002
        return ()


def one_that_says(pattern: ShiftPattern[CardParameters], word: str) -> Month:
    """A month of the kit's with this word in its rota; its author has named `night`."""
    drawn = months(pattern, [CardParameters()], ("night",))
    return find(drawn, lambda month: any(day.cell == word for day in month.facts.days))


@pytest.mark.parametrize(("pattern", "word"), [(Heeding(), "off"), (Sound(), "night")])
def test_a_word_that_is_known_is_said(pattern: Sound, word: str) -> None:
    month = one_that_says(pattern, word)
    assert {day.cell for day in month.facts.days} == {"", word}


@pytest.mark.parametrize(("pattern", "word"), [(Heeding(), "night"), (Heedless(), "night"), (Sound(), "off")])
def test_a_word_that_is_unknown_is_never_said(pattern: Sound, word: str) -> None:
    with pytest.raises(NoSuchExample):
        one_that_says(pattern, word)
