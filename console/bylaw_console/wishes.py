"""What somebody has asked for, whatever its kind, as one row of a list: what, when, where it stands, who decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import corrections_pb2, leave_pb2, objections_pb2, overtime_pb2, swaps_pb2

from bylaw_console.desk import Desk, path_of

WAITS, AGREED, REFUSED, OVER = "leave", "good", "missing", "plain"
"""The marks of where something stands."""

STANDS: Mapping[str, str] = {
    "WAITING": WAITS,
    "ASKED": WAITS,
    "AGREED": AGREED,
    "ACCEPTED": AGREED,
    "DONE": AGREED,
    "UPHELD": AGREED,
    "REFUSED": REFUSED,
    "DISMISSED": REFUSED,
}
"""By the end of a state's name; a swap's AGREED waits for a head and is told apart where it is read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request of any kind. `by` and `other` are people by resource name; `decides` says in words who decides."""

    name: str
    kind: str
    etag: str
    title: str
    when: str
    note: str
    state: str
    mark: str
    asked: Any
    path: str = ""
    decision: str = ""
    decides: str = ""
    by: str = ""
    other: str = ""
    answer: str = ""
    has_way_back: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where requests of a kind come from: `ask` takes desk, rows and page token, `rows` names the field of them."""

    kind: str
    needs: str
    may_ask: str
    ask: Callable[[Desk, int, str], Any]
    rows: str
    read: Callable[[Any, Desk], Wish]
    withdraw: Callable[..., Any]

    @property
    def word(self) -> str:
        """Its name in the words of the console."""
        return f"wish.{self.kind}"

    def wishes(self, desk: Desk, rows: int, token: str) -> tuple[list[Wish], str]:
        """A page of those of whoever is signed in, and where the next one begins."""
        found = desk.ask(self.ask(desk, rows, token))
        own = [one for one in getattr(found, self.rows) if _is_own(one, desk.me.person)]
        return [self.read(one, desk) for one in own], found.next_page_token


def span_of(one: Any, desk: Desk) -> str:
    """The days of a request for leave, with halves and hours."""
    if one.start_time:
        return f"{desk.day(one.start_date)} {one.start_time}–{one.end_time}"
    first, last = desk.day(one.start_date), desk.day(one.end_date or one.start_date)
    if one.start_half == leave_pb2.DAY_HALF_SECOND:
        first = desk.t("wish.second_half", day=first)
    if one.end_half == leave_pb2.DAY_HALF_FIRST:
        last = desk.t("wish.first_half", day=last)
    if (one.end_date or one.start_date) == one.start_date:
        return last if one.end_half == leave_pb2.DAY_HALF_FIRST else first
    return f"{first} – {last}"


def approvers_of(one: Any, desk: Desk) -> str:
    """Whom the policy wants asked for leave, in order."""
    return " → ".join(desk.t(f"approver.{step}") for step in one.approval_steps)


def mark_of(one: Any) -> str:
    """How the state of a request is coloured."""
    kind = one.DESCRIPTOR.fields_by_name["state"].enum_type
    return STANDS.get(kind.values_by_number[one.state].name.rpartition("_")[2], OVER)


def _is_own(one: Any, person: str) -> bool:
    if isinstance(one, swaps_pb2.RotaSwap):
        return person in {one.person, one.other_person}
    if isinstance(one, objections_pb2.Objection):
        return one.sheet.startswith(f"{person}/")
    return bool(one.person == person)


def _leave(one: leave_pb2.LeaveRequest, desk: Desk) -> Wish:
    waits = one.state == leave_pb2.LEAVE_REQUEST_STATE_WAITING
    return Wish(
        one.name, "leave", one.etag, desk.text(one.title), span_of(one, desk), one.reason,
        desk.named(one, "state"), mark_of(one), one.create_time,
        path=path_of("requests", "leave", one.name), decision=one.decision, by=one.changed_by, answer=one.change_text,
        decides=approvers_of(one, desk) if waits else "", has_way_back=waits,
    )  # fmt: skip


def _overtime(one: overtime_pb2.OvertimeRequest, desk: Desk) -> Wish:
    waits = one.state == overtime_pb2.OVERTIME_STATE_WAITING
    found = desk.t("wish.found", asked=desk.minutes(one.asked_minutes), found=desk.minutes(one.found_minutes))
    changed = desk.t("wish.day_changed") if one.day_changed else ""
    return Wish(
        one.name, "overtime", one.etag, f"{desk.named(one, 'compensation')} {one.percent}%",
        f"{desk.day(one.work_date)} {one.hours}", one.reason, desk.named(one, "state"), mark_of(one), one.ask_time,
        decision=one.decision, decides=desk.t("wish.head_decides") if waits else "",
        answer=changed or (found if one.settled else ""),
        has_way_back=waits or (one.state == overtime_pb2.OVERTIME_STATE_AGREED and not one.settled),
    )  # fmt: skip


