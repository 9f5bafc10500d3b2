"""Questions as of a date are answered as of that date, and nothing that was true is ever changed (ORG-1, ORG-4)."""

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.people import PeopleService, reason, text
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


def appointment(unit: str, site: str, since: str, kind: "staff.EmploymentKind.ValueType") -> staff.Appointment:
    return staff.Appointment(unit=unit, site=site, employment_kind=kind, start_date=since)


def as_of(people: PeopleService, person: str, day: str) -> staff.Person:
    return people.staff.GetPerson(staff.GetPersonRequest(name=person, as_of_date=day), metadata=people.everything)


def update(people: PeopleService, unit: org.Unit, *paths: str) -> org.Unit:
    request = org.UpdateUnitRequest(unit=unit, update_mask=FieldMask(paths=paths))
    return people.organisation.UpdateUnit(request, metadata=people.everything)


@pytest.mark.clause("ORG-4")
def test_a_person_who_moves_and_changes_kind_is_shown_as_they_were_on_each_date(shop: Shop) -> None:
    people, external = shop.service, staff.EMPLOYMENT_KIND_EXTERNAL
    wish = appointment(shop.stock.name, shop.site.name, "2026-04-01", external)
    people.staff.AppointPerson(
        staff.AppointPersonRequest(name=shop.wang.name, appointment=wish), metadata=people.everything
    )
    before, after = as_of(people, shop.wang.name, "2026-03-31"), as_of(people, shop.wang.name, "2026-04-01")
    assert before.appointment.unit == shop.sales.name
    assert before.appointment.employment_kind == staff.EMPLOYMENT_KIND_FORMAL
    assert before.head == shop.chen.name
    assert (after.appointment.unit, after.appointment.employment_kind) == (shop.stock.name, external)
    assert not as_of(people, shop.wang.name, "2025-12-31").HasField("appointment")
    listed = people.staff.ListAppointments(
        staff.ListAppointmentsRequest(parent=shop.wang.name), metadata=people.everything
    ).appointments
    assert [(row.start_date, row.end_date) for row in listed] == [("2026-01-01", "2026-03-31"), ("2026-04-01", "")]


def test_an_appointment_of_an_earlier_date_holds_until_the_next_and_one_of_the_same_day_takes_its_place(
    shop: Shop,
) -> None:
    people, formal = shop.service, staff.EMPLOYMENT_KIND_FORMAL

    def appoint(unit: str, since: str) -> staff.Person:
        wish = appointment(unit, shop.site.name, since, formal)
        request = staff.AppointPersonRequest(name=shop.wang.name, appointment=wish)
        return people.staff.AppointPerson(request, metadata=people.everything)

    appoint(shop.stock.name, "2026-04-01")
    assert appoint(shop.online.name, "2026-02-15").appointment.end_date == "2026-03-31"
    assert as_of(people, shop.wang.name, "2026-02-14").appointment.unit == shop.sales.name
    assert as_of(people, shop.wang.name, "2026-03-31").appointment.unit == shop.online.name
    assert appoint(shop.online.name, "2026-04-01").appointment.unit == shop.online.name
    assert as_of(people, shop.wang.name, "2026-05-01").appointment.unit == shop.online.name


def test_who_has_left_is_shown_without_appointment_and_cannot_be_appointed(shop: Shop) -> None:
    people = shop.service
    ending = staff.EndEmploymentRequest(name=shop.wang.name, last_date="2026-03-31")
    assert people.staff.EndEmployment(ending, metadata=people.everything).appointment.end_date == "2026-03-31"
    assert not as_of(people, shop.wang.name, "2026-04-01").HasField("appointment")
    wish = appointment(shop.stock.name, shop.site.name, "2026-05-01", staff.EMPLOYMENT_KIND_FORMAL)
    with pytest.raises(grpc.RpcError) as refused:
        people.staff.AppointPerson(
            staff.AppointPersonRequest(name=shop.wang.name, appointment=wish), metadata=people.everything
        )
    assert reason(refused.value) == "PERSON_NOT_EMPLOYED"


@pytest.mark.clause("ORG-3")
def test_who_heads_a_unit_cannot_leave_before_another_head_is_appointed(shop: Shop) -> None:
    people = shop.service
    ending = staff.EndEmploymentRequest(name=shop.chen.name, last_date="2026-03-31")
    with pytest.raises(grpc.RpcError) as refused:
        people.staff.EndEmployment(ending, metadata=people.everything)
    assert reason(refused.value) == "PERSON_HEADS_UNIT"
    people.head(shop.sales.name, shop.wang.name, "2026-04-01")
    people.staff.EndEmployment(ending, metadata=people.everything)
    assert as_of(people, shop.zhao.name, "2026-03-31").head == shop.chen.name
    assert as_of(people, shop.zhao.name, "2026-04-01").head == shop.wang.name


