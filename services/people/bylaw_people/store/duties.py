"""Duties as the store keeps them: what they were from which date on, and whether they are within a reach."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.duties.duty import Duty, DutyTerms, Whose
from bylaw_people.rules.duties.making import Surroundings, Unmade
from bylaw_people.store import duty_rows
from bylaw_people.store.dated_tables import position_spans, site_spans
from bylaw_people.store.duty_tables import duties, duty_occurrences, duty_terms
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.reach import Within
from bylaw_people.store.responsible import within
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import people, unit_spans, valid_on

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, new: Duty) -> bool:
        """A new duty with its first terms; says whether the service's key was free."""
        row = {
            "id": new.id,
            "service": new.service,
            "key": new.key,
            "end_date": new.end_date,
            "revision": new.revision,
            "made_until": new.newest.effective_date - ONE_DAY,
            **self.stamp.recorded,
        }
        if not insert_free(self.connection, duties, [row]):
            return False
        self._add_terms(new.id, new.newest)
        return True

    def find(self, duty: UUID, reach: Reach, today: date, *, lock: bool = False) -> Duty | None:
        """A duty within a reach."""
        newest = _newest()
        statement = _duties(newest).where(duties.c.id == duty, within(reach, newest, today, today=today))
        return self._one(statement, lock=lock)

    def by_key(self, service: str, key: str, *, lock: bool = False) -> Duty | None:
        """What a service declared under a key."""
        mine = (duties.c.service == service, duties.c.key == key, duties.c.service != "")
        return self._one(sa.select(duties).where(*mine), lock=lock)

    def page(self, reach: Reach, today: date, *, clause: str, after: UUID | None, limit: int) -> list[Duty]:
        """Duties within a reach, newest first."""
        newest = _newest()
        statement = _duties(newest).where(within(reach, newest, today, today=today))
        if clause:
            statement = statement.where(newest.c.clause == clause)
        if after:
            statement = statement.where(duties.c.id < after)
        return self._whole(self.connection.execute(statement.order_by(duties.c.id.desc()).limit(limit)).all())

    def change(self, changed: Duty) -> None:
        """Writes a duty's newest terms in place of those from their date on; what is not due yet is made anew."""
        new = changed.newest
        later = (duty_terms.c.duty == changed.id, duty_terms.c.effective_date >= new.effective_date)
        counting = (*later, duty_terms.c.superseded_at.is_(None))
        self.connection.execute(duty_terms.update().where(*counting).values(self.stamp.superseded))
        self._add_terms(changed.id, new)
        made = sa.func.least(duties.c.made_until, new.effective_date - ONE_DAY)
        values = {"revision": changed.revision, "made_until": made}
        self.connection.execute(duties.update().where(duties.c.id == changed.id).values(values))
        self._drop(changed.id, new.effective_date)

    def end(self, ended: Duty, last: date) -> None:
        """Writes a duty's last day; what would be due later is dropped."""
        values = {"revision": ended.revision, "end_date": last}
        self.connection.execute(duties.update().where(duties.c.id == ended.id).values(values))
        self._drop(ended.id, last + ONE_DAY)

    def reaches(self, whose: Whose, reach: Reach, day: date) -> bool:
        """Whether those who are given a duty are there on a day and within a reach."""
        places = Within(reach, day)
        if whose.person:
            found = sa.exists().where(people.c.id == whose.person, places.person())
        elif whose.position:
            spans = position_spans
            found = sa.exists().where(
                spans.c.position == whose.position, valid_on(spans, day), places.unit(spans.c.unit)
            )
        else:
            spans = unit_spans
            found = sa.exists().where(spans.c.unit == whose.head_of, valid_on(spans, day), places.unit(spans.c.unit))
        return bool(self.connection.execute(sa.select(found)).scalar_one())

    def surroundings(self, sites: Collection[UUID], day: date) -> dict[UUID, Surroundings]:
        """Zone and calendar of sites on a day, of those that there are."""
        spans = site_spans.c
        known = sa.select(spans.site, spans.time_zone, spans.calendar).where(spans.site.in_(sorted(sites)))
        found = self.connection.execute(known.where(valid_on(site_spans, day)))
        return {row.site: Surroundings(ZoneInfo(row.time_zone), row.calendar) for row in found}

    def claim_unmade(self, until: date, limit: int, *, only: UUID | None = None) -> list[Unmade]:
        """Duties whose occurrences up to a day are not all made; what others have locked is passed over."""
        columns = duties.c
        unmade = sa.select(duties).where(
            columns.made_until < until, sa.or_(columns.end_date.is_(None), columns.end_date > columns.made_until)
        )
        if only:
            unmade = unmade.where(columns.id == only)
        locked = unmade.order_by(columns.id).limit(limit).with_for_update(skip_locked=True)
        rows = self.connection.execute(locked).all()
        return [Unmade(duty, row.made_until) for duty, row in zip(self._whole(rows), rows, strict=True)]

    def note_made(self, made: Collection[UUID], until: date) -> None:
        """Writes that the occurrences of duties up to a day have been made."""
        asked = sa.cast(sorted(made), pg.ARRAY(sa.Uuid))
        self.connection.execute(duties.update().where(duties.c.id == sa.any_(asked)).values(made_until=until))

    def _add_terms(self, duty: UUID, new: DutyTerms) -> None:
        self.connection.execute(duty_terms.insert(), [duty_rows.terms_row(duty, new, self.stamp)])

    def _drop(self, duty: UUID, since: date) -> None:
        columns = duty_occurrences.c
        later = (columns.duty == duty, columns.due_date >= since, columns.due_at > self.stamp.now)
        statement = duty_occurrences.update().where(*later, columns.state == "open")
        self.connection.execute(statement.values(state="dropped"))

    def _one(self, statement: sa.Select[Any], *, lock: bool) -> Duty | None:
        asked = statement.with_for_update(of=duties) if lock else statement
        found = self._whole(self.connection.execute(asked).all())
        return found[0] if found else None

    def _whole(self, rows: Sequence[Any]) -> list[Duty]:
        asked = sa.cast([row.id for row in rows], pg.ARRAY(sa.Uuid))
        counting = (duty_terms.c.duty == sa.any_(asked), duty_terms.c.superseded_at.is_(None))
        found: dict[UUID, list[DutyTerms]] = defaultdict(list)
        ordered = sa.select(duty_terms).where(*counting).order_by(duty_terms.c.effective_date)
        for row in self.connection.execute(ordered):
            found[row.duty].append(duty_rows.terms(row))
        return [duty_rows.duty(row, found[row.id]) for row in rows]


def _newest() -> sa.Subquery:
    """The newest terms of every duty."""
    columns = duty_terms.c
    newest = (columns.duty, columns.effective_date.desc())
    counting = sa.select(duty_terms).where(columns.superseded_at.is_(None))
    return counting.order_by(*newest).ext(pg.distinct_on(columns.duty)).subquery("newest")


def _duties(newest: sa.Subquery) -> sa.Select[Any]:
    return sa.select(duties).join(newest, newest.c.duty == duties.c.id)
