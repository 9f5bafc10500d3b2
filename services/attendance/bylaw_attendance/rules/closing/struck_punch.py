"""A punch that does not count: it stays on record, with who struck it, when and why (SHT-3, ATT-1)."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class StruckPunch(NamedTuple):
    """A punch by its identifier, and that it was struck."""

    punch: UUID
    person: UUID
    struck_at: datetime
    struck_by: str
    reason: str
