"""What publishing cells of the rota, or copying a month of it, comes to, as messages of the contract."""

from typing import Any

from bylaw.attendance.v1 import rota_pb2
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.refusals import Violation

from bylaw_attendance.messages.records import cell_message
from bylaw_attendance.rules.rota.rota import Published
from bylaw_attendance.rules.rota.rota_copy import LeftOut, MonthCopy


def copied_message(copy: MonthCopy, faults: list[Violation], published: int) -> Any:
    """What was copied, or would be."""
    return rota_pb2.CopyRotaMonthResponse(
        rota_cells=map(cell_message, copy.cells),
        left_out=map(_left_out, copy.left_out),
        faults=map(_fault, faults),
        published_count=published,
    )


def published_message(done: Published) -> Any:
    """What became of a publication, or would."""
    return rota_pb2.PublishRotaCellsResponse(
        published_count=done.published,
        unchanged_count=done.unchanged,
        short_notice_count=done.short_notice,
        taken_back_count=done.taken_back,
        changed_cells=map(cell_message, done.changed),
        faults=map(_fault, done.faults),
    )


def _left_out(one: LeftOut) -> Any:
    reason = rota_pb2.RotaLeftOutReason.ValueType(one.reason)
    return rota_pb2.RotaLeftOut(rota_cell=cell_message(one.cell), reason=reason)


def _fault(fault: Violation) -> Any:
    return rota_pb2.RotaFault(field=fault.field, reason=fault.reason, message=LocalizedText(zh=fault.zh, en=fault.en))
