"""Export layouts, watched: what one could not do is kept until it goes well again; and the list that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bylaw_chassis.database import Database
from bylaw_hooks.exporting import ExportedMonth, ExportTable

from bylaw_attendance.ports.exports import LayoutFaultStore, Layouts
from bylaw_attendance.rules.sheets.export_faults import LayoutFault, layout_fault
from bylaw_attendance.rules.sheets.export_refusals import ExportLayoutAtFault
from bylaw_attendance.rules.sheets.exported_month import OfferedLayout


class ShownLayout(NamedTuple):
    """A version of a layout, and what it could not do the last time."""

    offered: OfferedLayout
    fault: LayoutFault | None


@dataclass(frozen=True, slots=True)
class WatchedLayouts:
    """Answers `Layouts` of the ports. A failure is kept by itself: what it refuses undoes its own effect alone."""

    database: Database
    layouts: Layouts
    faults: LayoutFaultStore

    def offered(self) -> list[OfferedLayout]:
        """Every version of every layout, by name."""
        return self.layouts.offered()

    def tables(self, layout: str, month: ExportedMonth) -> Sequence[ExportTable]:
        """The tables of a month."""
        begun = self.database.clock()
        try:
            tables = self.layouts.tables(layout, month)
        except ExportLayoutAtFault as refusal:
            with self.database.engine.begin() as connection:
                self.faults.note(connection, layout_fault(refusal, self.database.clock()))
            raise
        if layout in self._on_record():
            with self.database.engine.begin() as connection:
                self.faults.settle(connection, layout, seen_before=begun)
        return tables

    def shown(self) -> list[ShownLayout]:
        """Every version of every layout, with what it could not do."""
        faults = self._on_record()
        return [ShownLayout(one, faults.get(one.layout)) for one in self.offered()]

    def is_well(self) -> bool:
        """Whether no layout that is installed failed the last time."""
        return not any(one.fault for one in self.shown())

    def _on_record(self) -> dict[str, LayoutFault]:
        with self.database.read() as connection:
            return {one.layout: one for one in self.faults.listed(connection)}
