"""Calls about punches: recorded singly and in batches, listed."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import punches_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_date, optional_id, resource_id

from bylaw_attendance.messages.records import punch_message
from bylaw_attendance.rules.judging.punch_facts import Direction, PunchWish
from bylaw_attendance.use_cases.forms import instant_and_id, known_number, short_text
from bylaw_attendance.use_cases.punches.list_punches import ListPunches
from bylaw_attendance.use_cases.punches.record_punches import RecordPunches

CREATE, READ = "attendance.punches.create", "attendance.punches.read"


@dataclass(frozen=True, slots=True)
class PunchCalls:
    """CreatePunch, BatchCreatePunches, ListPunches."""

    record: RecordPunches
    list_: ListPunches
    tokens: PageTokens

    def CreatePunch(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.punch, "punch.")
        return punch_message(self.record.one(wish, call.caller.reach(CREATE)))

    def BatchCreatePunches(self, request: Any, call: Call) -> Any:  # noqa: N802
        wishes = [_wish(punch, f"punches[{number}].") for number, punch in enumerate(request.punches)]
        recorded = self.record.batch(wishes, call.caller.reach(CREATE))
        return punches_pb2.BatchCreatePunchesResponse(taken_count=recorded.taken, repeated_count=recorded.repeated)

    def ListPunches(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        days = (
            optional_date(request.start_date, field="start_date"),
            optional_date(request.end_date, field="end_date"),
        )
        found = self.list_.page(
            resource_id(request.parent, "people", field="parent"),
            days,
            call.caller.reach(READ),
            after=instant_and_id(page.position),
            limit=page.limit,
        )
        token = page.token_at(found, lambda punch: (punch.instant.isoformat(), str(punch.id)))
        shown = found[: page.size]
        struck = self.list_.struck_among(shown)
        listed = (punch_message(punch, struck.get(punch.id)) for punch in shown)
        return punches_pb2.ListPunchesResponse(punches=listed, next_page_token=token)


def _wish(punch: Any, field: str) -> PunchWish:
    return PunchWish(
        person=optional_id(punch.person, "people", field=f"{field}person"),
        employee_number=short_text(punch.employee_number, field=f"{field}employee_number"),
        local_time=punch.local_time,
        device=punch.device,
        direction=known_number(punch.direction, Direction, field=f"{field}direction"),
        status=punch.status,
    )
