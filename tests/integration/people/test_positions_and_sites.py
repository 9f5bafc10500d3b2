"""Positions with what they ask of people, people with what they can do, sites whose zone changes (POS-1, POS-2)."""

import grpc
import pytest
from bylaw.people.v1 import feed_pb2 as feed
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.status import refusal_from
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.organisation import Changes, appointment
from tests.builders.people import PeopleService, reason, text
from tests.builders.sign_in import everything
from tests.integration.people.conftest import Shop
from tests.integration.people.test_changes_in_time import refused

ASKED = (
    org.Requirement(skill="Excel", experience_months=12),
    org.Requirement(skill="English", optional=True),
    org.Requirement(experience_months=24),
)


def position(people: PeopleService, unit: str, *asked: org.Requirement, code: str = "CLERK", since: str = "") -> str:
    made = org.Position(
        code=code,
        title=text("clerk"),
        unit=unit,
        duties=text("Writes."),
        work=text("Letters and lists."),
        requirements=asked,
        effective_date=since,
    )
    return people.organisation.CreatePosition(org.CreatePositionRequest(position=made), metadata=people.everything).name


def can(people: PeopleService, person: str, *what: staff.Qualification) -> list[staff.Qualification]:
    request = staff.SetQualificationsRequest(name=person, qualifications=what)
    return list(people.staff.SetQualifications(request, metadata=people.everything).qualifications)


@pytest.mark.postgresql15
@pytest.mark.clause("POS-2")
def test_who_lacks_what_a_position_asks_for_is_refused_with_each_thing_that_is_missing(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)
    clerk = position(people, shop.sales.name, *ASKED)
    can(people, shop.wang.name, staff.Qualification(skill="excel ", experience_months=6))
    with pytest.raises(grpc.RpcError) as error:
        change.appoint(shop.wang.name, shop.sales.name, shop.site.name, "2026-04-01", position=clerk)
    refusal = refusal_from(error.value)
    assert (refusal.reason, refusal.clause) == ("POSITION_REQUIREMENTS_NOT_MET", "POS-2")
    missing = [(one.field, one.en) for one in refusal.violations]
    assert missing == [
        ("appointment.position", "12 months of Excel"),
        ("appointment.position", "24 months of experience"),
    ]
    able = staff.Qualification(skill="EXCEL", experience_months=12, evidence="certificate")
    can(people, shop.wang.name, able, staff.Qualification(experience_months=30))
    made = change.appoint(shop.wang.name, shop.sales.name, shop.site.name, "2026-04-01", position=clerk)
    assert (made.appointment.position, made.appointment.reason) == (clerk, "")


@pytest.mark.clause("POS-2")
def test_a_written_reason_is_kept_with_who_gave_it_whatever_is_cut_from_the_appointment_later(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)
    clerk = position(people, shop.online.name, *ASKED)
    token = people.signed_in("chen")
    wish = appointment(shop.online.name, shop.site.name, "2026-04-01", position=clerk, reason="Learns on the job.")
    request = staff.AppointPersonRequest(name=shop.zhao.name, appointment=wish)
    people.staff.AppointPerson(request, metadata=token)
    change.appoint(shop.zhao.name, shop.online.name, shop.site.name, "2026-06-01")
    row = change.appointments(shop.zhao.name)[1]
    assert (row.start_date, row.end_date) == ("2026-04-01", "2026-05-31")
    assert (row.reason, row.reason_by) == ("Learns on the job.", shop.chen.name)
    assert row.recording.recorded_by == f"people/{people.administrator}"
    told = next(event for event in reversed(people.events()) if event.HasField("person_changed"))
    assert "Learns" not in str(told)


