"""Who heads a unit and who deputises, in time: one at a time in each post, appointed for any date (ORG-3).

A new holder takes the place of the one before from the date on, until the next one on record. Somebody who was
appointed until a last day is not pushed out silently: that time is ended first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bylaw_people.rules.dated_refusals import ChangeNotFound, HeadIsDeputy, TwoHeads, UnitHasNoHead
from bylaw_people.rules.organisation import HeadChange, Headship
from bylaw_people.rules.versions import ONE_DAY


def appoint(holders: Sequence[Headship], wish: Headship) -> HeadChange:
    """The one before ends the day before; the same person again changes nothing. Refuses TWO_HEADS."""
    holds = next((held for held in holders if held.covers(wish.start_date)), None)
    following = next((held.start_date for held in holders if held.start_date > wish.start_date), None)
    if holds and holds.limited and holds.person != wish.person:
        raise TwoHeads(date=wish.start_date)
    if following and wish.limited and wish.end_date and wish.end_date >= following:
        raise TwoHeads(date=following)
    if following and (wish.end_date is None or wish.end_date >= following):
        wish = replace(wish, end_date=following - ONE_DAY)
    if holds is None:
        return HeadChange(added=(wish,))
    if (holds.person, holds.end_date, holds.limited) == (wish.person, wish.end_date, wish.limited):
        return HeadChange()
    superseded = (holds.id,) if holds.id else ()
    if wish.start_date == holds.start_date:
        return HeadChange(superseded, (wish,))
    return HeadChange(superseded, (_until(holds, wish.start_date - ONE_DAY), wish))


def end(holders: Sequence[Headship], last_date: date) -> HeadChange:
    """Whoever holds the post on a day holds it no longer. Refuses UNIT_HAS_NO_HEAD."""
    holds = next((held for held in holders if held.covers(last_date)), None)
    if holds is None:
        raise UnitHasNoHead(date=last_date)
    if holds.end_date == last_date:
        return HeadChange()
    return HeadChange((holds.id,) if holds.id else (), (_until(holds, last_date),))


def withdraw(holders: Sequence[Headship], day: date) -> HeadChange:
    """The appointment that begins on a day is taken back; refuses CHANGE_NOT_FOUND.

    Who held the post the day before holds it on, unless they were appointed until that day.
    """
    found = next((held for held in holders if held.start_date == day), None)
    if found is None:
        raise ChangeNotFound(date=day)
    before = next(
        (held for held in holders if held.end_date and day - held.end_date == ONE_DAY and not held.limited), None
    )
    superseded = tuple(held.id for held in (before, found) if held and held.id)
    return HeadChange(superseded, (_until(before, found.end_date),) if before else ())


def after(holders: Sequence[Headship], change: HeadChange) -> tuple[Headship, ...]:
    """Those who hold the post once a change is made, oldest first."""
    kept = (held for held in holders if held.id not in change.superseded)
    return tuple(sorted((*kept, *change.added), key=lambda held: held.start_date))


def require_two_people(heads: Sequence[Headship], deputies: Sequence[Headship]) -> None:
    """That nobody is head and deputy of a unit at once; refuses HEAD_IS_DEPUTY."""
    for head in heads:
        for deputy in deputies:
            day = max(head.start_date, deputy.start_date)
            if head.person == deputy.person and head.covers(day) and deputy.covers(day):
                raise HeadIsDeputy(date=day)


def _until(held: Headship, last: date | None) -> Headship:
    return replace(held, id=None, end_date=last)
