"""Every single read of a thing of attendance's, and every list under it, by the collection that it is of."""

from collections.abc import Callable, Mapping
from typing import Any

from bylaw.attendance.v1 import corrections_pb2, punches_pb2, replays_pb2
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.integration import closing_lists, leave_lists, lists, overtime_lists, photo_lists, swap_lists

Question = tuple[Callable[..., Any], Message]


def of_attendance(attendance: AttendanceService, name: str) -> Mapping[str, Callable[[], list[Question]]]:
    """What is asked about a thing of this name, if it is of a collection."""
    changes = lists.changes_of(attendance, name)
    return {
        "replays": lambda: [
            (attendance.replays.GetReplay, replays_pb2.GetReplayRequest(name=name)),
            (attendance.replays.GetReplayWorkbook, replays_pb2.GetReplayWorkbookRequest(name=name)),
            (changes.method, changes.request),
        ],
        "punchCorrections": lambda: _about_correction(attendance, name),
        "signInPhotos": lambda: photo_lists.about_photo(attendance, name),
        "leaveRequests": lambda: leave_lists.about_a_request(attendance, name),
        "objections": lambda: closing_lists.about_an_objection(attendance, name),
        "rotaSwaps": lambda: swap_lists.about_a_swap(attendance, name),
        "overtimeRequests": lambda: overtime_lists.about_a_request(attendance, name),
        "punchImports": lambda: [
            (attendance.punches.GetPunchImport, punches_pb2.GetPunchImportRequest(name=name)),
            *((walk.method, walk.request) for walk in lists.under_an_import(attendance, name).values()),
        ],
    }


def _about_correction(attendance: AttendanceService, name: str) -> list[Question]:
    """Reading it, deciding on a version that there never was, and taking that back."""
    stub, accept = attendance.corrections, corrections_pb2.AcceptPunchCorrectionRequest(name=name, etag="never")
    get = corrections_pb2.GetPunchCorrectionRequest(name=name)
    revoke = corrections_pb2.RevokePunchCorrectionRequest(name=name, text="x", etag="never")
    return [
        (stub.GetPunchCorrection, get),
        (stub.AcceptPunchCorrection, accept),
        (stub.RevokePunchCorrection, revoke),
    ]
