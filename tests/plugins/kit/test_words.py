"""The kit's rotas say the words that a pattern knows or, of a pattern that does not say, those its author names."""

import pytest
from bylaw_hooks import CardParameters
from bylaw_kit.strategies import Month, months
from hypothesis import Phase, given, settings

from tests.plugins.kit.mutants import Sound

BRIEFLY = settings(max_examples=15, deadline=None, database=None, derandomize=True, phases=[Phase.generate])


class Heeding(Sound):
    """It knows one word."""

    def cells(self, parameters: CardParameters) -> tuple[str, ...]:  # noqa: ARG002
        return ("off",)


class Heedless(Sound):
    """It has no rota."""

    def cells(self, parameters: CardParameters) -> tuple[str, ...]:  # noqa: ARG002
        return ()


@pytest.mark.parametrize(
    ("pattern", "known"), [(Heeding(), {"off"}), (Heedless(), set()), (Sound(), {"night"})], ids=["one", "none", "any"]
)
def test_a_rota_of_the_kit_says_what_the_pattern_knows(pattern: Sound, known: set[str]) -> None:
    said: set[str] = set()

    @BRIEFLY
    @given(months(pattern, [CardParameters()], ("night",)))
    def listen(month: Month) -> None:
        said.update(day.cell for day in month.facts.days if day.cell)

    listen()
    assert said == known
