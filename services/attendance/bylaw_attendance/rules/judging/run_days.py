"""The days of a run as one thing that many caches are asked by: its hash is worked out once."""

from bylaw_hooks import DayFacts


class RunDays(tuple[DayFacts, ...]):  # noqa: SLOT001 - what it keeps beside its days lies in a dictionary
    """A tuple of days, equal to any other of the same days."""

    _hash: int | None = None

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = super().__hash__()
        return self._hash
