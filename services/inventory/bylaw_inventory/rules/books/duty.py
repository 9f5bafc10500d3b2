"""What is done of the duties to close days and hand months over, as the job that tells people keeps it (WHS-4, 5)."""

import json
from datetime import date
from typing import NamedTuple
from uuid import UUID


class DutyDone(NamedTuple):
    """Of which duty what was due on which dates is done, by which record, by whom."""

    duty: str
    due: tuple[date, ...]
    record: str
    by: UUID | None

    def pack(self) -> bytes:
        """As bytes."""
        due = [day.isoformat() for day in self.due]
        return json.dumps((self.duty, due, self.record, str(self.by) if self.by else "")).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> "DutyDone":
        """From its bytes."""
        duty, due, record, by = json.loads(packed)
        return cls(duty, tuple(map(date.fromisoformat, due)), record, UUID(by) if by else None)


def day_duty(warehouse: UUID) -> str:
    """Under which key the duty to close a warehouse's days is declared."""
    return f"close-days-{warehouse}"


def month_duty(warehouse: UUID) -> str:
    """Under which key the duty to hand a warehouse's months over is declared."""
    return f"stock-months-{warehouse}"
