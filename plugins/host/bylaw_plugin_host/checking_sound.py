"""Whether answers have no fault at all, as nearly always: each rule over all columns at once, nobody's place sought.

Where it says no, `checking` finds whose fault it is, and says so alone: no is no fault yet, but yes is none.
"""

from typing import Any, NamedTuple

import numpy as np
from bylaw_hooks import Kind
from bylaw_kit.adapting import NO_PUNCH
from bylaw_kit.checking import LONGEST_MINUTES

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Naturals = np.ndarray[Any, np.dtype[np.uint64]]
SPAN = 2**32
"""Seconds that every punch and every window of a sound plan lies in; what lies outside is left to `checking`."""
ABSENT = int(Kind.ABSENT)


class Answered(NamedTuple):
    """The columns of answers: by card, then by half."""

    kinds: Ints
    minutes: Ints
    punches: Ints
    clauses: Ints
    verdicts: Ints
    verdict_clauses: Ints
    worked: Ints


class Laid(NamedTuple):
    """What plans ask of each card and half, in shapes that the columns can be brought into.

    Where all follow one plan it is told once, a row to each person; else a number to each card and half.
    """

    people: int
    opens: Ints
    """By card: where its window opens, and how many seconds later it closes."""
    widths: Naturals
    lengths: Ints
    """By half: its minutes."""
    owners: Ints
    """By card: whose it is."""
    spanned: bool
    """Whether all windows lie in the SPAN."""


def all_sound(answered: Answered, laid: Laid, texts: int, *, punches: Ints, held: Ints) -> bool:
    """C6, C7, C8, C10 and C11 hold, and every clause is one of so many texts.

    `punches` are all that people have, one after another, `held` how many each has.
    """
    return bool(
        _most(answered.kinds) <= max(Kind)
        and _most(answered.verdicts) <= max(Kind)
        and _most(answered.minutes) <= LONGEST_MINUTES
        and _most(answered.clauses) < texts
        and _most(answered.verdict_clauses) < texts
        and _halves_agree(answered, laid)
        and _punches_fit(answered.punches, laid, punches=punches, held=held)
    )


def names(answered: Answered, text: int) -> bool:
    """Whether a card that was asked for or a half names this text."""
    of_cards = answered.clauses == text
    return bool(
        (answered.verdict_clauses == text).any()
        or (of_cards.any() and (answered.kinds[of_cards] != Kind.UNASKED).any())
    )


def _halves_agree(answered: Answered, laid: Laid) -> bool:
    kinds, verdicts = answered.kinds.astype(np.int8), answered.verdicts.astype(np.int8)  # small by now, and quick
    gravest = np.maximum(kinds[::2], kinds[1::2])
    if not ((gravest == verdicts) | (gravest == 0)).all():
        return False
    worked = answered.worked.reshape(-1, laid.lengths.shape[-1])
    if not (worked.view(np.uint64) <= laid.lengths.view(np.uint64)).all():
        return False
    return not answered.worked[verdicts == ABSENT].any()


def _punches_fit(bound: Ints, laid: Laid, *, punches: Ints, held: Ints) -> bool:
    """Each in its card's window, and among the person's own, bound no oftener than it was made."""
    by_card = bound.reshape(-1, laid.opens.shape[-1])
    is_bound = by_card != NO_PUNCH
    inside = (by_card - laid.opens).view(np.uint64) < laid.widths
    if not (inside >= is_bound).all():
        return False
    if not laid.spanned or (len(punches) and _most(punches) >= SPAN):
        return False
    wanted = (by_card + laid.owners)[is_bound]
    keys = punches + np.repeat(np.arange(laid.people) * SPAN, held)
    if len(wanted) == len(keys):
        return bool((wanted == keys).all())
    return len(wanted) < len(keys) and _rising(wanted) and _hold(keys, wanted)


def _hold(keys: Ints, wanted: Ints) -> bool:
    """Whether each of the wanted, which rise, is one of the keys: together there are no more than of the keys alone."""
    together = np.concatenate((keys, wanted))
    together.sort(kind="stable")
    return _distinct(together) == _distinct(keys)


def _rising(keys: Ints) -> bool:
    return bool((keys[1:] > keys[:-1]).all())


def _distinct(in_order: Ints) -> int:
    return int(np.count_nonzero(in_order[1:] != in_order[:-1]))


def _most(numbers: Ints) -> int:
    """The greatest, and what is below 0 is greater than all."""
    return int(numbers.view(np.uint64).max()) if len(numbers) else -1
