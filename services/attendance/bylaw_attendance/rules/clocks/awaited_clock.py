"""A clock that card points wait for, and how it is told: which, where, and up to when it was heard (ATT-4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

MOST_NAMED = 10


class AwaitedClock(NamedTuple):
    """A clock that card points wait for; without one (None), that none of its site is known yet."""

    site: UUID
    site_code: str
    clock: UUID | None = None
    device: str = ""
    reported_until: datetime | None = None
    last_heard: str = ""
    """`reported_until` on the wall of its site; empty: it has not reported anything yet."""

    @property
    def zh(self) -> str:
        """Which clock, where, and up to when it was heard."""
        if self.clock is None:
            return f"{self.site_code} 尚无任何考勤机上报"
        heard = f"已上报至 {self.last_heard}" if self.last_heard else "从未上报"
        return f"{self.site_code} 的 {self.device or '不具名的考勤机'}（{heard}）"

    @property
    def en(self) -> str:
        """Likewise."""
        if self.clock is None:
            return f"any clock at {self.site_code}, of which none is known"
        heard = f"heard until {self.last_heard}" if self.last_heard else "never heard"
        return f"{self.device or 'the clock without a name'} at {self.site_code} ({heard})"


def told_zh(clocks: Sequence[AwaitedClock]) -> str:
    """A sentence that names the clocks, some where there are many; nothing for none."""
    named, more = "；".join(one.zh for one in clocks[:MOST_NAMED]), len(clocks) > MOST_NAMED
    return f"正在等待：{named}{f' 等 {len(clocks)} 台' if more else ''}。" if clocks else ""


def told_en(clocks: Sequence[AwaitedClock]) -> str:
    """Likewise."""
    named, more = "; ".join(one.en for one in clocks[:MOST_NAMED]), len(clocks) - MOST_NAMED
    return f" Waited for: {named}{f'; and {more} more' if more > 0 else ''}." if clocks else ""
