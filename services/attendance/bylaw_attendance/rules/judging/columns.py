"""Many punches at once as plain columns, on their way from a file to the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class PunchBatch(NamedTuple):
    """Columns of one length, and what all of the punches share. Persons are the 16 bytes of their ids."""

    line_numbers: Sequence[int]
    persons: Sequence[bytes]
    seconds: Sequence[int]
    local_texts: Sequence[str]
    offsets_minutes: Sequence[int]
    devices: Sequence[str]
    directions: Sequence[int]
    statuses: Sequence[str]
    time_zone: str
    source: str
    received_at: datetime
    import_id: UUID | None