@pytest.mark.clause("ORG-1", "ORG-2")
def test_a_unit_with_other_duties_and_another_parent_keeps_what_it_was(shop: Shop) -> None:
    people = shop.service
    wish = org.Unit(
        name=shop.online.name, parent=shop.stock.name, duties=text("sells online"), effective_date="2026-06-01"
    )
    update(people, wish, "parent", "duties")

    def on(day: str) -> org.Unit:
        request = org.GetUnitRequest(name=shop.online.name, as_of_date=day)
        return people.organisation.GetUnit(request, metadata=people.everything)

    assert (on("2026-05-31").parent, on("2026-05-31").duties.en) == (shop.sales.name, "x")
    assert (on("2026-06-01").parent, on("2026-06-01").duties.en) == (shop.stock.name, "sells online")
    assert on("2026-06-01").title == shop.online.title


@pytest.mark.clause("ORG-2")
def test_a_unit_is_made_with_its_written_duties_and_keeps_some(shop: Shop) -> None:
    people = shop.service
    made = org.Unit(code="NEW", title=text("New"), kind=org.UNIT_KIND_TEAM, parent=shop.sales.name)
    with pytest.raises(grpc.RpcError) as without:
        people.organisation.CreateUnit(org.CreateUnitRequest(unit=made), metadata=people.everything)
    made.duties.zh = "网上销售"
    new = people.organisation.CreateUnit(org.CreateUnitRequest(unit=made), metadata=people.everything)
    assert new.duties == LocalizedText(zh="网上销售", en="网上销售")
    with pytest.raises(grpc.RpcError) as taken:
        update(people, org.Unit(name=new.name), "duties")
    for refused in (without, taken):
        refusal = refusal_from(refused.value)
        assert [(one.field, one.reason) for one in refusal.violations] == [("unit.duties", "FIELD_INVALID")]


@pytest.mark.clause("ORG-1")
def test_no_unit_can_come_to_stand_above_itself(shop: Shop) -> None:
    wish = org.Unit(name=shop.sales.name, parent=shop.online.name, effective_date="2026-06-01")
    with pytest.raises(grpc.RpcError) as refused:
        update(shop.service, wish, "parent")
    assert reason(refused.value) == "UNIT_CYCLE"


def test_a_unit_that_was_changed_meanwhile_is_not_overwritten(shop: Shop) -> None:
    people = shop.service
    first = update(people, org.Unit(name=shop.online.name, title=text("Web"), etag=shop.online.etag), "title")
    with pytest.raises(grpc.RpcError) as refused:
        update(people, org.Unit(name=shop.online.name, title=text("Net"), etag=shop.online.etag), "title")
    assert reason(refused.value) == "UNIT_CHANGED"
    assert (
        update(people, org.Unit(name=shop.online.name, title=text("Net"), etag=first.etag), "title").title.en == "Net"
    )


def test_only_one_language_of_a_title_changes_where_only_that_is_named(shop: Shop) -> None:
    wish = org.Unit(name=shop.online.name, title={"zh": "线上组", "en": "ignored"})
    assert update(shop.service, wish, "title.zh").title == LocalizedText(zh="线上组", en="ONLINE")


@pytest.mark.parametrize(("path", "expected"), [("code", "FIELD_NOT_WRITABLE"), ("colour", "FIELD_INVALID")])
def test_what_only_the_service_writes_is_refused(shop: Shop, path: str, expected: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        update(shop.service, org.Unit(name=shop.online.name, code="OTHER"), path)
    assert reason(refused.value) == expected


def test_a_unit_sent_back_as_it_was_read_changes_nothing(shop: Shop) -> None:
    request = org.UpdateUnitRequest(unit=shop.sales)
    shown = org.GetUnitRequest(name=shop.sales.name)
    before = shop.service.organisation.GetUnit(shown, metadata=shop.service.everything)
    request.unit.CopyFrom(before)
    assert shop.service.organisation.UpdateUnit(request, metadata=shop.service.everything) == before


@pytest.mark.clause("ORG-1")
def test_units_are_listed_parents_first_page_by_page(shop: Shop) -> None:
    people, token, codes = shop.service, "", []
    for _ in range(4):
        request = org.ListUnitsRequest(page_size=1, page_token=token)
        page = people.organisation.ListUnits(request, metadata=people.everything)
        codes.extend(unit.code for unit in page.units)
        token = page.next_page_token
    assert (codes, token) == (["ACME", "SALES", "ONLINE", "STOCK"], "")
