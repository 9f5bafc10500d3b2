"""A month of market days, judged; nothing but `bylaw-hooks[kit]` is installed."""

from datetime import date

from acme_market_days.market_days import Market, MarketDays
from bylaw_hooks import Kind, MonthFacts
from bylaw_kit import reading
from bylaw_kit.months import epoch_minute, month_days

ZONE = "Asia/Shanghai"
MARCH = month_days((2026, 3), ZONE, {})


def stamp(day: int, wall: str) -> int:
    """A punch of March at a wall time."""
    return 60 * epoch_minute(date(2026, 3, day), wall, ZONE)


def test_a_trader_who_comes_seven_minutes_late_is_late() -> None:
    pattern, parameters = MarketDays(), Market()
    facts = MonthFacts(person=1, days=MARCH, punches=(stamp(4, "05:07"), stamp(4, "13:02")), decided_until=2**40)
    answer = pattern.judge_month(facts, pattern.compile(MARCH, parameters), parameters)
    sign_in, sign_out, *others = reading.marks(answer)
    assert (sign_in.kind, sign_in.minutes, sign_in.clause) == (Kind.LATE, 7, "ATT-2")
    assert sign_out.kind is Kind.ON_TIME
    assert reading.totals(answer).days_planned == 8
    assert {mark.kind for mark in others} == {Kind.ABSENT}
