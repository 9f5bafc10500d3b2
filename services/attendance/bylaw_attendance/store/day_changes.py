"""What changes the days of months before they are planned: notices of hours, days of the company, leave."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.facts import Tree

from bylaw_attendance.rules.judging.assignment import DAY
from bylaw_attendance.rules.judging.day_changes import ChangedDays
from bylaw_attendance.rules.leave.leave_days import ExcusedDays, excused_by_person
from bylaw_attendance.store import company_days, hours_notices, leave_requests


def changed_days(connection: sa.Connection, tree: Tree, days: tuple[date, date]) -> ChangedDays:
    """Of the days from a first to a last one, and of the day on either side."""
    first, last = days[0] - DAY, days[1] + DAY
    notices, company = hours_notices.between(connection, first, last), company_days.between(connection, first, last)
    return ChangedDays.of(tree, days, notices, company)


def excused(connection: sa.Connection, people: Collection[UUID], days: tuple[date, date]) -> ExcusedDays:
    """What leave, trips and duty outside excuse of these people's days, and of the day on either side."""
    return excused_by_person(leave_requests.excused_between(connection, people, days[0] - DAY, days[1] + DAY))
