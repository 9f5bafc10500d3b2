"""Days of rest that would be worked all the same: named with the month, the quota and the clause, and not published."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import grpc
import pytest
import sqlalchemy as sa
from bylaw_attendance.rules.rota.rota import RotaCell
from bylaw_attendance.store import rota as rota_store
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import BY_ROTA, FIXED_WEEK, attendance_service, cell
from tests.builders.policies import Broken, brought
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused

FIVE = ("2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31")


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
def office(postgres: Databases, broken: Broken) -> Iterator[Office]:
    """Everybody in the shop rests by rota, five days a month."""
    with attendance_service(postgres, plugins=brought(broken)) as attendance:
        people = attendance.people
        company, site = people.unit("ACME").name, people.site().name
        shop, store = people.unit("shop", company).name, people.unit("store", company).name
        anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
        cleo = people.person("C-1", store, site).name
        attendance.assign(shop, since="2026-01-01", pattern=BY_ROTA)
        yield Office(attendance, shop, shop, store, anna, ben, cleo, site)


def rest(person: str, *days: str) -> list[Any]:
    return [cell(person, day, "rest") for day in days]


def told(office: Office, *cells: Any) -> list[tuple[str, str, str]]:
    """The faults of a refused batch: field, reason, English words."""
    return [(one.field, one.reason, one.en) for one in refused(office, *cells).violations]


@pytest.mark.clause("HRS-2")
def test_more_days_of_rest_than_the_quota_are_refused_naming_person_month_quota_days_and_clause(office: Office) -> None:
    sixth, seventh = "2026-03-28", "2026-03-29"

    refusal = refused(office, *rest(office.ben, *FIVE), *rest(office.anna, *FIVE[:4], sixth, seventh, FIVE[4]))

    assert (refusal.reason, refusal.clause) == ("ROTA_REFUSED", "HRS-2")
    (fault,) = refusal.violations
    assert (fault.field, fault.reason) == ("rota_cells[10].code", "ROTA_REST_NOT_GRANTED")
    assert fault.en == (
        "A-1 has days of rest planned in 2026-03: 7, of which rest-by-rota@1 grants 5 by HRS-2;"
        " 2026-03-29, 2026-03-31 would be worked. Plan fewer, or change the pattern's parameters."
    )
    assert fault.zh == (
        "A-1 在 2026-03 排了 7 天休息，班制 rest-by-rota@1 按 HRS-2 只给 5 天，2026-03-29, 2026-03-31 仍须上班。"
        "请减少休息日，或调整班制参数。"
    )
    assert office.cells(office.shop, "2026-03") == []
    assert office.attendance.publish(office.shop, *rest(office.anna, *FIVE)).published_count == 5


@pytest.mark.clause("HRS-2")
def test_what_is_published_already_counts_and_the_new_day_is_to_blame_though_an_older_one_would_be_worked(
    office: Office,
) -> None:
    office.attendance.publish(office.shop, *rest(office.anna, *FIVE))

    (fault,) = told(office, cell(office.anna, "2026-03-02", "rest"))

    assert fault[:2] == ("rota_cells[0].code", "ROTA_REST_NOT_GRANTED")
    assert "A-1 has days of rest planned in 2026-03: 6, " in fault[2]
    assert "2026-03-31 would be worked" in fault[2]
    assert len(office.cells(office.anna, "2026-03")) == 5
    office.delete(office.anna, FIVE[0])
    assert office.attendance.publish(office.shop, *rest(office.anna, "2026-03-02")).published_count == 1


@pytest.mark.clause("HRS-2")
def test_each_month_and_each_person_has_a_quota_of_their_own(office: Office) -> None:
    office.attendance.assign(office.ben, since="2026-01-01", pattern=BY_ROTA, is_approved=True, rest_days=1)
    february = ("2026-02-24", "2026-02-25")

    faults = told(office, *rest(office.anna, *FIVE, *february), *rest(office.ben, *FIVE[:2], "2026-02-03"))

    assert [(field, words.partition(" by ")[0]) for field, _, words in faults] == [
        ("rota_cells[8].code", "B-1 has days of rest planned in 2026-03: 2, of which rest-by-rota@1 grants 1")
    ]


@pytest.mark.clause("HRS-2", "HRS-3")
def test_a_holiday_that_is_off_takes_nothing_of_the_quota_and_on_a_make_up_day_nobody_rests(office: Office) -> None:
    """The sixteenth to the twenty-third are off; on the fourteenth and the twenty-eighth everybody works for that."""
    quota, holiday = [f"2026-02-{day:02}" for day in (2, 3, 4, 5, 6)], "2026-02-17"
    assert office.attendance.publish(office.shop, *rest(office.anna, *quota, holiday)).published_count == 6

    (fault,) = told(office, cell(office.ben, "2026-02-14", "rest"))

    assert fault == (
        "rota_cells[0].code",
        "ROTA_REST_NOT_GRANTED",
        (
            "B-1 has days of rest planned in 2026-02: 1, of which rest-by-rota@1 grants 0 by HRS-3;"
            " 2026-02-14 would be worked. Plan fewer, or change the pattern's parameters."
        ),
    )


@pytest.mark.clause("HRS-2")
def test_a_month_that_was_beyond_its_quota_before_stops_nobody_who_adds_no_day_of_rest(office: Office) -> None:
    """The quota was lowered after the rota was published."""
    office.attendance.publish(office.shop, *rest(office.anna, *FIVE))
    office.attendance.assign(office.anna, since="2026-01-01", pattern=BY_ROTA, is_approved=True, rest_days=3)

    done = office.attendance.publish(
        office.shop, *rest(office.anna, *FIVE), cell(office.anna, "2026-03-06", pattern=FIXED_WEEK)
    )

    assert (done.published_count, done.unchanged_count) == (1, 5)
    assert [field for field, _, _ in told(office, *rest(office.anna, "2026-03-07"))] == ["rota_cells[0].code"]


@pytest.mark.clause("HRS-2")
def test_a_day_of_rest_by_a_pattern_of_its_own_is_held_against_that_pattern(office: Office) -> None:
    week = [cell(office.cleo, day, "rest", pattern=BY_ROTA, rest_days=2) for day in FIVE[:3]]
    refusal = refused(office, *week, unit=office.store)
    assert [one.field for one in refusal.violations] == ["rota_cells[2].code"]
    assert "C-1 has days of rest planned in 2026-03: 3, of which rest-by-rota@1 grants 2" in refusal.violations[0].en


def test_a_pattern_that_cannot_plan_the_month_is_named_and_asked_once(office: Office, broken: Broken) -> None:
    office.attendance.assign(office.store, since="2026-01-01", pattern="shiftPatterns/broken@1")
    people = office.attendance.people
    dora = people.person("D-1", office.store, office.site).name

    refusal = refused(office, *rest(office.cleo, *FIVE[:2]), *rest(dora, *FIVE[:2]), unit=office.store)

    assert [(one.field, one.reason) for one in refusal.violations] == [
        ("rota_cells[0].shift_pattern", "POLICY_FAILED"),
        ("rota_cells[2].shift_pattern", "POLICY_FAILED"),
    ]
    assert "C-1" in refusal.violations[0].en
    assert broken.asked == 1


@pytest.mark.clause("HRS-2")
@pytest.mark.postgresql15
def test_two_who_publish_at_once_do_not_go_beyond_the_quota_together(office: Office) -> None:
    """The other one's five days are not committed when the sixth is checked, and are when it is to be put in place."""
    office.attendance.follow_people()
    engine, anna = office.attendance.service.database.engine, UUID(office.anna.partition("/")[2])
    outcome: list[str] = []
    ends = threading.Thread(target=lambda: outcome.append(_tried(office)))
    with engine.connect() as other:
        rota_store.hold(other, {(anna, date(2026, 3, 1))})
        others = [RotaCell(anna, date.fromisoformat(day), "rest") for day in FIVE]
        rota_store.publish(other, others, now=datetime.now(UTC), by="another")
        ends.start()
        _wait_until_blocked(office)
        other.commit()
    ends.join()

    assert outcome == ["ROTA_REST_NOT_GRANTED"]
    assert [day for _, day, _ in office.cells(office.anna, "2026-03")] == list(FIVE)


def _tried(office: Office) -> str:
    try:
        office.attendance.publish(office.shop, cell(office.anna, "2026-03-05", "rest"))
    except grpc.RpcError as error:
        return refusal_from(error).violations[0].reason
    return "published"


def _wait_until_blocked(office: Office) -> None:
    waiting = sa.text("select exists (select from pg_locks where not granted)")
    for _ in range(200):
        with office.attendance.service.database.engine.connect() as connection:
            if connection.execute(waiting).scalar():
                return
        threading.Event().wait(0.05)
    pytest.fail("the second one does not wait for the first")
