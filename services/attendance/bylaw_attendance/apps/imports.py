"""Puts together what takes files of punches in, and takes imports back; a part of `app.py`."""

from bylaw_chassis.member import Member

from bylaw_attendance.rpc.imports import ImportCalls
from bylaw_attendance.store import clocks, closed_months, import_revocations, imports
from bylaw_attendance.use_cases.punches.hand_in_import import HandInImport, ShowImport
from bylaw_attendance.use_cases.punches.revoke_import import RevokeImport
from bylaw_attendance.use_cases.sheets.finding import Finding


def import_calls(own: Member, finding: Finding) -> ImportCalls:
    """The calls about imports."""
    database, shown = own.database, ShowImport(own.database, imports)
    revoking = RevokeImport(database, shown, imports, import_revocations, clocks, closed_months)
    return ImportCalls(HandInImport(database, finding, imports), shown, revoking, own.page_tokens)
