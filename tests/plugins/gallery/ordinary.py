"""A pattern in order, three hours every day: what the gallery's others spoil, each in its own way."""

from collections.abc import Iterator

from bylaw_hooks import Both, CardParameters, DayFacts, PlannedDay, Segment, ShiftPattern

CULPRIT = 5
"""The person over whom they misbehave; the others they judge as they should."""


class Ordinary(ShiftPattern[CardParameters]):
    """Mornings."""

    name, version, title = "acme-ordinary", 1, Both("上午班", "Mornings")
    parameters = CardParameters

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:  # noqa: ARG002
        for day in days:
            yield PlannedDay(day.work_date, "HRS-1", (morning(day),))


def morning(day: DayFacts, first: str = "09:00", last: str = "12:00") -> Segment:
    start, end = day.at(first), day.at(last)
    return Segment(start, end, start, late_minutes=15, early_minutes=5, clause="HRS-4", due_clause="HRS-5")
