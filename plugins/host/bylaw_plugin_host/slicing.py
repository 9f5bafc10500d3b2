"""From checked columns to each person's own answer."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from bylaw_hooks import AnswerColumns, Kind
from bylaw_kit.adapting import NO_PUNCH

from bylaw_plugin_host.checking import as_numpy
from bylaw_plugin_host.checking_sound import Ints
from bylaw_plugin_host.outcomes import PersonAnswer


def slices(answers: AnswerColumns, halves: Sequence[int]) -> Iterator[PersonAnswer]:
    """The answers of people who have so many halves each, in order.

    Of a card that was not asked for nothing is said, so that nothing needs checking: no minutes, no clause.
    """
    asked = as_numpy(answers.kinds) != Kind.UNASKED
    kinds, verdicts = _octets(answers.kinds), _octets(answers.verdicts)
    minutes = np.where(asked, as_numpy(answers.minutes), 0).tolist()
    punches = _punches(as_numpy(answers.punches))
    clauses = _texts(answers.texts, np.where(asked, as_numpy(answers.clauses), len(answers.texts)))
    verdict_clauses = _texts(answers.texts, as_numpy(answers.verdict_clauses))
    worked = answers.worked_minutes.tolist()
    for first, after in pairwise(accumulate(halves, initial=0)):
        cards, own = slice(2 * first, 2 * after), slice(first, after)
        yield PersonAnswer(
            kinds[cards],
            minutes[cards],
            punches[cards],
            clauses[cards],
            verdicts[own],
            verdict_clauses[own],
            worked[own],
        )


def _octets(column: memoryview) -> bytes:
    return as_numpy(column).astype(np.uint8).tobytes()


def _punches(bound: Ints) -> list[int | None]:
    punches: list[int | None] = bound.tolist()
    for place in np.flatnonzero(bound == NO_PUNCH).tolist():
        punches[place] = None
    return punches


def _texts(texts: Sequence[str], numbers: Ints) -> list[str]:
    """The text of each number; past the last one stands the empty one."""
    named: list[str] = np.array([*texts, ""], np.object_)[numbers].tolist()
    return named
