"""Calls about the published rota."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import rota_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.records import cell_message
from bylaw_attendance.messages.rota import copied_message, published_message
from bylaw_attendance.use_cases.forms import cell_name, number_person_and_day, sheet_month, unit_or_person
from bylaw_attendance.use_cases.rota.copy_rota import CopyRota, CopyWish
from bylaw_attendance.use_cases.rota.publish_rota import ListRota, PublishRota
from bylaw_attendance.use_cases.rota.read_rota import asked_cells

PUBLISH, READ = "attendance.rota.publish", "attendance.rota.read"


@dataclass(frozen=True, slots=True)
class RotaCalls:
    """PublishRotaCells, CopyRotaMonth, ListRotaCells, DeleteRotaCell."""

    rota: PublishRota
    copy: CopyRota
    list_: ListRota
    tokens: PageTokens

    def PublishRotaCells(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, asked = resource_id(request.parent, "units", field="parent"), asked_cells(request.rota_cells)
        reach = call.caller.reach(PUBLISH)
        done = self.rota.publish(unit, asked, call.caller, reach, only_tried=request.validate_only)
        return published_message(done)

    def CopyRotaMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = CopyWish(
            resource_id(request.parent, "units", field="parent"),
            sheet_month(request.from_month, field="from_month"),
            sheet_month(request.to_month, field="to_month"),
            only_checked=request.validate_only,
        )
        copied = self.copy.copy(wish, call.caller, call.caller.reach(PUBLISH))
        return copied_message(copied.copy, list(copied.faults), copied.published)

    def ListRotaCells(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, person = unit_or_person(request.parent, field="parent")
        found = self.list_.page(
            sheet_month(request.month, field="month"),
            call.caller.reach(READ),
            unit=unit,
            person=person,
            page=(number_person_and_day(page.position), page.limit),
        )
        token = page.token_at(found, lambda cell: [*map(str, cell.place)])
        return rota_pb2.ListRotaCellsResponse(rota_cells=map(cell_message, found[: page.size]), next_page_token=token)

    def DeleteRotaCell(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, work_date = cell_name(request.name)
        return cell_message(self.rota.withdraw(person, work_date, call.caller.reach(PUBLISH)))
