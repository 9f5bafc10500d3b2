"""How far a site's clocks have reported."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from bylaw_attendance.rules.clocks.clocks import Clock, ClockFacts, ClockSource, awaited, decided_until
from bylaw_attendance.rules.imports import FileLayout
from bylaw_attendance.rules.judging.reporting import end_of_day, reports, start_of_day, wide_device, wide_silence
from bylaw_chassis.organisation.facts import SiteFacts, SiteVersion

NOW = datetime(2026, 3, 10, tzinfo=UTC)
HQ = UUID(int=1)
SITE = SiteFacts(HQ, (SiteVersion(HQ, date(2015, 1, 1), None, "HQ", "总部", "HQ", "Asia/Shanghai", "CN"),))


def at(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


def test_the_slowest_clock_decides() -> None:
    assert decided_until([ClockFacts(at(5), None), ClockFacts(at(3), None)], NOW) == at(3)


def test_a_site_without_clocks_and_one_whose_clock_is_silent_have_reported_nothing() -> None:
    assert decided_until([], NOW) is None
    assert decided_until([ClockFacts(at(5), None), ClockFacts(None, None)], NOW) is None


def test_nobody_waits_for_a_retired_clock() -> None:
    retired = ClockFacts(at(2), at(4))

    assert decided_until([retired, ClockFacts(at(9), None)], NOW) == at(9)
    assert decided_until([retired], NOW) == at(4)
    assert decided_until([ClockFacts(at(2), at(20)), ClockFacts(at(9), None)], NOW) == at(2)


def test_no_clock_knows_the_future() -> None:
    assert decided_until([ClockFacts(at(20), None)], NOW) == NOW
    assert reports({"gate": at(20)}, [], stated=None, received_at=NOW) == {"gate": NOW}
    assert reports({}, ["gate"], stated=at(20), received_at=NOW) == {"gate": NOW}


def test_what_is_stated_counts_instead_of_what_the_file_shows() -> None:
    assert reports({"gate": at(3)}, ["gate", "door"], stated=at(5), received_at=NOW) == {"gate": at(5), "door": at(5)}


def test_a_wide_file_of_arrivals_says_nothing_of_departures() -> None:
    assert wide_device("", FileLayout.WIDE_IN) == "wide:in"
    assert wide_silence("", FileLayout.WIDE_IN) == "wide:out"
    assert wide_silence("gate", FileLayout.WIDE_OUT) == "gate:in"


def test_a_local_day_ends_at_the_sites_midnight_also_where_the_clock_change_skips_midnight() -> None:
    assert end_of_day(date(2026, 3, 9), ZoneInfo("Asia/Shanghai")) == datetime(2026, 3, 9, 16, tzinfo=UTC)
    skipped = ZoneInfo("America/Sao_Paulo")
    assert start_of_day(date(2018, 11, 4), skipped) == datetime(2018, 11, 4, 3, tzinfo=UTC)


def export(first: datetime, until: datetime, source: ClockSource = ClockSource.EXPORTS) -> Clock:
    return Clock(UUID(int=7), HQ, "dingtalk", until, None, source, first)


MIDNIGHT_OF_MARCH = datetime(2026, 2, 28, 16, tzinfo=UTC)
"""The end of February at the site."""


@pytest.mark.clause("ATT-4")
def test_exports_of_one_month_are_waited_for_until_the_end_of_the_next_one_and_no_longer() -> None:
    lapses = datetime(2026, 3, 31, 16, tzinfo=UTC)
    once = export(at(1) - timedelta(days=5), MIDNIGHT_OF_MARCH).facts(SITE)
    gate = ClockFacts(datetime(2026, 4, 20, tzinfo=UTC), None)

    assert once.lapses_at == lapses
    assert decided_until([once, gate], lapses - timedelta(seconds=1)) == MIDNIGHT_OF_MARCH
    assert decided_until([once, gate], datetime(2026, 4, 20, tzinfo=UTC)) == gate.reported_until


@pytest.mark.clause("ATT-4")
def test_exports_of_two_months_are_a_habit_and_waited_for_until_somebody_ends_it() -> None:
    habit = export(MIDNIGHT_OF_MARCH, datetime(2026, 3, 31, 16, tzinfo=UTC))

    assert habit.facts(SITE).lapses_at is None
    assert decided_until([habit.facts(SITE), ClockFacts(at(9), None)], datetime(2027, 1, 1, tzinfo=UTC)) == at(9)


@pytest.mark.clause("ATT-4")
def test_a_clock_of_which_files_come_never_lapses_and_exports_decide_where_there_is_nothing_else() -> None:
    log = export(at(1), at(1), ClockSource.FILES).facts(SITE)
    assert log.lapses_at is None
    alone = export(at(2), at(9)).facts(SITE)
    assert decided_until([alone], datetime(2027, 1, 1, tzinfo=UTC)) == at(9)


@pytest.mark.clause("ATT-4")
def test_who_is_waited_for_is_told_with_device_site_and_last_hearing_on_its_wall() -> None:
    gate = Clock(UUID(int=8), HQ, "gate", at(9), None)
    door = Clock(UUID(int=9), HQ, "door", at(3), None)
    silent = Clock(UUID(int=10), HQ, "cellar", None, None)
    elsewhere = Clock(UUID(int=11), UUID(int=2), "other", None, None)

    told = awaited(SITE, [gate, door, silent, elsewhere], until=at(5), now=NOW)
    assert [one.en for one in told] == ["cellar at HQ (never heard)", "door at HQ (heard until 2026-03-03 08:00)"]
    assert [one.zh for one in told] == ["HQ 的 cellar（从未上报）", "HQ 的 door（已上报至 2026-03-03 08:00）"]
    assert [one.device for one in awaited(SITE, [gate, door], until=at(1), now=NOW)] == ["door"]
    (none,) = awaited(SITE, [elsewhere], until=at(5), now=NOW)
    assert none.en == "any clock at HQ, of which none is known"
