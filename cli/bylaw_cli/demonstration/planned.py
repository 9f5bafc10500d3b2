"""On which days the demonstration's people have hours, as the service itself plans them, and when cards are due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bylaw.attendance.v1 import sheets_pb2, sheets_pb2_grpc

from bylaw_cli.demonstration.asking import Asking

OBJECTION_DAY, MONTH_DAYS = 5, 31
Dues = Mapping[date, Sequence[datetime]]
"""By day: when each card of it is due, local, in order."""


def first_month(today: date) -> date:
    """The month with which the demonstration begins: the last one that nobody objects to any more, so it is closed."""
    before = month_before(today)
    return before if today.day > OBJECTION_DAY else month_before(before)


def months(today: date) -> list[date]:
    """The months of which there are punches: from the first to that of today."""
    return sorted({first_month(today), month_before(today), today.replace(day=1)})


def month_before(day: date) -> date:
    """The first day of the month before that of a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=MONTH_DAYS)).replace(day=1)


def dues_of(asking: Asking, month: date) -> Mapping[str, Dues]:
    """By number, when cards are due in a month; planned days alone."""
    stub = asking.stub(sheets_pb2_grpc.SheetsStub)
    request = sheets_pb2.ListSheetsRequest(
        parent=asking.units["MUJIN"], month=f"{month:%Y-%m}", view=sheets_pb2.SHEET_VIEW_FULL
    )
    return {
        sheet.employee_number: {date.fromisoformat(day.work_date): _due_of(day) for day in sheet.days if day.halves}
        for sheet in asking.ask(stub.ListSheets, request).sheets
    }


def _due_of(day: sheets_pb2.Day) -> list[datetime]:
    return [datetime.fromisoformat(point.due_time) for half in day.halves for point in half.card_points]


class Plans:
    """The plan as it was before anybody asked for anything: asked for once a month."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._months: dict[date, Mapping[str, Dues]] = {}

    def dues(self, month: date) -> Mapping[str, Dues]:
        """By number, when cards are due in a month."""
        first = month.replace(day=1)
        if first not in self._months:
            self._months[first] = dues_of(self._asking, first)
        return self._months[first]

    def days(self, number: str, since: date) -> Iterator[date]:
        """The days on which somebody is planned, from a day on to the end of the month after."""
        for month in (since, month_after(since)):
            yield from (day for day in sorted(self.dues(month).get(number, {})) if day >= since)
