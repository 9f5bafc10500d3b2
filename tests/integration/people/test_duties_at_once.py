"""Duties under load and under races: each occurrence is made once, closed once, reminded of once and escalated once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import duties_pb2 as messages
from bylaw_chassis.official_calendar import official_day
from bylaw_chassis.values import new_id
from bylaw_people.app import build
from bylaw_people.ports import Needs
from bylaw_people.rules.access.permissions import Permissions
from bylaw_people.rules.duties.duty import DutyTerms, Whose
from bylaw_people.rules.duties.schedule import Rhythm
from bylaw_people.rules.organisation import Wording
from bylaw_people.store.duty_rows import terms_row
from bylaw_people.store.duty_tables import duties, duty_terms
from bylaw_people.store.rows import Stamp
from bylaw_people.store.work import Store
from bylaw_people.use_cases.duties.follow_up import escalate, remind
from bylaw_people.use_cases.duties.make_occurrences import AHEAD, make_occurrences

from tests.builders.notices import Office, duty
from tests.builders.people import QUICK, PeopleService, identifier, reason, settings
from tests.integration.people.conftest import Shop


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop.service)


@pytest.fixture
def other(shop: Shop) -> Iterator[PeopleService]:
    """The second worker."""
    first = shop.service
    service = build(settings(first.url), clock=first.clock, check=QUICK)
    yield PeopleService(service, first.clock, first.url, first.administrator)
    service.close()


def needs_of(shop: Shop) -> Needs:
    database = shop.service.service.database
    return Needs(Store(database), database.clock, ZoneInfo("Asia/Shanghai"), {}, Permissions(frozenset()), bool, bool)


def together(*tasks: Callable[[], Any]) -> list[Any]:
    """What tasks answer that begin at the same moment; a refusal's reason where one is refused."""
    gate, answers = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], Any]) -> None:
        gate.wait()
        try:
            answers.append(task())
        except grpc.RpcError as refused:
            answers.append(reason(refused))

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def count(shop: Shop, statement: str) -> int:
    with shop.service.service.database.read() as connection:
        return int(connection.execute(sa.text(statement)).scalar_one())


def daily(shop: Shop, how_many: int, whose: Whose) -> None:
    """Duties of which nothing has been made yet."""
    six, stamp = datetime(2026, 3, 3, 18, tzinfo=UTC).time(), Stamp(shop.service.clock(), None)
    terms = DutyTerms(date(2026, 3, 3), Wording("三检查", "Checks"), whose, Rhythm.DAILY, six, remind_minutes=60)
    ids = [new_id() for _ in range(how_many)]
    row = {"service": "", "key": "", "revision": 1, "made_until": date(2026, 3, 2), **stamp.recorded}
    with shop.service.service.database.engine.begin() as connection:
        connection.execute(duties.insert(), [{"id": one, **row} for one in ids])
        connection.execute(duty_terms.insert(), [terms_row(one, replace(terms, id=new_id()), stamp) for one in ids])


def test_two_workers_make_each_occurrence_once(shop: Shop) -> None:
    daily(shop, 40, Whose(person=identifier(shop.wang.name)))
    needs = needs_of(shop)
    made = together(*([lambda: make_occurrences(needs, official_day)] * 4))
    assert sum(made) == 40
    days = (shop.service.clock().date() + AHEAD - date(2026, 3, 3)).days + 1
    assert count(shop, "select count(*) from duty_occurrences") == 40 * days
    assert make_occurrences(needs, official_day) == 0
    shop.service.clock.pass_time(days=1)
    assert make_occurrences(needs, official_day) == 40
    assert count(shop, "select count(*) from duty_occurrences") == 40 * (days + 1)


def test_of_two_who_do_the_same_at_once_one_did_it_and_the_other_repeats(
    shop: Shop, office: Office, other: PeopleService
) -> None:
    chen, wang = shop.service.signed_in("chen"), shop.service.signed_in("wang")
    office.create(chen, person=shop.wang.name)
    second = Office(other)
    for due in office.due(wang)[:5]:
        one, two = together(
            lambda due=due: office.complete(wang, due.name, text="一"),
            lambda due=due: second.complete(wang, due.name, text="二"),
        )
        assert one == two
        assert one.proof.text in {"一", "二"}


def test_done_and_excused_at_once_cannot_both_count(shop: Shop, office: Office, other: PeopleService) -> None:
    chen, wang = shop.service.signed_in("chen"), shop.service.signed_in("wang")
    office.create(chen, person=shop.wang.name)
    second = Office(other)
    for due in office.due(wang)[:8]:
        answers = together(
            lambda due=due: office.complete(wang, due.name).state,
            lambda due=due: second.excuse(chen, due.name).state,
        )
        assert answers.count("DUTY_OCCURRENCE_CLOSED") == 1
    told = [event.duty_changed for event in shop.service.events() if event.HasField("duty_changed")]
    assert len([change for change in told if change.HasField("occurrence")]) == 8


def test_a_service_that_declares_twice_at_once_has_one_duty(shop: Shop, office: Office, other: PeopleService) -> None:
    request = messages.DeclareDutyRequest(key="k", duty=duty(person=shop.wang.name))
    second, token = Office(other), office.as_service()
    answers = together(
        *(lambda calls=calls: calls.duties.DeclareDuty(request, metadata=token) for calls in (office, second, office))
    )
    assert len({answer.name for answer in answers}) == 1
    assert count(shop, "select count(*) from duties") == 1


def test_reminders_and_escalations_are_told_once_by_however_many_workers(shop: Shop, office: Office) -> None:
    daily(shop, 30, Whose(person=identifier(shop.wang.name)))
    needs = needs_of(shop)
    make_occurrences(needs, official_day)
    shop.service.clock.now = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    together(*([lambda: remind(needs)] * 3))
    assert office.feed(shop.service.signed_in("wang")).unread_count == 30
    shop.service.clock.now = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
    together(*([lambda: escalate(needs)] * 3))
    assert office.feed(shop.service.signed_in("chen")).unread_count == 30
    assert office.feed(shop.service.signed_in("wang")).unread_count == 30


def test_a_month_of_many_duties_is_made_in_as_many_statements_as_that_of_few(shop: Shop) -> None:
    engine, needs, said = shop.service.service.database.engine, needs_of(shop), []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    asked = []
    for how_many in (10, 1_000):
        daily(shop, how_many, Whose(person=identifier(shop.wang.name)))
        said.clear()
        assert make_occurrences(needs, official_day) == how_many
        asked.append(len(said))
    assert asked[0] == asked[1]
    days = (shop.service.clock().date() + AHEAD - date(2026, 3, 3)).days + 1
    assert count(shop, "select count(*) from duty_occurrences") == 1_010 * days
