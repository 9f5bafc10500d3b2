"""Columns of several plans as those of all of them, for a pattern that judges many people at once."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from bylaw_hooks import PlanColumns
from bylaw_kit.adapting import Texts

from bylaw_plugin_host.checking_sound import Ints

OFFSETS = ("day_offsets", "segment_offsets")
NUMBERS = ("why", "clause", "due_clause")
"""The columns that hold numbers of texts."""


def joined_plans(plans: Sequence[PlanColumns]) -> PlanColumns:
    """One plan behind the other; nobody can change the columns."""
    texts = Texts()
    numbers = np.array([texts[text] for plan in plans for text in plan.texts], np.int64)
    first_texts = _begins([len(plan.texts) for plan in plans])
    columns = {}
    for name in (field.name for field in fields(PlanColumns) if field.name != "texts"):
        parts = [getattr(plan, name) for plan in plans]
        lengths = [len(part) for part in parts]
        column = np.frombuffer(b"".join(parts), np.int64)
        if name in OFFSETS:
            column = _behind_one_another(column, lengths)
        elif name in NUMBERS and len(column):
            column = numbers[column + np.repeat(first_texts, lengths)]
        columns[name] = memoryview(column.tobytes()).cast("B").cast("q")
    return PlanColumns(**columns, texts=tuple(texts))


def _begins(lengths: Sequence[int]) -> Ints:
    """Where each part begins when they lie one behind the other."""
    return np.cumsum([0, *lengths], dtype=np.int64)[:-1]


def _behind_one_another(offsets: Ints, lengths: Sequence[int]) -> Ints:
    """Offsets of each part as they are where all parts before it lie ahead; the first 0 stands once."""
    firsts = _begins(lengths)
    lasts = offsets[firsts + np.array(lengths) - 1]
    moved = offsets + np.repeat(_begins(lasts.tolist()), lengths)
    return np.delete(moved, firsts[1:])
