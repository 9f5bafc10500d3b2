"""A sheet shows its clauses in the words that held on the days on which they decided; its digest knows no words."""

from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import sheets_pb2
from bylaw.people.v1.staff_pb2 import GetPersonRequest
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService
from tests.builders.rulebook import RulebookCalls


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    person = people.person("A-1", unit.name, site.name).name
    times = (f"2026-02-{day} {time}" for day in ("03", "12") for time in ("08:35", "12:01", "13:50", "18:01"))
    lines = "\n".join(f"A-1\t{time}:00\t0\t1" for time in times)
    attendance.imported(lines.encode(), "HQ", complete_until_date="2026-02-28")
    return person


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works at HQ by the rulebook's week, and was late on the 3rd and on the 12th of February."""
    found: str = attendance.filled
    return found


def followed(attendance: AttendanceService) -> None:
    """What people tells is known here, as it is everywhere within seconds."""
    attendance.follow_people()
    wordings = attendance.service.server.wordings
    assert wordings
    wordings.refresh()


def words(sheet: Any, clause: str) -> list[tuple[str, str]]:
    return [(one.effective_date, one.wording.en) for one in sheet.clause_wordings if one.clause == clause]


def read_on(sheet: Any, clause: str, day: str) -> str:
    """What a reader of the contract does: the clause's last entry that begins by the day."""
    return [said for since, said in words(sheet, clause) if since <= day][-1]


@pytest.mark.postgresql15
@pytest.mark.clause("ATT-2", "HRS-5")
def test_each_finding_is_read_in_the_words_that_held_on_its_day(attendance: AttendanceService, anna: str) -> None:
    book = RulebookCalls(attendance.people)
    shipped = book.get("ATT-2").wording.en
    book.revise("ATT-2", "Ten minutes.", "2026-02-10")
    followed(attendance)

    sheet = attendance.sheet(anna, "2026-02")

    late = [(day.work_date, half.clause) for day in sheet.days for half in day.halves if half.clause == "ATT-2"]
    assert late == [("2026-02-03", "ATT-2"), ("2026-02-12", "ATT-2")]
    assert [read_on(sheet, "ATT-2", day) for day, _ in late] == [shipped, "Ten minutes."]
    shown = {half.clause for day in sheet.days for half in day.halves}
    shown |= {card.clause for day in sheet.days for half in day.halves for card in half.card_points}
    assert {one.clause for one in sheet.clause_wordings} == (shown | {day.clause for day in sheet.days}) - {""}


def test_a_wording_that_held_on_no_day_of_the_clause_is_not_in_the_sheet(
    attendance: AttendanceService, anna: str
) -> None:
    book = RulebookCalls(attendance.people)
    for day in ("2026-02-04", "2026-02-13", "2026-03-01"):
        book.revise("ATT-2", f"From {day}.", day)
    followed(attendance)

    assert words(attendance.sheet(anna, "2026-02"), "ATT-2") == [
        ("2000-01-01", book.words("ATT-2", "2026-01-01")[0]),
        ("2026-02-04", "From 2026-02-04."),
    ]


def test_another_wording_judges_nothing_anew_and_is_seen_all_the_same(attendance: AttendanceService, anna: str) -> None:
    followed(attendance)
    before, judged = attendance.sheet(anna, "2026-02"), _judged_at(attendance)
    RulebookCalls(attendance.people).revise("ATT-2", "Ten minutes.", "2026-01-01")
    followed(attendance)

    after = attendance.sheet(anna, "2026-02")

    assert (after.inputs_digest, list(after.days), after.totals) == (
        before.inputs_digest,
        list(before.days),
        before.totals,
    )
    assert _judged_at(attendance) == judged
    assert words(after, "ATT-2") == [("2026-01-01", "Ten minutes.")] != words(before, "ATT-2")
    assert after.etag != before.etag


def test_a_wording_that_the_sheet_does_not_show_leaves_its_etag(attendance: AttendanceService, anna: str) -> None:
    followed(attendance)
    before = attendance.sheet(anna, "2026-02").etag
    RulebookCalls(attendance.people).revise("WHS-1", "Count twice.", "2026-01-01")
    followed(attendance)

    assert attendance.sheet(anna, "2026-02").etag == before


def _judged_at(attendance: AttendanceService) -> list[Any]:
    with attendance.service.database.read() as connection:
        return list(connection.execute(sa.text("select person, judged_at, digest from sheets")).all())


def test_a_retired_clause_is_shown_in_its_last_words_and_says_so(attendance: AttendanceService, anna: str) -> None:
    book = RulebookCalls(attendance.people)
    book.retire("ATT-2", "2026-02-10")
    followed(attendance)

    shown = [one for one in attendance.sheet(anna, "2026-02").clause_wordings if one.clause == "ATT-2"]

    assert [(one.effective_date, one.retired) for one in shown] == [("2000-01-01", False), ("2026-02-10", True)]
    assert shown[0].wording == shown[1].wording


def test_a_page_of_sheets_says_each_wording_once_and_its_sheets_none(attendance: AttendanceService, anna: str) -> None:
    people = attendance.people
    unit = people.unit("yard")
    site = people.site("YARD")
    people.person("B-1", unit.name, site.name)
    RulebookCalls(people).revise("ATT-2", "Ten minutes.", "2026-02-10")
    followed(attendance)
    alone = attendance.sheet(anna, "2026-02")
    shop = people.staff.GetPerson(GetPersonRequest(name=anna), metadata=people.everything).appointment.unit

    page = attendance.unit_sheets(shop, "2026-02")
    totals = attendance.unit_sheets(shop, "2026-02", view=sheets_pb2.SHEET_VIEW_TOTALS)

    assert [list(sheet.clause_wordings) for sheet in page.sheets] == [[]]
    assert list(page.clause_wordings) == list(alone.clause_wordings)
    assert page.sheets[0].etag == alone.etag
    assert not totals.clause_wordings


@pytest.mark.clause("SEC-1")
def test_a_refusal_here_carries_its_clause_in_the_words_of_today(attendance: AttendanceService) -> None:
    followed(attendance)
    nothing = attendance.people.as_caller(HeldGrant(Scope.SELF, None, frozenset({"people.staff.read"})))
    RulebookCalls(attendance.people).revise("SEC-1", "Keep it to yourself.")
    RulebookCalls(attendance.people).revise("SEC-1", "From tomorrow.", "2026-03-03")
    followed(attendance)

    with pytest.raises(grpc.RpcError) as error:
        attendance.sheet("people/00000000-0000-7000-8000-000000000009", "2026-02", caller=nothing)

    refusal = refusal_from(error.value)
    assert (refusal.reason, refusal.clause) == ("PERMISSION_MISSING", "SEC-1")
    assert refusal.clause_wording
    assert refusal.clause_wording.en == "Keep it to yourself."


def test_a_hundred_refusals_by_a_clause_cost_one_query_for_its_words(attendance: AttendanceService) -> None:
    followed(attendance)
    nothing = attendance.people.as_caller(HeldGrant(Scope.SELF, None, frozenset({"people.staff.read"})))
    asked: list[str] = []
    engine = attendance.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    for _ in range(100):
        with pytest.raises(grpc.RpcError):
            attendance.sheet("people/00000000-0000-7000-8000-000000000009", "2026-02", caller=nothing)

    assert sum("clause_wordings" in statement for statement in asked) <= 2
