"""Puts together what exports months, and the calls about it; a part of `app.py`."""

from bylaw.attendance.v1 import exports_pb2
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server

from bylaw_attendance.apps.closing import Closing
from bylaw_attendance.apps.leave import LeaveParts
from bylaw_attendance.apps.overtime import overtime_days
from bylaw_attendance.layouts import InstalledLayouts
from bylaw_attendance.rpc.exports import LayoutCalls, MonthExportCalls
from bylaw_attendance.store import closed_bodies, closed_sheets, export_layout_faults, overtime
from bylaw_attendance.use_cases.closing.adjusted_overtime import AdjustedOvertime
from bylaw_attendance.use_cases.exports.export_month import ExportMonth
from bylaw_attendance.use_cases.exports.watch_layouts import WatchedLayouts


def add_closing(server: Server, closing: Closing, leave: LeaveParts) -> WatchedLayouts:
    """Adds the calls that end months and export them; answers what knows whether the layouts are well."""
    database, sheets = leave.own.database, closing.sheets
    days = overtime_days(leave)
    adjusted = AdjustedOvertime(overtime, closed_bodies, sheets.month, days)
    layouts = WatchedLayouts(database, InstalledLayouts(leave.book.layouts), export_layout_faults)
    exporting = ExportMonth(
        database,
        sheets.finding,
        organisation,
        closing.people(),
        closed_sheets,
        overtime,
        sheets.month,
        sheets,
        days,
        adjusted,
        layouts,
    )
    closing.add(server, MonthExportCalls(exporting), adjusted)
    server.add(exports_pb2.DESCRIPTOR.services_by_name["ExportLayouts"], LayoutCalls(layouts))
    return layouts
