"""Swaps of the rota: two people agree, the heads of both consent, and the cells are exchanged, or nothing is."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import swaps_pb2 as swaps
from bylaw.people.v1 import notices_pb2, notices_pb2_grpc, staff_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import BY_ROTA, AttendanceService, attendance_service, cell
from tests.builders.people import identifier, reason
from tests.builders.rota_swaps import agreed, consented, swap_asked, swaps_of
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office

SIXTH, SEVENTH = "2026-07-06", "2026-07-07"
ANNAS = ("2026-07-04", "2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27")
BENS = ("2026-07-05", "2026-07-07", "2026-07-14", "2026-07-21", "2026-07-28")


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """In July Anna rests on Mondays and Ben on Tuesdays, each with a head of their own; Cleo works in the store."""
    with attendance_service(postgres, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


def office_in(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    team = people.unit("team", company).name
    anna = people.person("A-1", shop, site).name
    ben, cleo = people.person("B-1", team, site).name, people.person("C-1", store, site).name
    attendance.assign(company, since="2026-01-01", pattern=BY_ROTA)
    attendance.publish(shop, *(cell(anna, day, "rest") for day in ANNAS))
    attendance.publish(team, *(cell(ben, day, "rest") for day in BENS))
    return shop, team, store, anna, ben, cleo, site


def head(office: Office, unit: str, person: str = "") -> Any:
    return office.attendance.caller(Scope.SUBTREE, unit=unit, person=person)


def asked(office: Office) -> swaps.RotaSwap:
    """Anna asks Ben for the second rest of July."""
    return swap_asked(office.attendance, office.anna, office.ben, SIXTH, SEVENTH)


def rests(office: Office, person: str) -> list[str]:
    return [day for _, day, _ in office.cells(person, "2026-07")]


def refused(ask: Callable[[], Any]) -> Refusal:
    with pytest.raises(grpc.RpcError) as error:
        ask()
    return refusal_from(error.value)


@pytest.mark.clause("HRS-2", "ORG-3")
@pytest.mark.postgresql15
def test_days_of_rest_are_exchanged_when_both_people_agree_and_the_heads_of_both_consent(office: Office) -> None:
    made = asked(office)
    assert (made.state, made.employee_number, made.other_employee_number) == (1, "A-1", "B-1")
    assert agreed(office.attendance, made, office.ben).state == swaps.ROTA_SWAP_STATE_AGREED
    first = consented(office.attendance, made, head(office, office.shop, office.cleo))
    assert (first.state, first.consent.consented_by, first.HasField("other_consent")) == (2, office.cleo, False)
    assert rests(office, office.anna) == list(ANNAS)

    done = consented(office.attendance, made, head(office, office.team, office.cleo))

    assert (done.state, done.other_consent.consented_by, done.ended_by) == (3, office.cleo, office.cleo)
    assert rests(office, office.anna) == [ANNAS[0], SEVENTH, *ANNAS[2:]]
    assert rests(office, office.ben) == [BENS[0], SIXTH, *BENS[2:]]
    assert [one.name for one in listed(office.attendance, office.anna)] == [made.name]


@pytest.mark.clause("HRS-2")
def test_the_other_is_named_by_employee_number_as_well_and_once_only(office: Office) -> None:
    attendance = office.attendance
    days = (SIXTH, SEVENTH)
    for wish, field in (
        (
            swaps.RotaSwap(other_person=office.ben, other_employee_number="B-1", work_dates=days),
            "other_employee_number",
        ),
        (swaps.RotaSwap(work_dates=days), "other_person"),
        (swaps.RotaSwap(other_employee_number="A-1", work_dates=days), "other_employee_number"),
        (swaps.RotaSwap(other_employee_number="B-1\0", work_dates=days), "other_employee_number"),
    ):
        found = refused(lambda wish=wish: wished(office, wish))
        assert (found.reason, [one.field for one in found.violations]) == ("FIELD_INVALID", [f"rota_swap.{field}"])
    nobody = refused(lambda: wished(office, swaps.RotaSwap(other_employee_number="Z-9", work_dates=days)))
    assert (nobody.reason, nobody.variables["person"]) == ("PERSON_NOT_FOUND", "Z-9")
    assert listed(attendance, office.anna) == [], "nothing is half stored"

    made = wished(office, swaps.RotaSwap(other_employee_number="B-1", work_dates=days))
    assert (made.other_person, made.other_employee_number, made.state) == (office.ben, "B-1", 1)
    assert agreed(attendance, made, office.ben).state == swaps.ROTA_SWAP_STATE_AGREED


@pytest.mark.clause("HRS-2")
def test_a_head_of_both_consents_for_both_at_once(office: Office) -> None:
    made = asked(office)
    agreed(office.attendance, made, office.ben)
    done = consented(office.attendance, made, office.attendance.everything)
    assert (done.state, rests(office, office.anna)[1]) == (swaps.ROTA_SWAP_STATE_DONE, SEVENTH)


@pytest.mark.clause("HRS-2", "ORG-3")
def test_the_other_person_agrees_first_and_nobody_consents_to_a_swap_of_their_own(office: Office) -> None:
    made, attendance = asked(office), office.attendance
    early = refused(lambda: consented(attendance, made, head(office, office.shop)))
    assert (early.reason, early.clause) == ("ROTA_SWAP_NOT_AGREED", "HRS-2")
    asker = refused(lambda: agreed(attendance, made, office.anna))
    assert (asker.reason, asker.variables["people_en"]) == ("ROTA_SWAP_NOT_OWN", "B-1"), "whoever was asked agrees"
    assert refused(lambda: agreed(attendance, made, office.cleo)).reason == "ROTA_SWAP_NOT_FOUND"
    request = swaps.AgreeRotaSwapRequest(name=made.name)
    seen = refused(lambda: swaps_of(attendance).AgreeRotaSwap(request, metadata=head(office, office.shop)))
    assert (seen.reason, seen.clause) == ("ROTA_SWAP_NOT_OWN", "HRS-2")
    back = swaps.WithdrawRotaSwapRequest(name=made.name)
    both = refused(lambda: swaps_of(attendance).WithdrawRotaSwap(back, metadata=head(office, office.shop)))
    assert (both.reason, both.variables["people_en"]) == ("ROTA_SWAP_NOT_OWN", "A-1 or B-1")
    agreed(attendance, made, office.ben)
    assert refused(lambda: agreed(attendance, made, office.ben)).reason == "ROTA_SWAP_OVER"
    own = refused(lambda: consented(attendance, made, head(office, office.shop, office.anna)))
    assert (own.reason, own.clause) == ("ROTA_SWAP_OWN", "ORG-3")
    strangers = refused(lambda: consented(attendance, made, head(office, office.store)))
    assert strangers.reason == "ROTA_SWAP_NOT_FOUND"
    consented(attendance, made, head(office, office.shop))
    again = refused(lambda: consented(attendance, made, head(office, office.shop)))
    assert again.reason == "ROTA_SWAP_OVER"


@pytest.mark.clause("HRS-2")
def test_a_swap_with_somebody_who_leaves_before_the_day_is_refused_when_asked_and_when_it_is_to_be_done(
    office: Office,
) -> None:
    attendance, people = office.attendance, office.attendance.people
    leaver = people.person("D-1", office.shop, office.site, until="2026-07-06").name
    found = refused(lambda: swap_asked(attendance, office.anna, leaver, SIXTH, SEVENTH))
    assert (found.reason, "D-1 is not employed on 2026-07-07" in found.message_en) == ("PERSON_NOT_EMPLOYED", True)
    assert listed(attendance, office.anna) == []
    made = asked(office)
    agreed(attendance, made, office.ben)
    ends = staff_pb2.EndEmploymentRequest(name=office.ben, last_date=SIXTH)
    people.staff.EndEmployment(ends, metadata=people.everything)
    attendance.follow_people()

    late = refused(lambda: consented(attendance, made, attendance.everything))

    assert late.reason == "PERSON_NOT_EMPLOYED"
    assert (rests(office, office.anna), one(attendance, made).state) == (list(ANNAS), swaps.ROTA_SWAP_STATE_AGREED)


@pytest.mark.clause("HRS-7")
def test_a_swap_that_leaves_somebody_a_week_without_rest_is_refused_naming_cap_and_week(office: Office) -> None:
    """Anna's Monday for Ben's of the week after: either has a week without."""
    found = refused(lambda: swap_asked(office.attendance, office.anna, office.ben, SIXTH, "2026-07-14"))
    assert (found.reason, found.clause) == ("ROTA_REFUSED", "HRS-7")
    assert {one.field for one in found.violations} == {"work_dates"}, "whoever swaps sent no cells"
    assert {(one.reason, one.en[:3]) for one in found.violations} == {
        ("ROTA_WEEK_WITHOUT_REST", "A-1"),
        ("ROTA_WEEK_WITHOUT_REST", "B-1"),
    }
    assert "2026-07-06 to 2026-07-12" in found.violations[0].en


def test_what_is_past_what_is_the_same_and_what_waits_already_is_refused(office: Office) -> None:
    attendance = office.attendance
    past = refused(lambda: swap_asked(attendance, office.anna, office.ben, "2026-02-03"))
    assert past.reason == "ROTA_SWAP_PAST"
    same = refused(lambda: swap_asked(attendance, office.anna, office.ben, "2026-07-08"))
    assert same.reason == "ROTA_SWAP_NOTHING"
    made = asked(office)
    waits = refused(lambda: swap_asked(attendance, office.ben, office.anna, SEVENTH, SIXTH))
    assert (waits.reason, waits.variables["swap"]) == ("ROTA_SWAP_ASKED", made.name)
    for other, days, field in (
        (office.anna, (SIXTH,), "rota_swap.other_person"),
        (office.ben, (), "rota_swap.work_dates"),
        (office.ben, (SIXTH, SIXTH), "rota_swap.work_dates"),
        (office.ben, ("July",), "rota_swap.work_dates[0]"),
    ):
        found = refused(lambda other=other, days=days: swap_asked(attendance, office.anna, other, *days))
        assert [one.field for one in found.violations] == [field]


def test_either_takes_a_swap_back_while_it_waits_and_a_head_turns_it_down_with_words(office: Office) -> None:
    attendance = office.attendance
    made = asked(office)
    assert withdrawn(attendance, made, office.ben).state == swaps.ROTA_SWAP_STATE_WITHDRAWN
    assert refused(lambda: withdrawn(attendance, made, office.anna)).reason == "ROTA_SWAP_OVER"
    made = asked(office)
    request = swaps.RefuseRotaSwapRequest(name=made.name, text=" ")
    silent = refused(lambda: swaps_of(attendance).RefuseRotaSwap(request, metadata=head(office, office.team)))
    assert [one.field for one in silent.violations] == ["text"]
    request.text = "too busy"
    down = swaps_of(attendance).RefuseRotaSwap(request, metadata=head(office, office.team, office.cleo))
    assert (down.state, down.end_text, down.ended_by) == (4, "too busy", office.cleo)
    assert rests(office, office.anna) == list(ANNAS)
    assert [one.state for one in listed(attendance, office.ben)] == [4, 5]


def test_a_swap_that_changed_since_it_was_seen_is_left_as_it_is(office: Office) -> None:
    made, attendance = asked(office), office.attendance
    seen = agreed(attendance, made, office.ben, etag=made.etag)
    stale = refused(lambda: consented(attendance, made, attendance.everything, etag=made.etag))
    assert stale.reason == "ROTA_SWAP_CHANGED"
    assert consented(attendance, made, attendance.everything, etag=seen.etag).state == swaps.ROTA_SWAP_STATE_DONE


@pytest.mark.clause("ORG-3")
def test_two_heads_and_an_employee_who_act_at_once_end_a_swap_once(office: Office) -> None:
    """Whichever comes first: done with both consents and both rotas exchanged, or withdrawn with neither."""
    attendance, made = office.attendance, asked(office)
    agreed(attendance, made, office.ben)
    start, outcomes = threading.Barrier(3), []

    def act(ask: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes.append(ask().state)
        except grpc.RpcError as error:
            outcomes.append(reason(error))

    acts = (
        lambda: consented(attendance, made, head(office, office.shop)),
        lambda: consented(attendance, made, head(office, office.team)),
        lambda: withdrawn(attendance, made, office.anna),
    )
    threads = [threading.Thread(target=act, args=(ask,)) for ask in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ended = one(attendance, made)
    moved = rests(office, office.anna) != list(ANNAS)
    assert (ended.state == swaps.ROTA_SWAP_STATE_DONE) == moved == (rests(office, office.ben) != list(BENS))
    assert ended.state in (swaps.ROTA_SWAP_STATE_DONE, swaps.ROTA_SWAP_STATE_WITHDRAWN)
    assert outcomes.count(ended.state) == 1


def wished(office: Office, wish: swaps.RotaSwap) -> swaps.RotaSwap:
    request = swaps.CreateRotaSwapRequest(rota_swap=wish)
    metadata = office.attendance.caller(Scope.SELF, person=office.anna)
    return swaps_of(office.attendance).CreateRotaSwap(request, metadata=metadata)


def listed(attendance: AttendanceService, person: str) -> list[swaps.RotaSwap]:
    caller = attendance.caller(Scope.SELF, person=person)
    return list(swaps_of(attendance).ListRotaSwaps(swaps.ListRotaSwapsRequest(), metadata=caller).rota_swaps)


def one(attendance: AttendanceService, made: swaps.RotaSwap) -> swaps.RotaSwap:
    return swaps_of(attendance).GetRotaSwap(swaps.GetRotaSwapRequest(name=made.name), metadata=attendance.everything)


def withdrawn(attendance: AttendanceService, made: swaps.RotaSwap, person: str) -> swaps.RotaSwap:
    request = swaps.WithdrawRotaSwapRequest(name=made.name)
    return swaps_of(attendance).WithdrawRotaSwap(request, metadata=attendance.caller(Scope.SELF, person=person))


@pytest.mark.clause("PLN-2")
def test_whoever_is_asked_and_both_at_the_end_are_told_by_a_notice(office: Office) -> None:
    attendance, made = office.attendance, asked(office)
    assert titles(attendance, office.ben) == ["Somebody asks to swap days with you"]
    agreed(attendance, made, office.ben)
    consented(attendance, made, attendance.everything)
    assert titles(attendance, office.anna) == ["Your swap is done"]
    assert titles(attendance, office.ben) == ["Your swap is done", "Somebody asks to swap days with you"]


def titles(attendance: AttendanceService, person: str) -> list[str]:
    """Of somebody's notices, the newest first, when all that is due was sent."""
    while attendance.service.runner.run_one(["tell-people"]):
        pass
    people = attendance.people
    reader = people.as_caller(HeldGrant(Scope.SELF, None, frozenset()), person=identifier(person))
    found = notices_pb2_grpc.NoticesStub(people.channel).ListNotices(notices_pb2.ListNoticesRequest(), metadata=reader)
    return [one.title.en for one in found.notices]
