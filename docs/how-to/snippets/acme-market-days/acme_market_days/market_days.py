"""Market days: one long shift on Wednesdays and Saturdays, holidays or not."""

from collections.abc import Iterator

from bylaw_hooks import Both, CardParameters, DayFacts, PlannedDay, Segment, ShiftPattern, WallTime, setting


class Market(CardParameters):
    """What the company sets; the cards' own parameters are inherited."""

    opens: WallTime = setting("开市", "Opens at", default="05:00")
    closes: WallTime = setting("收市", "Closes at", default="13:00")


class MarketDays(ShiftPattern[Market]):
    """Version 1; a change of what it answers is a version 2 beside it."""

    name, version, title = "acme-market-days", 1, Both("集市班", "Market days")
    parameters = Market

    def plan(self, days: tuple[DayFacts, ...], parameters: Market) -> Iterator[PlannedDay]:
        for day in days:
            start, end = day.at(parameters.opens), day.at(parameters.closes)
            shift = Segment(start, end, due=start, late_minutes=15, early_minutes=5, clause="HRS-4", due_clause="HRS-4")
            yield PlannedDay(day.work_date, "HRS-1", (shift,) if day.work_date.weekday() in (2, 5) else ())
