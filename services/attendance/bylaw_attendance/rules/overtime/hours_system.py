"""By which system of working hours the caps on somebody's time hold (HRS-7)."""

from enum import IntEnum


class HoursSystem(IntEnum):
    """The numbers are the contract's; all but the standard one are approved by the labour authority."""

    STANDARD = 1
    """Each month and week by itself."""
    COMPREHENSIVE = 2
    """Hours are averaged over the period of the approval: weeks and months by themselves are not held against it."""
    IRREGULAR = 3
    """Nobody's hours are counted."""

    @property
    def counts_weeks(self) -> bool:
        """Whether each week has its day of rest, and each month its average of hours."""
        return self is HoursSystem.STANDARD

    @property
    def counts_gaps(self) -> bool:
        """Whether there is a time between two shifts."""
        return self is not HoursSystem.IRREGULAR
