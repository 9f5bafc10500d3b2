"""Export layouts as messages of the contract."""

from typing import Any

from bylaw.attendance.v1 import exports_pb2

from bylaw_attendance.messages.records import text, timestamp
from bylaw_attendance.rules.sheets.export_faults import LayoutFault, refusal_of_layout
from bylaw_attendance.rules.sheets.exported_month import COLLECTION
from bylaw_attendance.use_cases.exports.watch_layouts import ShownLayout


def layout_message(shown: ShownLayout) -> Any:
    """A version of a layout, and what it could not do the last time."""
    offered = shown.offered
    return exports_pb2.ExportLayout(
        name=f"{COLLECTION}/{offered.layout}",
        title=text(offered.title_zh, offered.title_en),
        distribution=offered.distribution,
        encoding=offered.encoding,
        fault=_fault_message(shown.fault) if shown.fault else None,
    )


def _fault_message(fault: LayoutFault) -> Any:
    told = refusal_of_layout(fault)
    return exports_pb2.ExportLayoutFault(
        reason=fault.reason,
        rule=fault.rule,
        message=text(told.message_zh, told.message_en),
        first_seen_time=timestamp(fault.first_seen),
        last_seen_time=timestamp(fault.last_seen),
        seen_count=fault.seen_count,
    )