@pytest.mark.clause("POS-2")
def test_a_new_person_is_held_to_what_the_position_asks_for_and_brings_what_they_can_do(shop: Shop) -> None:
    people = shop.service
    clerk = position(people, shop.sales.name, org.Requirement(skill="Excel"))
    first = appointment(shop.sales.name, shop.site.name, "2026-04-01", position=clerk)
    person = staff.Person(number="77", display_name="Li", appointment=first)
    request = staff.CreatePersonRequest(person=person)
    assert refused(people.staff.CreatePerson, request, metadata=people.everything) == "POSITION_REQUIREMENTS_NOT_MET"
    request.person.qualifications.add(skill="Excel", since_date="2026-05-01")
    assert refused(people.staff.CreatePerson, request, metadata=people.everything) == "POSITION_REQUIREMENTS_NOT_MET"
    request.person.qualifications[0].since_date = "2026-04-01"
    made = people.staff.CreatePerson(request, metadata=people.everything)
    shown = people.staff.GetQualifications(staff.GetQualificationsRequest(name=made.name), metadata=people.everything)
    assert [(one.skill, one.since_date) for one in shown.qualifications] == [("Excel", "2026-04-01")]


@pytest.mark.clause("POS-2")
def test_qualifications_are_told_whole_and_each_once(shop: Shop) -> None:
    people = shop.service
    skill = staff.Qualification(skill="SQL", experience_months=3)
    assert [one.skill for one in can(people, shop.wang.name, skill)] == ["SQL"]
    again = can(people, shop.wang.name, skill)
    assert again[0].recording.recorded_by == f"people/{people.administrator}"
    request = staff.SetQualificationsRequest(name=shop.wang.name, qualifications=[skill, skill])
    assert refused(people.staff.SetQualifications, request, metadata=people.everything) == "FIELD_INVALID"
    assert can(people, shop.wang.name) == []
    own = staff.SetQualificationsRequest(name=shop.wang.name, qualifications=[skill])
    assert refused(people.staff.SetQualifications, own, metadata=people.signed_in("wang")) == "PERMISSION_MISSING"


@pytest.mark.postgresql15
@pytest.mark.clause("POS-2")
def test_what_somebody_could_do_is_listed_past_and_present_and_as_of_each_date(shop: Shop) -> None:
    people = shop.service

    def listed(day: str = "", size: int = 2) -> list[tuple[str, str, bool]]:
        request, found = staff.ListRecordedQualificationsRequest(parent=shop.wang.name, as_of_date=day), []
        request.page_size = size
        while True:
            page = people.staff.ListRecordedQualifications(request, metadata=everything(people))
            found += [
                (one.skill, one.evidence, one.recording.HasField("supersede_time")) for one in page.qualifications
            ]
            request.page_token = page.next_page_token
            if not request.page_token:
                return found

    sql = staff.Qualification(skill="SQL", evidence="course of 2025")
    later = staff.Qualification(skill="Excel", since_date="2026-03-05")
    can(people, shop.wang.name, sql, later)
    people.clock.pass_time(days=2)
    sql.evidence = "examination"
    request = staff.SetQualificationsRequest(name=shop.wang.name, qualifications=[sql])
    request.qualifications.add(skill="Python", experience_months=6)
    people.staff.SetQualifications(request, metadata=everything(people))
    assert listed() == [
        ("SQL", "course of 2025", True),
        ("Excel", "", True),
        ("SQL", "examination", False),
        ("Python", "", False),
    ]
    assert listed(size=1) == listed()
    assert listed("2026-03-01") == []
    assert listed("2026-03-02") == listed("2026-03-03") == [("SQL", "course of 2025", True)]
    assert listed("2026-03-04") == [("SQL", "examination", False), ("Python", "", False)]
    wrong = staff.ListRecordedQualificationsRequest(parent=shop.wang.name, as_of_date="yesterday")
    assert refused(people.staff.ListRecordedQualifications, wrong, metadata=everything(people)) == "FIELD_INVALID"


