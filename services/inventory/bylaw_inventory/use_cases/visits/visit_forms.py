"""Visits in the form that rules take; what has another form is refused, naming the field."""

from datetime import UTC, datetime
from typing import Any

from bylaw_chassis.forms import known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id

from bylaw_inventory.rules.visits.visit import Side, Visitor
from bylaw_inventory.use_cases.forms import FIRST_YEAR, LAST_YEAR

PEOPLE = "people"
LONGEST_NAME, LONGEST_PURPOSE = 100, 200


def visitor_asked(request: Any) -> Visitor:
    """Who comes in: somebody of the house, or a visitor by name with a purpose."""
    person = optional_id(request.person, PEOPLE, field="person")
    if bool(person) == bool(request.visitor_name):
        raise FieldInvalid(
            field="visitor_name",
            zh="本司人员填人员，外来人员填姓名，二者填其一",
            en="expected a person of the house or a visitor's name, and not both",
        )
    if person and request.company:
        raise FieldInvalid(field="company", zh="本司人员不填单位", en="somebody of the house has no other company")
    return Visitor(
        person,
        line_of_text(request.visitor_name, field="visitor_name", longest=LONGEST_NAME, needed=False),
        line_of_text(request.company, field="company", longest=LONGEST_NAME, needed=False),
        line_of_text(request.purpose, field="purpose", longest=LONGEST_PURPOSE, needed=not person),
        optional_id(request.host, PEOPLE, field="host"),
    )


def instant_asked(request: Any, field: str) -> datetime | None:
    """When it was; nothing for now."""
    if not request.HasField(field):
        return None
    try:
        at: datetime = getattr(request, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise _no_instant(field) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise _no_instant(field)
    return at


def side_asked(number: int) -> Side:
    """Which entry."""
    return known(number, Side, field="side")


def _no_instant(field: str) -> FieldInvalid:
    return FieldInvalid(field=field, zh="不是业务中可能的时刻", en="no instant a business can mean")
