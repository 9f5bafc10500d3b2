"""Calls that export months, and about the layouts for it."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import exports_pb2
from bylaw_chassis.call import Call
from google.api.httpbody_pb2 import HttpBody

from bylaw_attendance.exported_files import exported_file
from bylaw_attendance.messages.exports import layout_message
from bylaw_attendance.use_cases.closing.closing_forms import unit_month_of
from bylaw_attendance.use_cases.exports.export_forms import export_wish
from bylaw_attendance.use_cases.exports.export_month import ExportMonth
from bylaw_attendance.use_cases.exports.watch_layouts import WatchedLayouts

READ = "attendance.months.read"


@dataclass(frozen=True, slots=True)
class MonthExportCalls:
    """ExportUnitMonth."""

    exporting: ExportMonth

    def ExportUnitMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, month = unit_month_of(request.name)
        wish = export_wish(request)
        exported = self.exporting.export(unit, month, call.caller.reach(READ), layout=wish.layout)
        data, content_type = exported_file(exported, wish.form, wish.table)
        return HttpBody(content_type=content_type, data=data)


@dataclass(frozen=True, slots=True)
class LayoutCalls:
    """ListExportLayouts."""

    layouts: WatchedLayouts

    def ListExportLayouts(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return exports_pb2.ListExportLayoutsResponse(export_layouts=map(layout_message, self.layouts.shown()))
