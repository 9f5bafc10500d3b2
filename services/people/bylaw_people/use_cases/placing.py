"""Whether somebody can be appointed: the place is there, they can do what it asks, no post is left behind."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach

from bylaw_people.ports import Records
from bylaw_people.rules.dated_refusals import PositionClosed, SiteClosed
from bylaw_people.rules.organisation import PositionRecord
from bylaw_people.rules.refusals import PersonHeadsUnit, PositionNotFound, SiteNotFound
from bylaw_people.rules.requirements import Qualification, lacking, require_met
from bylaw_people.rules.staff import Appointment, PersonRecord, unemployed_day
from bylaw_people.rules.versions import ONE_DAY
from bylaw_people.use_cases.finding import require_unit


def require_place(
    records: Records, wish: Appointment, has: Iterable[Qualification], reach: Reach, *, today: date, field: str
) -> None:
    """That unit, position and site are there throughout, and that nothing is lacking without a head's reason (POS-2).

    Refuses UNIT_NOT_FOUND, UNIT_CLOSED, POSITION_NOT_FOUND, POSITION_CLOSED, SITE_NOT_FOUND, SITE_CLOSED,
    POSITION_REQUIREMENTS_NOT_MET.
    """
    position = require_there(records, wish, reach, today=today)
    if position:
        require_able(records, position, wish, has, today=today, field=field)


def require_there(records: Records, wish: Appointment, reach: Reach, *, today: date) -> PositionRecord | None:
    """That unit, position and site of an appointment are there throughout, held against being closed; the position."""
    span = (wish.start_date, wish.end_date)
    require_unit(records, wish.unit, reach, today=today, span=span)
    position = _position(records, wish.position, span) if wish.position else None
    site = records.sites.held(wish.site)
    if site is None:
        raise SiteNotFound
    missing = site.missing_day(*span)
    if missing:
        raise SiteClosed(site_code=site.code, date=missing)
    return position


def _position(records: Records, wished: UUID, span: tuple[date, date | None]) -> PositionRecord:
    position = records.positions.held(wished)
    if position is None:
        raise PositionNotFound
    missing = position.missing_day(*span)
    if missing:
        raise PositionClosed(position_code=position.code, date=missing)
    return position


def require_able(
    records: Records,
    position: PositionRecord,
    wish: Appointment,
    has: Iterable[Qualification],
    *,
    today: date,
    field: str,
) -> None:
    """That somebody can do what a position asks on the first day, or a head says why not.

    Refuses POSITION_REQUIREMENTS_NOT_MET (POS-2).
    """
    version = position.as_of(wish.start_date)
    missing = lacking(version.requirements, has, wish.start_date) if version else []
    if missing:
        reason = wish.reason if _by_head(records, wish, today) else ""
        require_met(position.code, missing, reason, field=f"{field}.position")


def _by_head(records: Records, wish: Appointment, today: date) -> bool:
    """Whether who gave the reason heads the unit, or one above it, or deputises there: today or on the first day."""
    above = (view for day in {today, wish.start_date} for view in records.units.views_above([wish.unit], day))
    return wish.reason_by is not None and any(wish.reason_by in (view.head, view.deputy) for view in above)


def require_posts_kept(records: Records, person: PersonRecord) -> None:
    """That nobody heads a unit, or deputises, on a day on which they are not employed; refuses PERSON_HEADS_UNIT.

    `person` is as they are once the change is made (ORG-3).
    """
    for unit_code, held in records.units.posts_of(person.id):
        missing = unemployed_day(person.appointments, held)
        if missing:
            raise PersonHeadsUnit(unit_code=unit_code, date=missing - ONE_DAY)
