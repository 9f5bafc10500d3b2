"""How far a site's clocks have reported."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bylaw_attendance.rules.clocks.clocks import ClockFacts, decided_until
from bylaw_attendance.rules.imports import FileLayout
from bylaw_attendance.rules.judging.reporting import end_of_day, reports, start_of_day, wide_device, wide_silence

NOW = datetime(2026, 3, 10, tzinfo=UTC)


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
