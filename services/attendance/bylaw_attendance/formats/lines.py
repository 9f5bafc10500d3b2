"""Lines of separated fields: the regular ones cut as whole columns, the odd ones left to a careful reader."""

from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

MOST_FIELDS = 32


class Cut(NamedTuple):
    """Regular lines as columns (one list a field) with their line numbers, and the odd lines with theirs."""

    line_numbers: list[int]
    fields: list[list[str]]
    odd: list[tuple[int, str]]


def separators_per_line(lines: Sequence[str], separator: str) -> list[int]:
    """Count the separators of each line."""
    return list(map(str.count, lines, repeat(separator)))


def usual_count(counts: Sequence[int]) -> int:
    """Give the count that most lines have; the larger one in a tie, 0 where no line has a count in reason."""
    votes = Counter(counts)
    possible = [count for count in votes if 0 < count < MOST_FIELDS]
    return max(possible, key=lambda count: (votes[count], count), default=0)


def cut(lines: Sequence[str], separator: str, *, counts: Sequence[int], usual: int, first_number: int) -> Cut:
    """Cut every line that has the usual number of separators in one go; blank lines vanish."""
    is_regular = np.array(counts, np.int64) == usual
    regular = np.flatnonzero(is_regular).tolist()
    odd = [
        (first_number + place, lines[place])
        for place in np.flatnonzero(~is_regular).tolist()
        if counts[place] or lines[place].strip()
    ]
    flat = separator.join([lines[place] for place in regular]).split(separator) if regular else []
    width = usual + 1
    line_numbers = [first_number + place for place in regular]
    return Cut(line_numbers, [flat[place::width] for place in range(width)], odd)
