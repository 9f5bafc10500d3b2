"""The projection of the organisation: in step with people's feed, whoever reads it, also after people was restored."""

import threading
from datetime import date
from uuid import UUID

import pytest
from bylaw_attendance.ports import FeedPage
from bylaw_attendance.rules.organisation import Change, KnownPerson, PersonFacts, SiteFacts, Stay
from bylaw_attendance.store import organisation
from bylaw_attendance.use_cases.follow_organisation import FollowOrganisation
from bylaw_chassis.caller import Reach
from bylaw_chassis.refusals import FeedRestarted, Unavailable

from tests.builders.attendance import AttendanceService

ANNA, BEN, SHOP, HQ = (UUID(int=number) for number in range(1, 5))
EVERYBODY = Reach(everyone=True)


class FeedInMemory:
    """People's feed as a list; `restored` gives it another past."""

    def __init__(self, *changes: Change) -> None:
        self.incarnation, self.changes, self.away = 1, list(changes), False

    def after(self, cursor: str) -> FeedPage:
        if self.away:
            raise Unavailable
        incarnation, _, position = (cursor or f"{self.incarnation}.0").partition(".")
        if incarnation != str(self.incarnation):
            raise FeedRestarted
        page = self.changes[int(position) : int(position) + 2]
        return FeedPage(page, f"{incarnation}.{int(position) + len(page)}")

    def restored(self, *changes: Change) -> None:
        self.incarnation, self.changes = self.incarnation + 1, list(changes)


def person(identifier: UUID, number: str) -> PersonFacts:
    return PersonFacts(identifier, number, number, (Stay(identifier, date(2026, 1, 1), None, SHOP, HQ),))


def known(attendance: AttendanceService) -> list[str]:
    with attendance.service.database.read() as connection:
        found = organisation.find_people(connection, EVERYBODY, date(2026, 2, 1), ids=[ANNA, BEN])
    return [one.number for one in found]


@pytest.mark.postgresql15
def test_what_is_told_last_counts_and_reading_again_changes_nothing(attendance: AttendanceService) -> None:
    feed = FeedInMemory(
        person(ANNA, "A"), SiteFacts(HQ, "HQ", "", "", "UTC", "NONE"), person(BEN, "B"), person(ANNA, "A2")
    )
    follow = FollowOrganisation(attendance.service.database, feed, organisation)

    follow.catch_up()
    follow.catch_up()

    assert known(attendance) == ["A2", "B"]


def test_after_a_restore_of_people_what_is_no_longer_told_is_forgotten(attendance: AttendanceService) -> None:
    feed = FeedInMemory(person(ANNA, "A"), person(BEN, "B"))
    follow = FollowOrganisation(attendance.service.database, feed, organisation)
    follow.catch_up()
    feed.restored(person(BEN, "B"))

    follow.catch_up()

    assert known(attendance) == ["B"]


def test_while_people_is_away_what_is_known_stays_and_its_age_grows(attendance: AttendanceService) -> None:
    attendance.assign()
    feed = FeedInMemory(person(ANNA, "A"))
    follow = FollowOrganisation(attendance.service.database, feed, organisation)
    follow.catch_up()
    feed.away = True

    assert follow.refresh() is False
    with pytest.raises(Unavailable):
        follow.catch_up()
    assert known(attendance) == ["A"]
    attendance.clock.pass_time(seconds=90)
    assert attendance.sheet(f"people/{ANNA}", "2026-02").organisation_age_seconds == 90


@pytest.mark.postgresql15
def test_several_workers_read_the_feed_at_once_and_each_page_counts_once(attendance: AttendanceService) -> None:
    feed = FeedInMemory(*(person(ANNA, f"A-{number}") for number in range(40)), person(BEN, "B"))
    follow = FollowOrganisation(attendance.service.database, feed, organisation)
    threads = [threading.Thread(target=follow.catch_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert known(attendance) == ["A-39", "B"]
    with attendance.service.database.read() as connection:
        assert organisation.read_cursor(connection) == "1.41"


def test_people_are_found_by_id_and_by_number(attendance: AttendanceService) -> None:
    FollowOrganisation(attendance.service.database, FeedInMemory(person(ANNA, "A")), organisation).catch_up()

    with attendance.service.database.read() as connection:
        by_number = organisation.find_people(connection, EVERYBODY, date(2026, 2, 1), numbers=["A"])
        nobody = organisation.find_people(connection, Reach(), date(2026, 2, 1), numbers=["A"])
    assert by_number == [KnownPerson(ANNA, "A", "A")]
    assert nobody == []