def _correction(one: corrections_pb2.PunchCorrection, desk: Desk) -> Wish:
    waits = one.state == corrections_pb2.PUNCH_CORRECTION_STATE_WAITING
    return Wish(
        one.name, "correction", one.etag, desk.named(one, "direction"),
        f"{desk.day(one.local_time[:10])} {one.local_time[11:16]}", one.reason, desk.named(one, "state"), mark_of(one),
        one.create_time, decides=desk.t("wish.head_decides") if waits else "", by=one.ended_by, answer=one.end_text,
        has_way_back=waits,
    )  # fmt: skip


def _swap(one: swaps_pb2.RotaSwap, desk: Desk) -> Wish:
    open_states = {swaps_pb2.ROTA_SWAP_STATE_ASKED, swaps_pb2.ROTA_SWAP_STATE_AGREED}
    is_mine = one.person == desk.me.person
    decides = {
        swaps_pb2.ROTA_SWAP_STATE_ASKED: desk.t("wish.other_agrees") if is_mine else desk.t("wish.you_agree"),
        swaps_pb2.ROTA_SWAP_STATE_AGREED: desk.t("wish.heads_consent"),
    }
    return Wish(
        one.name, "swap", one.etag, one.other_employee_number if is_mine else one.employee_number,
        "、".join(map(desk.day, one.work_dates)) if desk.language == "zh" else ", ".join(map(desk.day, one.work_dates)),
        one.reason, desk.named(one, "state"), WAITS if one.state in open_states else mark_of(one), one.create_time,
        decides=decides.get(one.state, ""), by=one.ended_by, other=one.other_person if is_mine else one.person,
        answer=one.end_text, has_way_back=one.state in open_states,
    )  # fmt: skip


def _objection(one: objections_pb2.Objection, desk: Desk) -> Wish:
    waits = one.state == objections_pb2.OBJECTION_STATE_WAITING
    month = one.sheet.rpartition("/")[2]
    return Wish(
        one.name, "objection", one.etag, desk.month(month), " ".join(map(desk.day, one.days)), one.text,
        desk.named(one, "state"), mark_of(one), one.create_time, path=path_of("month", month),
        decides=desk.t("wish.head_and_hr") if waits else "", by=one.ended_by, answer=one.answer, has_way_back=waits,
    )  # fmt: skip


SOURCES = (
    Source(
        "leave", "attendance.leave.read", "attendance.leave.create",
        lambda desk, rows, token: leave_pb2.ListLeaveRequestsRequest(
            parent=desk.me.person, page_size=rows, page_token=token
        ),
        "leave_requests", _leave, leave_pb2.CancelLeaveRequestRequest,
    ),
    Source(
        "overtime", "attendance.overtime.read", "attendance.overtime.create",
        lambda desk, rows, token: overtime_pb2.ListOvertimeRequestsRequest(
            parent=desk.me.person, page_size=rows, page_token=token
        ),
        "overtime_requests", _overtime, overtime_pb2.WithdrawOvertimeRequestRequest,
    ),
    Source(
        "correction", "attendance.corrections.read", "attendance.corrections.create",
        lambda desk, rows, token: corrections_pb2.ListPunchCorrectionsRequest(
            parent=desk.me.person, page_size=rows, page_token=token
        ),
        "punch_corrections", _correction, corrections_pb2.WithdrawPunchCorrectionRequest,
    ),
    Source(
        "swap", "attendance.swaps.read", "attendance.swaps.create",
        lambda _desk, rows, token: swaps_pb2.ListRotaSwapsRequest(page_size=rows, page_token=token),
        "rota_swaps", _swap, swaps_pb2.WithdrawRotaSwapRequest,
    ),
    Source(
        "objection", "attendance.objections.read", "attendance.objections.create",
        lambda desk, rows, token: objections_pb2.ListObjectionsRequest(
            parent=desk.me.person, page_size=rows, page_token=token
        ),
        "objections", _objection, objections_pb2.WithdrawObjectionRequest,
    ),
)  # fmt: skip
