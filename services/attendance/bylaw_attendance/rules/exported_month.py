"""What a month's export holds for payroll: a row for each sheet, and one for each correction that counts in it."""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

LAYOUT = "bylaw-sheets-1"
"""Named in every row. A layout keeps its columns, their order and their meaning; another one has another name."""


class ExportFormat(IntEnum):
    """As what a month is exported; the numbers are the contract's."""

    UNSPECIFIED = 0
    CSV = 1
    XLSX = 2


class ExportedRow(NamedTuple):
    """A sheet with its totals, or a correction with the difference that it makes.

    `version` is that of the closed sheet; 0: the month is open, and the figures may change.
    """

    is_adjustment: bool
    month: date
    """Of the sheet; a correction counts in a later one."""
    unit_code: str
    number: str
    display_name: str
    version: int
    digest: bytes
    totals: tuple[int, ...]
    remark: str
    """Why it was corrected, or why a sheet could not be judged."""


class ExportedMonth(NamedTuple):
    """A unit's month, and those below it, by employee number: the sheets first, then the corrections."""

    unit_code: str
    month: date
    closed_count: int
    rows: Sequence[ExportedRow]
