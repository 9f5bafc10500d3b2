"""The written report of a stocktake: what differs, with its explanation, and all that was counted (WHS-6)."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.stocktake.counting import Line
from bylaw_inventory.rules.stocktake.explaining import Explained
from bylaw_inventory.rules.stocktake.stocktake import Stocktake


class ReportFormat(IntEnum):
    """What its file is; the numbers are those of the contract."""

    CSV = 1
    XLSX = 2


class StocktakeReport(NamedTuple):
    """The stocktake, all that was counted by place, what differs by number, and people by id."""

    made: Stocktake
    lines: Sequence[Line]
    differing: Sequence[Explained]
    people: Mapping[UUID, str]
