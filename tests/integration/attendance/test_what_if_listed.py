"""Replays are found again in a list and cancelled, and nobody has more under way than the setting allows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import replays_pb2 as replays
from bylaw_attendance.app import build
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from
from bylaw_chassis.values import new_id

from tests.builders.attendance import FIXED_WEEK, AttendanceService, settings
from tests.builders.people import reason
from tests.builders.what_if import CANCELLED, DONE, WhatIf

WAITING = replays.REPLAY_STATE_WAITING


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    people.person("A-1", people.unit("shop").name, people.site().name)
    attendance.assign(since="2026-01-01")
    attendance.follow_people()


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> WhatIf:
    """Anna works in the shop."""
    return WhatIf(attendance)


def names(listed: Any) -> list[str]:
    """The names of replays."""
    return [one.name for one in listed]


def test_replays_are_listed_newest_first_over_pages(office: WhatIf) -> None:
    made = [office.done("", working_days=["monday"]).name for _ in range(5)]

    assert names(office.listed(page_size=2)) == names(office.listed(page_size=1000)) == made[::-1]


def test_a_listed_replay_is_what_it_is_alone_but_for_its_faults(attendance: AttendanceService) -> None:
    people, office = attendance.people, WhatIf(attendance)
    people.person("A-1", people.unit("shop").name, people.site().name)
    attendance.follow_people()
    done = office.done("")
    assert done.faults

    (listed,) = office.listed()

    assert not listed.faults
    assert listed.fault_count == done.fault_count == 1
    done.ClearField("faults")
    assert listed == done


def test_the_list_is_of_one_state_where_that_is_asked_for(office: WhatIf) -> None:
    done = office.done("").name
    waiting, cancelled = office.start("").name, office.cancel(office.start("").name).name

    found = {state: names(office.listed(state=state)) for state in (DONE, WAITING, CANCELLED)}

    assert found == {DONE: [done], WAITING: [waiting], CANCELLED: [cancelled]}


def test_a_state_there_is_not_and_a_page_of_another_query_are_refused(office: WhatIf) -> None:
    for _ in range(2):
        office.done("")
    ask = office.attendance.replays.ListReplays
    token = ask(replays.ListReplaysRequest(page_size=1), metadata=office.attendance.everything).next_page_token
    for request, why in (
        (replays.ListReplaysRequest(state=99), "FIELD_INVALID"),  # type: ignore[arg-type]
        (replays.ListReplaysRequest(page_size=-1), "FIELD_INVALID"),
        (replays.ListReplaysRequest(state=DONE, page_token=token), "PAGE_TOKEN_INVALID"),
    ):
        with pytest.raises(grpc.RpcError) as error:
            ask(request, metadata=office.attendance.everything)
        assert reason(error.value) == why


@pytest.mark.clause("SEC-1")
def test_a_list_holds_the_own_replays_and_those_of_units_that_are_reached_whole(attendance: AttendanceService) -> None:
    people, office = attendance.people, WhatIf(attendance)
    site, company = people.site().name, people.unit("co").name
    shop, store = (people.unit(code, parent=company).name for code in ("shop", "store"))
    anna, ben = (people.person(number, unit, site).name for number, unit in (("A-1", shop), ("B-1", store)))
    attendance.assign(since="2026-01-01")
    attendance.follow_people()
    head, other = (
        attendance.caller(Scope.SUBTREE, unit=unit, person=who) for unit, who in ((shop, anna), (store, ben))
    )
    own = office.done("", caller=head).name
    of_shop, of_store, of_all = (office.done(unit).name for unit in (shop, store, ""))

    assert names(office.listed(head)) == [of_shop, own]
    assert names(office.listed(other)) == [of_store]
    assert names(office.listed()) == [of_all, of_store, of_shop, own]
    assert names(office.listed(attendance.caller(Scope.UNIT, unit=shop, person=anna))) == []
    assert names(office.listed(attendance.caller(Scope.SELF, person=anna))) == []


def test_a_third_replay_under_way_is_refused_with_the_names_of_the_two(office: WhatIf) -> None:
    two = [office.start("", "2026-01", "2026-02").name for _ in range(2)]

    refusal = too_many(office)

    assert (refusal.reason, refusal.code.name) == ("TOO_MANY_REPLAYS", "RESOURCE_EXHAUSTED")
    for said in (refusal.message_zh, refusal.message_en):
        assert all(f"{name} (fixed-week@1, 2026-01/2026-02, 0 %)" in said for name in two)
    assert len(office.listed()) == 2


def test_what_ended_or_was_cancelled_makes_room_and_others_have_room_of_their_own(office: WhatIf) -> None:
    first, _ = office.start("").name, office.start("").name
    other = office.attendance.caller(Scope.COMPANY, person="people/018f0000-0000-7000-8000-000000000001")
    assert office.start("", caller=other).state == WAITING

    office.cancel(first)
    assert office.start("").state == WAITING
    assert too_many(office).reason == "TOO_MANY_REPLAYS"
    office.run()
    assert office.start("").state == WAITING


def test_the_same_wish_again_is_answered_by_its_replay_where_there_is_no_room(office: WhatIf) -> None:
    office.start("")
    request = replays.CreateReplayRequest(
        replay=replays.Replay(first_month="2026-01", shift_pattern=FIXED_WEEK), request_id="once"
    )
    create, everything = office.attendance.replays.CreateReplay, office.attendance.everything

    assert create(request, metadata=everything) == create(request, metadata=everything)


@pytest.mark.postgresql15
def test_of_many_at_once_only_as_many_as_allowed_are_taken(office: WhatIf) -> None:
    barrier, caller = threading.Barrier(5), office.attendance.everything

    def start(_: int) -> str:
        barrier.wait()
        try:
            return office.start("", caller=caller).name
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(start, range(5)))

    assert answers.count("TOO_MANY_REPLAYS") == 3
    assert set(answers) - {"TOO_MANY_REPLAYS"} == set(names(office.listed()))


def test_the_limit_is_a_setting(office: WhatIf) -> None:
    attendance = office.attendance
    one = settings(attendance.url).model_copy(update={"replay_limit": 1})
    service = build(one, channels={"people": attendance.people.channel}, clock=attendance.clock)
    try:
        strict = WhatIf(AttendanceService(service, attendance.people, attendance.url))
        strict.start("")
        assert "at most 1 may go on" in too_many(strict).message_en
    finally:
        service.close()


def test_a_cancelled_replay_says_who_cancelled_it_and_when(office: WhatIf) -> None:
    made = office.start("")
    assert not made.canceller
    person = f"people/{new_id()}"

    ended = office.cancel(made.name, office.attendance.caller(Scope.COMPANY, person=person))

    assert (ended.canceller, ended.progress_percent) == (person, 0)
    assert ended.creator != person
    assert ended.finish_time.ToDatetime() >= made.create_time.ToDatetime()
    assert office.cancel(made.name).canceller == person, "whoever comes later has cancelled nothing"


def test_cancelling_what_has_ended_answers_it_as_it_is(office: WhatIf) -> None:
    done = office.done("")

    assert office.cancel(done.name) == done


def test_a_replay_forgotten_before_it_ran_ends_without_a_trace_and_makes_room(office: WhatIf) -> None:
    for _ in range(2):
        office.start("")
    with office.attendance.service.database.engine.begin() as connection:
        connection.exec_driver_sql("update replays set created_at = created_at - interval '31 days'")
    office.timer("forget-replays")

    assert office.listed() == []
    office.run()
    assert office.listed() == []
    assert office.start("").state == WAITING


def too_many(office: WhatIf) -> Any:
    """Why one more is refused."""
    with pytest.raises(grpc.RpcError) as error:
        office.start("")
    return refusal_from(error.value)
