"""What a department's head asks for as themselves, of which only one may wait: what waits is withdrawn first."""

from typing import Any

from bylaw.attendance.v1 import corrections_pb2 as corrections
from bylaw.attendance.v1 import objections_pb2 as objections
from bylaw.attendance.v1 import punches_pb2 as punches

from tests.integration.access.conftest import Department


def correction(department: Department, head: Any, number: int) -> corrections.CreatePunchCorrectionRequest:
    """A correction of a punch of the head's own; a month takes but a few."""
    calls, waiting = "attendance.Corrections", corrections.PUNCH_CORRECTION_STATE_WAITING
    listed = corrections.ListPunchCorrectionsRequest(parent=department.head.name, state=waiting)
    for one in department.suite.ask(f"{calls}.ListPunchCorrections", listed, head).punch_corrections:
        withdraw = corrections.WithdrawPunchCorrectionRequest(name=one.name)
        department.suite.ask(f"{calls}.WithdrawPunchCorrection", withdraw, head)
    wish = corrections.PunchCorrection(
        local_time=f"2026-02-{number % 20 + 3:02} 08:20", direction=punches.DIRECTION_IN, reason="x", evidence="y"
    )
    return corrections.CreatePunchCorrectionRequest(punch_correction=wish)


def objection(department: Department, head: Any) -> objections.CreateObjectionRequest:
    """An objection to the head's own sheet."""
    calls, waiting = "attendance.Objections", objections.OBJECTION_STATE_WAITING
    listed = objections.ListObjectionsRequest(parent=department.head.name, state=waiting)
    for one in department.suite.ask(f"{calls}.ListObjections", listed, head).objections:
        department.suite.ask(f"{calls}.WithdrawObjection", objections.WithdrawObjectionRequest(name=one.name), head)
    made = objections.Objection(sheet=f"{department.head.name}/sheets/2026-02", days=["2026-02-27"], text="x")
    return objections.CreateObjectionRequest(objection=made)
