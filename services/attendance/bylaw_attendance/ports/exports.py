"""What exporting needs: the layouts that are installed, and what is kept of those at fault."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_hooks.exporting import ExportedMonth, ExportTable

from bylaw_attendance.rules.sheets.export_faults import LayoutFault
from bylaw_attendance.rules.sheets.exported_month import OfferedLayout
from bylaw_attendance.rules.sheets.sheet import KeptSheet

Version = tuple[UUID, date, int]
"""A person's month, and which version of its closed sheet."""


class Layouts(Protocol):
    """The layouts that plugins offer; see `layouts`."""

    def offered(self) -> list[OfferedLayout]:
        """Every version of every layout, by name."""
        ...

    def tables(self, layout: str, month: ExportedMonth) -> Sequence[ExportTable]:
        """The tables of a month; refuses EXPORT_LAYOUT_NOT_FOUND, and what the layout could not do."""
        ...


class ClosedBodies(Protocol):
    """Bodies of closed sheets' versions; see `store.closed_bodies`."""

    def bodies(self, connection: sa.Connection, versions: Collection[Version]) -> dict[Version, KeptSheet]: ...


class LayoutFaultStore(Protocol):
    """Layouts at fault; see `store.export_layout_faults`."""

    def note(self, connection: sa.Connection, fault: LayoutFault) -> None: ...
    def settle(self, connection: sa.Connection, layout: str, *, seen_before: datetime) -> None: ...
    def listed(self, connection: sa.Connection) -> list[LayoutFault]: ...
