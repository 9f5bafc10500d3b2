"""Tries a check over drawn months; what is raised at the end belongs to the smallest month that raises it."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bylaw_kit.strategies import months
from bylaw_kit.subject import Subject

QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example)


def over_months(subject: Subject, check: Callable[..., None], *more: st.SearchStrategy[Any]) -> None:
    """Runs `check(subject, month, ...)` over months and whatever else is drawn; raises RuleBroken."""
    drawn = st.tuples(months(subject.pattern, subject.parameters, subject.cells), *more)

    # Repeatable, so that two runs of the kit say the same; nothing is written beside the plugin.
    @settings(
        max_examples=subject.examples,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=QUIET,
        phases=(Phase.generate, Phase.shrink),
    )
    @given(drawn)
    def tried(case: tuple[Any, ...]) -> None:
        check(subject, *case)

    tried()
