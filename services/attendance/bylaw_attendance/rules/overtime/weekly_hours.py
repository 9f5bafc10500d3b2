"""How many hours a week come to as a monthly average (HRS-7)."""

SHORTEST_DAYS = 14
"""Of fewer days there is no average to speak of: who joins on a Monday works six days of six."""


def average_tenths(minutes: int, days: int) -> int:
    """Tenths of an hour a week, halves up, where so many minutes are worked in so many days of a month (HRS-7).

    To a tenth, so that the rulebook's own week passes in the longest month: 26 days of seven and a half hours in 31 are
    44.0 hours a week. 0 where the days are too few.
    """
    return (2 * minutes * 70 + 60 * days) // (2 * 60 * days) if days >= SHORTEST_DAYS else 0
