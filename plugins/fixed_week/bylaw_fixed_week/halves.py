"""Where each person's halves and cards lie in the columns of a batch; from here on everything is numpy."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from bylaw_hooks import FactColumns, Ints, PlanColumns

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]
NOTHING = -1
"""No punch."""


def numbers(column: Ints) -> Numbers:
    """A column as numpy sees it, not copied."""
    return np.asarray(column).view(np.int64)


@dataclass(frozen=True)
class Halves:
    """All halves of all people in the order of the answer; each has two cards, in and out."""

    facts: FactColumns
    plans: PlanColumns

    @cached_property
    def plan(self) -> Numbers:
        """Each person's plan."""
        return numbers(self.facts.plan)

    @cached_property
    def plan_first(self) -> Numbers:
        """Where each plan's segments begin, and where those of the last one end."""
        return numbers(self.plans.segment_offsets)[numbers(self.plans.day_offsets)]

    @cached_property
    def counts(self) -> Numbers:
        """How many halves each person has."""
        return np.diff(self.plan_first)[self.plan]

    @cached_property
    def moved(self) -> Numbers:
        """By how much each person's halves lie behind the segments of their plan."""
        return np.cumsum(self.counts) - self.counts - self.plan_first[:-1][self.plan]

    @cached_property
    def segment(self) -> Numbers:
        """The segment of each half."""
        return np.arange(self.counts.sum()) - np.repeat(self.moved, self.counts)

    @cached_property
    def edges(self) -> Numbers:
        """When each segment's window opens, its middle, when it closes: one behind the other."""
        plans = self.plans
        return np.stack([numbers(plans.opens), numbers(plans.middle), numbers(plans.closes)], axis=1).reshape(-1)

    def person(self, places: Numbers) -> Numbers:
        """Whose halves these are."""
        return np.repeat(np.arange(len(self.counts)), self.counts)[places]

    def of(self, column: Ints) -> Numbers:
        """What a column says of the segments, for every half."""
        return numbers(column)[self.segment]
