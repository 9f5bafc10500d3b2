"""Calls about imports of files of punches."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bylaw.attendance.v1 import punches_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.imports import IMPORTS, import_message, line_message
from bylaw_attendance.rules.imports import FileLayout, ImportState
from bylaw_attendance.use_cases.forms import (
    known_number,
    one_id,
    optional_business_date,
    optional_known,
    said_text,
    short_text,
    two_numbers,
)
from bylaw_attendance.use_cases.punches.hand_in_import import HandInImport, Handover, ShowImport
from bylaw_attendance.use_cases.punches.revoke_import import RevokeImport

PERMISSION, REVOKE = "attendance.punches.import", "attendance.punches.revoke"
LOOK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class ImportCalls:
    """Files handed in, shown, listed, watched and taken back, and the lines that were not taken."""

    hand_in: HandInImport
    show: ShowImport
    revoking: RevokeImport
    tokens: PageTokens

    def CreatePunchImport(self, request: Any, call: Call) -> Any:  # noqa: N802
        given = Handover(
            content=request.file.data,
            layout=FileLayout(known_number(request.format, FileLayout, field="format")),
            site=request.site,
            device=short_text(request.device, field="device"),
            file_name=short_text(request.file_name, field="file_name"),
            complete_until=optional_business_date(request.complete_until_date, field="complete_until_date"),
        )
        return import_message(self.hand_in.hand_in(given, call.caller, call.caller.reach(PERMISSION)))

    def GetPunchImport(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, IMPORTS)
        return import_message(self.show.show(identifier, call.caller, call.caller.reach(PERMISSION)))

    def ListPunchImports(self, request: Any, call: Call) -> Any:  # noqa: N802
        page, state = page_of(request, call, self.tokens), optional_known(request.state, ImportState, field="state")
        place = (one_id(page.position), page.limit)
        found = self.show.page(state, call.caller, call.caller.reach(PERMISSION), page=place)
        return punches_pb2.ListPunchImportsResponse(
            punch_imports=map(import_message, found[: page.size]),
            next_page_token=page.token(found, lambda one: str(one.id)),
        )

    def WatchPunchImport(self, request: Any, call: Call) -> Iterator[Any]:  # noqa: N802
        identifier = resource_id(request.name, IMPORTS)
        reach = call.caller.reach(PERMISSION)
        waited = partial(call.wait, LOOK_AGAIN_SECONDS)
        return map(import_message, self.show.watch(identifier, call.caller, reach, waited=waited))

    def RevokePunchImport(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reason = resource_id(request.name, IMPORTS), said_text(request.reason, field="reason")
        reach = call.caller.reach(REVOKE)
        return import_message(self.revoking.revoke(identifier, reason, caller=call.caller, reach=reach))

    def ListRefusedLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.show.refused_lines(
            resource_id(request.parent, IMPORTS, field="parent"),
            call.caller,
            call.caller.reach(PERMISSION),
            after=two_numbers(page.position),
            limit=page.limit,
        )
        token = page.token_at(found, lambda line: (str(line.line), str(line.ordinal)))
        return punches_pb2.ListRefusedLinesResponse(lines=map(line_message, found[: page.size]), next_page_token=token)

    def ListRepeatedLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.show.repeated_lines(
            resource_id(request.parent, IMPORTS, field="parent"),
            call.caller,
            call.caller.reach(PERMISSION),
            after=int(page.after or "0"),
            limit=page.limit,
        )
        shown = [punches_pb2.RepeatedLine(line=line, punch_count=count) for line, count in found[: page.size]]
        token = page.token(found, lambda repeated: str(repeated.line))
        return punches_pb2.ListRepeatedLinesResponse(lines=shown, next_page_token=token)
