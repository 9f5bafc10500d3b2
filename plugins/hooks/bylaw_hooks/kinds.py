"""What can be found of a card or of half a day."""

from enum import IntEnum


class Kind(IntEnum):
    """What is found of a card or of a half, in order of gravity: a half is as grave as its graver card.

    Leave that was required outweighs a missing card, or not stamping at noon would be cheaper than stamping.
    """

    UNASKED = 0
    ON_TIME = 1
    WORKED = 1
    """The same, said of a half."""
    EARLY = 2
    LATE = 3
    MISSING_CARD = 4
    LEAVE_REQUIRED = 5
    ABSENT = 6
    PENDING = 7
