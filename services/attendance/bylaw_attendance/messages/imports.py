"""Imports of punches as messages of the contract: how they stand, their lines, that one was taken back."""

from typing import Any

from bylaw.attendance.v1 import punches_pb2
from bylaw.types.v1 import import_line_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import text, timestamp
from bylaw_attendance.rules.import_revocation import Revocation
from bylaw_attendance.rules.imports import PunchImport, RefusedLine

IMPORTS = "punchImports"


def line_message(line: RefusedLine) -> Any:
    """A refused line."""
    return import_line_pb2.ImportLine(
        line=line.line, field=line.field, reason=line.reason, message=text(line.zh, line.en)
    )


def import_message(made: PunchImport) -> Any:
    """An import as it stands."""
    return punches_pb2.PunchImport(
        name=resource_name(IMPORTS, made.id),
        state=punches_pb2.ImportState.ValueType(made.state),
        file_name=made.file_name,
        read_count=made.read_count,
        taken_count=made.taken_count,
        repeated_count=made.repeated_count,
        refused_count=made.refused_count,
        progress_percent=made.progress_percent,
        refusal=line_message(made.refusal) if made.refusal else None,
        create_time=timestamp(made.created_at),
        finish_time=timestamp(made.finished_at),
        warning=line_message(made.warning) if made.warning else None,
        revocation=_revocation(made.revocation) if made.revocation else None,
        site=resource_name("sites", made.site),
    )


def _revocation(made: Revocation) -> Any:
    return punches_pb2.PunchImportRevocation(
        revoke_time=timestamp(made.revoked_at),
        revoked_by=resource_name("people", caller_by_key(made.revoked_by).person),
        reason=made.reason,
        struck_count=made.struck_count,
        remaining_count=made.remaining_count,
        remaining=[
            punches_pb2.RemainingPunches(sheet=one.sheet, employee_number=one.number, punch_count=one.punch_count)
            for one in made.remaining
        ],
        hand_in_again=[resource_name(IMPORTS, one) for one in made.again],
    )
