"""Which of two versions of an order counts: the newer one, and never one that takes the order back (ORD-1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bylaw_orders.rules.orders.order import SourceState

_RANK = {
    SourceState.UNPAID: 0,
    SourceState.PAID: 1,
    SourceState.BLOCKED: 1,
    SourceState.SHIPPED_IN_PART: 2,
    SourceState.SHIPPED: 3,
    SourceState.SIGNED: 4,
    SourceState.FINISHED: 5,
    SourceState.CLOSED: 6,
}


class Version(Enum):
    """What a version is to the one on record."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Seen:
    """A version: when its source last changed it (none: not told), where it stood, a keyed digest of what was told."""

    source_at: datetime | None
    source_state: SourceState
    digest: bytes


def compared(kept: Seen, came: Seen) -> Version:
    """The same content is a repeat whatever its instant. Where both tell their instant it decides.

    Else another content is newer, unless it stands at an earlier state: a late copy does not take an order back.
    """
    if came.digest == kept.digest:
        return Version.SAME
    if came.source_at and kept.source_at:
        return Version.NEWER if came.source_at > kept.source_at else Version.OLDER
    return Version.OLDER if _RANK[came.source_state] < _RANK[kept.source_state] else Version.NEWER
