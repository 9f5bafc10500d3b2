"""Whose tokens end because what they may do today has changed; what changes later ends none, tokens end by midnight."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bylaw_people.ports import Records
from bylaw_people.rules.organisation import Post, UnitRecord
from bylaw_people.rules.staff import PersonRecord


def renew_person(records: Records, before: PersonRecord, after: PersonRecord, today: date) -> None:
    """Somebody whose appointment of today is another than it was."""
    if differs_on(before, after, today):
        records.renew_access([after.id])


def differs_on(before: PersonRecord, after: PersonRecord, day: date) -> bool:
    """Whether somebody works elsewhere, as something else, or not at all on a day."""
    was, now = before.on(day), after.on(day)
    return not (was.same_as(now) if was and now else was is now)


def renew_holders(records: Records, before: UnitRecord, after: UnitRecord, today: date) -> None:
    """Who held a post of a unit today and does no longer, and who does now."""
    renew_all_holders(records, [(before, after)], today)


def renew_all_holders(records: Records, changes: Iterable[tuple[UnitRecord, UnitRecord]], today: date) -> None:
    """The same for many units at once."""
    changed = {person for before, after in changes for _, person in _holders(before, today) ^ _holders(after, today)}
    if changed:
        records.renew_access(changed)


def _holders(unit: UnitRecord, day: date) -> set[tuple[Post, UUID]]:
    found = {Post.HEAD: unit.head_on(day), Post.DEPUTY: unit.deputy_on(day)}
    return {(post, person) for post, person in found.items() if person}
