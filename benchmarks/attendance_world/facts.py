"""What else a month is judged from: rotas, leave, a day of the company; notices of hours, overtime that was agreed.

Nobody's is made like another's: whose days differ is planned alone, and that is what it costs.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

from bylaw_attendance.policies import Policies
from bylaw_attendance.rules.calendar.company_day import CompanyDay, CompanyDayWish
from bylaw_attendance.rules.calendar.hours_notice import HoursCause, HoursNotice, HoursWish, NoticeLevel
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.rules.judging.punch_facts import civil_instant, epoch_of
from bylaw_attendance.rules.leave.leave_request import (
    Half,
    Leave,
    LeaveDayTaken,
    LeaveState,
    LeaveTerms,
    LeaveWish,
    Part,
)
from bylaw_attendance.rules.overtime.overtime import (
    Compensation,
    OvertimeDay,
    OvertimeEnd,
    OvertimeRequest,
    OvertimeState,
    OvertimeWish,
    Percent,
)
from bylaw_attendance.rules.rota.rota import REST, RotaCell
from bylaw_attendance.store import assignments, company_days, hours_notices, leave_requests, overtime, rota
from bylaw_chassis.values import new_id

from benchmarks.attendance_world import MONTH, NOW, World

ROTA, BY = "rest-by-rota@1", "benchmark"
DAYS = [MONTH + timedelta(number) for number in range(31)]
SPELLS = (("annual", "LVE-1", 0.4), ("sick", "LVE-1", 0.25), ("personal", "LVE-1", 0.2), ("trip", "LVE-3", 0.15))
LEAVE_SHARE, HALVES_SHARE, LONGEST_DAYS = 0.075, 0.25, 5
OVERTIME_SHARE, EVENINGS = 0.2, 3
EVENING, WORKED = (1110, 1230), ((510, 720), (840, 1080))
"""Minutes on the wall."""


def fill(made: World, book: Policies) -> str:
    """Rotas of every third team, leave, a day of the company; answers in words how much it is."""
    chance = Random(4410)  # noqa: S311 - the same facts in every run
    cells = publish_rotas(made, book, chance)
    leave = take_leave(made, chance)
    give_a_day(made)
    return f"{cells} cells of rotas, {leave} half days of leave, a day of the company"


def fill_up(made: World) -> str:
    """Notices of hours and overtime as well; answers in words how much it is."""
    change_hours(made)
    evenings = agree_overtime(made, Random(4410))  # noqa: S311 - the same facts in every run
    return f"hours by notice on two days, {evenings} evenings of overtime"


def publish_rotas(made: World, book: Policies, chance: Random) -> int:
    """Every third team rests by a rota: a day a week for each, whichever it is; answers how many cells."""
    parameters = book.checked(ROTA, {})
    cells: list[RotaCell] = []
    with made.database.work() as work:
        for place in range(0, len(made.teams), 3):
            told = (SubjectKind.UNIT, made.teams[place], ROTA, parameters, MONTH, None)
            assert assignments.add(work.connection, Assignment(new_id(), *told), created_at=NOW, created_by=BY)
            for person in made.of_team(place):
                resting = (chance.choice(DAYS[start : start + 7]) for start in range(0, 31, 7))
                cells += [RotaCell(person, day, REST) for day in sorted(resting)]
        rota.publish(work.connection, cells, now=NOW, by=BY)
    return len(cells)


def take_leave(made: World, chance: Random) -> int:
    """Leave and trips for a share of all days, in spells of some days, some of which begin with an afternoon."""
    worked = sum(day.weekday() < 6 for day in DAYS)
    spells = int(len(made.people) * worked * LEAVE_SHARE / ((1 + LONGEST_DAYS) / 2))
    taken = 0
    with made.database.work() as work:
        for person in chance.sample(list(made.people.values()), spells):
            leave = _leave(person, chance)
            leave_requests.add(work.connection, leave, wish_key=None)
            taken += sum(1 if "half" in day.part else 2 for day in leave.days)
    return taken


def _leave(person: UUID, chance: Random) -> Leave:
    kind, clause, _ = chance.choices(SPELLS, [share for _, _, share in SPELLS])[0]
    count = chance.randint(1, LONGEST_DAYS)
    first = chance.choice([day for day in DAYS[: 31 - count] if day.weekday() < 6])
    starts: Half = "second-half" if chance.random() < HALVES_SHARE else "first-half"
    days = [day for day in DAYS if first <= day and day.weekday() < 6][:count]
    rest: list[Part] = ["day"] * count
    parts: list[Part] = ["second-half" if starts == "second-half" else "day", *rest]
    taken = [LeaveDayTaken(day, part, None, (), 450, Fraction(1)) for day, part in zip(days, parts, strict=False)]
    return Leave(
        new_id(),
        person,
        LeaveWish(kind, first, days[-1], starts=starts, reason="benchmark"),
        LeaveTerms("statutory-leave@1", (kind, kind), clause, "", "days"),
        tuple(taken),
        NOW,
        LeaveState.AGREED,
    )


def give_a_day(made: World) -> None:
    """A day of the company, beside the holidays of the official calendar."""
    everybody = (NoticeLevel.ORGANISATION, EVERYBODY)
    off = CompanyDayWish(everybody, DAYS[27], DAYS[27], worked=False, wording=("公司日", "A day of the company"))
    with made.database.work() as work:
        assert company_days.add(work.connection, CompanyDay(new_id(), off, NOW, BY))


def change_hours(made: World) -> None:
    """A power failure at the site for an afternoon, and shorter hours of every tenth team."""
    dark = _notice((NoticeLevel.SITE, made.site), DAYS[13], HoursCause.POWER_FAILURE)
    short = [_notice((NoticeLevel.UNIT, team), DAYS[20], HoursCause.BUSINESS_NEED) for team in made.teams[::10]]
    with made.database.work() as work:
        assert all(hours_notices.add(work.connection, one) for one in (dark, *short))


def _notice(subject: tuple[NoticeLevel, UUID], day: date, cause: HoursCause) -> HoursNotice:
    return HoursNotice(new_id(), HoursWish(subject, day, day, ((510, 720),), cause, ("停电", "No power")), NOW, BY)


def agree_overtime(made: World, chance: Random) -> int:
    """Some evenings of a share of the people; answers how many."""
    several = chance.sample(list(made.people.values()), int(len(made.people) * OVERTIME_SHARE))
    agreed = [one for person in several for one in _evenings(person, chance)]
    with made.database.work() as work:
        for one in agreed:
            overtime.add(work.connection, one, wish_key=None)
            assert overtime.end(work.connection, one.identifier, OvertimeEnd(OvertimeState.AGREED, NOW, BY))
    return len(agreed)


def _evenings(person: UUID, chance: Random) -> Iterator[OvertimeRequest]:
    for day in chance.sample([day for day in DAYS if day.weekday() < 5], EVENINGS):
        midnight = epoch_of(civil_instant(day)) // 60 - 480
        planned = tuple((midnight + start, midnight + end) for start, end in WORKED)
        wish = OvertimeWish(day, EVENING, Compensation.PAY, "benchmark")
        start, end = (midnight + wall for wall in EVENING)
        yield OvertimeRequest(new_id(), person, wish, start, end, OvertimeDay(Percent.WORKING_DAY, planned), NOW)