@pytest.mark.postgresql15
@pytest.mark.clause("POS-1")
def test_a_position_is_shown_as_of_each_date_and_changes_for_any_of_them(shop: Shop) -> None:
    people = shop.service
    clerk = position(people, shop.sales.name, since="2026-02-01")

    def update(since: str, *paths: str, **more: object) -> org.Position:
        wish = org.Position(name=clerk, effective_date=since, **more)
        request = org.UpdatePositionRequest(position=wish, update_mask=FieldMask(paths=paths))
        return people.organisation.UpdatePosition(request, metadata=people.everything)

    def shown(day: str) -> org.Position:
        return people.organisation.GetPosition(
            org.GetPositionRequest(name=clerk, as_of_date=day), metadata=people.everything
        )

    update("2026-06-01", "unit", unit=shop.stock.name)
    update("2026-03-01", "requirements", "work.en", requirements=ASKED, work=text("More."))
    assert [shown(day).unit for day in ("2026-05-31", "2026-06-01")] == [shop.sales.name, shop.stock.name]
    assert [len(shown(day).requirements) for day in ("2026-02-28", "2026-03-01", "2026-06-01")] == [0, 3, 3]
    assert (shown("2026-03-01").work.zh, shown("2026-03-01").work.en) == ("Letters and lists.", "More.")
    with pytest.raises(grpc.RpcError) as early:
        shown("2026-01-31")
    assert reason(early.value) == "POSITION_NOT_FOUND"
    listed = people.organisation.ListPositionVersions(
        org.ListPositionVersionsRequest(parent=clerk), metadata=people.everything
    ).versions
    assert [one.position.effective_date for one in listed] == ["2026-02-01", "2026-03-01", "2026-06-01"]
    told = [event.position_changed for event in people.events() if event.HasField("position_changed")]
    assert [one.last_date for one in told[-1].versions] == ["2026-02-28", "2026-05-31", ""]


@pytest.mark.clause("POS-1")
def test_a_position_is_closed_only_once_nobody_holds_it(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)
    clerk = position(people, shop.sales.name)
    change.appoint(shop.wang.name, shop.sales.name, shop.site.name, "2026-04-01", position=clerk)
    close = org.ClosePositionRequest(name=clerk, last_date="2026-06-30")
    assert refused(people.organisation.ClosePosition, close, metadata=people.everything) == "POSITION_IN_USE"
    change.appoint(shop.wang.name, shop.sales.name, shop.site.name, "2026-07-01")
    assert people.organisation.ClosePosition(close, metadata=people.everything).last_date == "2026-06-30"
    late = (change.appoint, shop.zhao.name, shop.online.name, shop.site.name, "2026-06-01")
    assert refused(*late, position=clerk) == "POSITION_CLOSED"
    assert refused(change.close, shop.sales.name, "2026-06-29") == "UNIT_IN_USE"
    back = org.WithdrawPositionChangeRequest(name=clerk, effective_date="2026-07-01")
    assert people.organisation.WithdrawPositionChange(back, metadata=people.everything).last_date == ""


@pytest.mark.postgresql15
def test_a_site_changes_its_zone_from_a_date_and_is_told_with_every_version(shop: Shop) -> None:
    people = shop.service
    wish = org.Site(name=shop.site.name, time_zone="Asia/Urumqi", effective_date="2026-06-01")
    people.organisation.UpdateSite(org.UpdateSiteRequest(site=wish), metadata=people.everything)

    def zone(day: str) -> str:
        request = org.GetSiteRequest(name=shop.site.name, as_of_date=day)
        return people.organisation.GetSite(request, metadata=people.everything).time_zone

    assert [zone(day) for day in ("1999-01-01", "2026-05-31", "2026-06-01")] == ["Asia/Shanghai"] * 2 + ["Asia/Urumqi"]
    told: feed.Event = people.events()[-1]
    assert (told.site_changed.time_zone, told.site_changed.last_date) == ("Asia/Shanghai", "2026-05-31")
    assert [one.time_zone for one in told.site_changed.versions] == ["Asia/Shanghai", "Asia/Urumqi"]
    close = org.CloseSiteRequest(name=shop.site.name, last_date="2026-06-30")
    assert refused(people.organisation.CloseSite, close, metadata=people.everything) == "SITE_IN_USE"
    bad = org.UpdateSiteRequest(site=org.Site(name=shop.site.name, time_zone="Mars/Olympus"))
    assert refused(people.organisation.UpdateSite, bad, metadata=people.everything) == "TIME_ZONE_UNKNOWN"
    back = org.WithdrawSiteChangeRequest(name=shop.site.name, effective_date="2026-06-01")
    assert people.organisation.WithdrawSiteChange(back, metadata=people.everything).time_zone == "Asia/Shanghai"
    history = org.ListSiteVersionsRequest(parent=shop.site.name, show_superseded=True)
    assert len(people.organisation.ListSiteVersions(history, metadata=people.everything).versions) == 2


