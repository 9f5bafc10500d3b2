"""Columns of several plans as those of all of them, for a pattern that judges many people at once."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from bylaw_hooks import PlanColumns
from bylaw_kit.adapting import Texts

from bylaw_plugin_host.checking import as_numpy
from bylaw_plugin_host.checking_sound import Ints

OFFSETS = ("day_offsets", "segment_offsets")
NUMBERS = ("why", "clause", "due_clause")
"""The columns that hold numbers of texts."""


def joined_plans(plans: Sequence[PlanColumns]) -> PlanColumns:
    """One plan behind the other; nobody can change the columns."""
    texts = Texts()
    renumbered = [np.array([texts[text] for text in plan.texts], np.int64) for plan in plans]
    columns = {}
    for name in (field.name for field in fields(PlanColumns) if field.name != "texts"):
        parts = [as_numpy(getattr(plan, name)) for plan in plans]
        if name in OFFSETS:
            parts = _behind_one_another(parts)
        elif name in NUMBERS:
            parts = [own[part] for own, part in zip(renumbered, parts, strict=True)]
        columns[name] = memoryview(np.concatenate(parts).tobytes()).cast("B").cast("q")
    return PlanColumns(**columns, texts=tuple(texts))


def _behind_one_another(offsets: Sequence[Ints]) -> list[Ints]:
    """Offsets of each part as they are where all parts before it lie ahead; the first 0 stands once."""
    before = np.cumsum([0, *(own[-1] for own in offsets)])[:-1]
    return [np.zeros(1, np.int64), *(own[1:] + begins for own, begins in zip(offsets, before, strict=True))]
