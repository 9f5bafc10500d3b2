"""A day explained, as tests read it: its cards by half and side, and what became of its punches."""

from bylaw.attendance.v1 import explanations_pb2 as explanations

from tests.builders.attendance import AttendanceService


def stamped(attendance: AttendanceService, *times: str, number: str = "A-1", until: str = "2026-02-28") -> None:
    """Punches of Anna by the file of a clock that has reported everything up to a date."""
    lines = (f"{number}\t{time}:00\t0\t1" for time in times)
    attendance.imported("\n".join(lines).encode(), "HQ", complete_until_date=until)


def on(day: str, *times: str) -> list[str]:
    """Times of one day."""
    return [f"{day} {time}" for time in times]


def cards(day: explanations.DayExplanation) -> list[explanations.CardExplanation]:
    """Its card points in order."""
    return [card for half in day.halves for card in half.card_points]


def remedies(day: explanations.DayExplanation) -> list[str]:
    """What would have been right at each card point."""
    return [card.remedy.en for card in cards(day)]


def outcomes(day: explanations.DayExplanation) -> dict[str, str]:
    """What became of each punch, by its local time from the month on."""
    name = explanations.PunchOutcome.Name
    return {one.local_time[5:16]: name(one.outcome).removeprefix("PUNCH_OUTCOME_") for one in day.punches}


def told(day: explanations.DayExplanation) -> dict[str, str]:
    """What is said of each punch, likewise."""
    return {one.local_time[5:16]: one.explanation.en for one in day.punches}
