"""Things in time: a version holds from its date to the next one's; changes may be of any date, past or future.

Each field that a change alters holds until the next change of that same field that is on record: whoever renames a
unit as of last month does not undo, nor is undone by, a move that is on record for next month. Nothing is overwritten:
what is written takes its place beside what was, and the newest row of a date is the one that counts. A version that
says no more than the one before it is no change: what takes its place, or is taken back, goes on through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from bylaw_people.rules.dated_refusals import ChangeNotFound, FirstChangeStays

EVER = date.min
"""From the first day there is: of what is not dated."""

ONE_DAY = timedelta(days=1)
STEERING = frozenset({"effective_date", "closed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What something is from a date on; a closed one says that from then on there is no such thing."""

    effective_date: date = EVER
    closed: bool = False


AnyVersion = TypeVar("AnyVersion", bound=Version)


@dataclass(frozen=True, slots=True)
class Rewriting(Generic[AnyVersion]):
    """What is put on record: versions that count from now on, and versions that are taken back."""

    written: tuple[AnyVersion, ...] = ()
    withdrawn: tuple[AnyVersion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.written or self.withdrawn)

    def of(self, versions: Sequence[AnyVersion]) -> tuple[AnyVersion, ...]:
        """The versions that count once it is on record, oldest first."""
        gone = {version.effective_date for version in (*self.written, *self.withdrawn)}
        kept = [version for version in versions if version.effective_date not in gone]
        return tuple(sorted((*kept, *self.written), key=lambda version: version.effective_date))


@dataclass(frozen=True, slots=True)
class Dated(Generic[AnyVersion]):
    """Something in time, whole: its code, and every version that counts, oldest first."""

    id: UUID
    code: str
    revision: int
    versions: tuple[AnyVersion, ...]

    def as_of(self, day: date) -> AnyVersion | None:
        """What it is on a day; nothing before its first and after its last."""
        return as_of(self.versions, day)

    def last_day(self, version: AnyVersion) -> date | None:
        """Until when a version holds; nothing where it is open."""
        later = (other.effective_date for other in self.versions if other.effective_date > version.effective_date)
        following = next(later, None)
        return following - ONE_DAY if following else None

    def rewritten(self, rewriting: Rewriting[AnyVersion]) -> Self:
        """The record with what is put on record."""
        return replace(self, versions=rewriting.of(self.versions), revision=self.revision + 1)

    def says_more(self, rewriting: Rewriting[AnyVersion]) -> bool:
        """Whether what is put on record changes anything of any day."""
        return bool(rewriting) and simple(self.versions) != simple(rewriting.of(self.versions))

    def missing_day(self, first: date, last: date | None) -> date | None:
        """The first day of a time on which there is no such thing; nothing where it exists throughout."""
        if first < self.versions[0].effective_date:
            return first
        end = self.versions[-1]
        if end.closed and (last is None or last >= end.effective_date):
            return max(first, end.effective_date)
        return None


@dataclass(frozen=True, slots=True)
class View(Generic[AnyVersion]):
    """Something as of a date; `last_date` is until when it is as shown."""

    id: UUID
    code: str
    revision: int
    version: AnyVersion
    last_date: date | None = None


def simple(versions: Sequence[AnyVersion]) -> list[AnyVersion]:
    """The versions without those that say again what the one before says."""
    found: list[AnyVersion] = []
    for version in versions:
        if not found or replace(version, effective_date=found[-1].effective_date) != found[-1]:
            found.append(version)
    return found


def as_of(versions: Sequence[AnyVersion], day: date) -> AnyVersion | None:
    """The version that holds on a day."""
    found = next((version for version in reversed(versions) if version.effective_date <= day), None)
    return None if found is None or found.closed else found


def present(versions: Sequence[AnyVersion], day: date) -> AnyVersion | None:
    """What a change from a day on begins with: what holds then, or what it is at first where it is not yet."""
    return versions[0] if day < versions[0].effective_date else as_of(versions, day)


def change(versions: Sequence[AnyVersion], wish: AnyVersion) -> Rewriting[AnyVersion]:
    """The wish from its date on; each field that it alters holds until the next change of that field."""
    before = present(versions, wish.effective_date)
    altered = _differences(before, wish) if before else {}
    written = [wish]
    for later in versions:
        if later.effective_date <= wish.effective_date:
            continue
        altered = {name: (was, now) for name, (was, now) in altered.items() if getattr(later, name) == was}
        if not altered or later.closed:
            break
        written.append(replace(later, **{name: now for name, (_, now) in altered.items()}))
    return Rewriting(tuple(written))


def close(versions: Sequence[AnyVersion], last_date: date) -> Rewriting[AnyVersion] | None:
    """No such thing after a day; later changes are taken back. Nothing where it does not exist on that day."""
    last, day = as_of(versions, last_date), last_date + ONE_DAY
    if last is None:
        return None
    later = tuple(version for version in versions if version.effective_date >= day)
    if later and later[0].closed and later[0].effective_date == day:
        return Rewriting()
    end = replace(last, effective_date=day, closed=True)
    return Rewriting((end,), tuple(version for version in later if version.effective_date != day))


def withdraw(versions: Sequence[AnyVersion], day: date) -> Rewriting[AnyVersion]:
    """The change of a day taken back, with what it altered in later versions; what held the day before holds on.

    Refuses CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS.
    """
    dates = [version.effective_date for version in versions]
    if day not in dates:
        raise ChangeNotFound(date=day)
    place = dates.index(day)
    if place == 0:
        raise FirstChangeStays(date=day)
    found = versions[place]
    if found.closed:
        return Rewriting(withdrawn=(found,))
    restored = change(versions, replace(versions[place - 1], effective_date=day))
    return Rewriting(restored.written[1:], (found,))


def _differences(before: AnyVersion, wish: AnyVersion) -> dict[str, tuple[Any, Any]]:
    names = [field.name for field in fields(wish) if field.name not in STEERING]
    return {
        name: (getattr(before, name), getattr(wish, name))
        for name in names
        if getattr(before, name) != getattr(wish, name)
    }