def test_a_site_where_nobody_works_is_closed(people: PeopleService) -> None:
    yard, company = people.site("YARD"), people.unit("ACME")
    close = org.CloseSiteRequest(name=yard.name, last_date="2026-06-30")
    people.organisation.CloseSite(close, metadata=people.everything)
    assert refused(people.person, "1", company.name, yard.name) == "SITE_CLOSED"
    listed = org.ListSitesRequest(as_of_date="2026-07-01")
    assert not people.organisation.ListSites(listed, metadata=people.everything).sites


@pytest.mark.clause("POS-2")
def test_files_bring_what_positions_ask_for_and_what_people_can_do(shop: Shop) -> None:
    people = shop.service

    def hand_in(data: str, kind: "org.OrganisationFileKind.ValueType") -> org.ImportOrganisationResponse:
        request = org.ImportOrganisationRequest(file=HttpBody(data=data.encode()), kind=kind, site="HQ")
        return people.organisation.ImportOrganisation(request, metadata=people.everything)

    columns = "code,unit,work_en,required_skills,optional_skills,required_experience_months"
    positions = f"{columns}\nBUYER,SALES,Buys,Excel:12;SQL,English,24\n"
    assert hand_in(positions, org.ORGANISATION_FILE_KIND_POSITIONS).taken_count == 1
    assert hand_in(positions, org.ORGANISATION_FILE_KIND_POSITIONS).repeated_count == 1
    head = "number,unit,position,skills,experience_months,reason\n"
    good = f"{head}501,SALES,BUYER,excel:12；sql:0,24,\n502,SALES,BUYER,,,No other could be found\n"
    with pytest.raises(grpc.RpcError) as error:
        hand_in(f"{good}503,SALES,BUYER,SQL,24,\n", org.ORGANISATION_FILE_KIND_PEOPLE)
    violations = refusal_from(error.value).violations
    assert [(one.field, one.reason) for one in violations] == [("lines[4].position", "POSITION_REQUIREMENTS_NOT_MET")]
    assert hand_in(good, org.ORGANISATION_FILE_KIND_PEOPLE).taken_count == 2
    assert hand_in(good, org.ORGANISATION_FILE_KIND_PEOPLE).repeated_count == 2
    listed = staff.ListPeopleRequest(number="502")
    held = people.staff.ListPeople(listed, metadata=people.everything).people[0].appointment
    assert (held.reason, held.reason_by) == ("No other could be found", f"people/{people.administrator}")


def test_what_a_person_is_called_changes_and_the_number_never(shop: Shop) -> None:
    people = shop.service

    def update(*paths: str, **more: str) -> staff.Person:
        person = staff.Person(name=shop.wang.name, **more)
        request = staff.UpdatePersonRequest(person=person, update_mask=FieldMask(paths=paths))
        return people.staff.UpdatePerson(request, metadata=people.everything)

    changed = update("display_name", "login", display_name="Wang Fang", login="Wang.Fang")
    assert (changed.display_name, changed.login, changed.number) == ("Wang Fang", "wang.fang", "wang")
    assert refused(update, "number", number="4711") == "FIELD_NOT_WRITABLE"
    assert refused(update, "login", login="CHEN") == "LOGIN_TAKEN"
    assert refused(update, "display_name", display_name="X", etag="1") == "PERSON_CHANGED"
    assert refused(update, "head") == "FIELD_NOT_WRITABLE"
    assert people.events()[-1].person_changed.display_name == "Wang Fang"


@pytest.mark.clause("SEC-1")
def test_tokens_end_with_what_counts_today_and_not_with_what_will_count_later(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)

    def ended() -> list[str]:
        return [event.tokens_ended.person for event in people.events() if event.HasField("tokens_ended")]

    before = ended()
    change.appoint(shop.wang.name, shop.stock.name, shop.site.name, "2026-05-01")
    change.head(shop.stock.name, shop.qian.name, "2026-05-01")
    assert ended() == before
    change.appoint(shop.wang.name, shop.online.name, shop.site.name, "2026-02-01")
    change.head(shop.sales.name, shop.zhao.name, "2026-03-01")
    assert set(ended()[len(before) :]) == {shop.wang.name, shop.chen.name, shop.zhao.name}
