"""The feed: every change has its event with the whole of what changed, and no reader ever misses one."""

import uuid
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import feed_pb2 as feed
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import NOBODY
from bylaw_people.events import person_changed
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.store.work import Store
from google.api.httpbody_pb2 import HttpBody

from tests.builders.organisation import Changes
from tests.builders.people import PeopleService, reason, text
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


def behind(people: PeopleService, cursor: str) -> feed.ListEventsResponse:
    return people.feed.ListEvents(feed.ListEventsRequest(after_cursor=cursor), metadata=people.everything)


def test_every_change_tells_the_whole_person_or_unit_once(shop: Shop) -> None:
    people, cursor = shop.service, behind(shop.service, "").cursor
    wish = staff.Appointment(
        unit=shop.stock.name,
        site=shop.site.name,
        employment_kind=staff.EMPLOYMENT_KIND_TEMPORARY,
        start_date="2026-04-01",
    )
    request = staff.AppointPersonRequest(name=shop.wang.name, appointment=wish)
    people.staff.AppointPerson(request, metadata=people.everything)
    people.head(shop.sales.name, shop.zhao.name, "2026-05-01")
    renamed = org.Unit(name=shop.sales.name, title=text("Selling"), effective_date="2026-06-01")
    people.organisation.UpdateUnit(org.UpdateUnitRequest(unit=renamed), metadata=people.everything)
    told = behind(people, cursor).events
    assert [event.WhichOneof("change") for event in told] == ["person_changed", "unit_changed", "unit_changed"]
    appointments = told[0].person_changed.appointments
    assert [(row.unit, row.start_date, row.end_date) for row in appointments] == [
        (shop.sales.name, "2026-01-01", "2026-03-31"),
        (shop.stock.name, "2026-04-01", ""),
    ]
    unit = told[2].unit_changed
    assert [(head.person, head.start_date, head.end_date) for head in unit.heads] == [
        (shop.chen.name, "2026-01-01", "2026-04-30"),
        (shop.zhao.name, "2026-05-01", ""),
    ]
    assert [(version.effective_date, version.title.en) for version in unit.versions] == [
        ("2026-01-01", "SALES"),
        ("2026-06-01", "Selling"),
    ]


def test_every_call_that_changes_something_is_told(shop: Shop) -> None:
    people, ask = shop.service, shop.service.everything
    appointment = staff.Appointment(
        unit=shop.stock.name, site=shop.site.name, employment_kind=staff.EMPLOYMENT_KIND_FORMAL, start_date="2026-04-01"
    )
    file = HttpBody(data=b"number,unit\n5001,New\n")
    wish = org.ImportOrganisationRequest(
        file=file, kind=org.ORGANISATION_FILE_KIND_PEOPLE, site="HQ", parent_unit="ACME"
    )
    changes: list[tuple[Callable[[], Any], list[str]]] = [
        (lambda: people.site("YARD"), ["site_changed"]),
        (lambda: people.unit("NIGHT", shop.stock.name), ["unit_changed"]),
        (lambda: people.head(shop.stock.name, shop.qian.name), ["tokens_ended", "unit_changed"]),
        (lambda: Changes(people).deputy(shop.stock.name, shop.zhao.name, "2026-05-01", "2026-05-31"), ["unit_changed"]),
        (lambda: Changes(people).rename(shop.stock.name, "Stores", "2026-02-01"), ["unit_changed"]),
        (lambda: people.person("4001", shop.stock.name, shop.site.name), ["person_changed"]),
        (
            lambda: people.staff.AppointPerson(
                staff.AppointPersonRequest(name=shop.zhao.name, appointment=appointment), metadata=ask
            ),
            ["person_changed"],
        ),
        (
            lambda: people.staff.EndEmployment(
                staff.EndEmploymentRequest(name=shop.wang.name, last_date="2026-03-31"), metadata=ask
            ),
            ["person_changed"],
        ),
        (lambda: people.organisation.ImportOrganisation(wish, metadata=ask), ["unit_changed", "person_changed"]),
    ]
    for change, expected in changes:
        cursor = people.events()[-1].cursor
        change()
        assert [event.WhichOneof("change") for event in behind(people, cursor).events] == expected


def test_what_is_refused_and_what_changes_nothing_tells_nothing(shop: Shop) -> None:
    people, cursor = shop.service, behind(shop.service, "").cursor
    for number in ("wang", "9999"):
        with pytest.raises(grpc.RpcError):
            people.person(number, shop.sales.name if number == "wang" else "units/" + str(uuid.uuid4()), shop.site.name)
    people.head(shop.sales.name, shop.chen.name, "2026-05-01")
    assert not behind(people, cursor).events


def test_an_event_whose_transaction_began_early_and_committed_late_is_not_skipped(people: PeopleService) -> None:
    store = Store(people.service.database)
    cursor = behind(people, "").cursor
    early = PersonRecord(uuid.uuid4(), "early", "early", "", revision=1)
    with store.work(NOBODY) as work:
        work.people.add(early)
        work.publish(person_changed(early))
        people.site("LATER")
        first = behind(people, cursor)
        assert [event.site_changed.code for event in first.events] == ["LATER"]
        assert not behind(people, first.cursor).events
    second = behind(people, first.cursor)
    assert [event.person_changed.number for event in second.events] == ["early"]


def test_what_the_feed_told_equals_what_is_on_record(shop: Shop) -> None:
    people = shop.service
    newest = {event.person_changed.name: event.person_changed for event in people.events() if event.person_changed.name}
    for person in people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.everything).people:
        request = staff.ListAppointmentsRequest(parent=person.name)
        on_record = people.staff.ListAppointments(request, metadata=people.everything).appointments
        for appointment in on_record:
            appointment.ClearField("recording")
        assert list(newest[person.name].appointments) == list(on_record)


def test_a_stream_goes_on_where_its_reader_left_off(shop: Shop) -> None:
    people = shop.service
    first = behind(people, "").events[0]
    request = feed.StreamEventsRequest(after_cursor=first.cursor)
    stream = people.feed.StreamEvents(request, timeout=2, metadata=people.everything)
    assert next(stream) == behind(people, first.cursor).events[0]


def test_a_cursor_of_another_feed_is_refused(people: PeopleService) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        behind(people, f"{uuid.uuid4().hex}.3")
    assert reason(refused.value) == "FEED_RESTARTED"
