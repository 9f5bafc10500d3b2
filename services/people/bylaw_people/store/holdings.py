"""What was given to people on a day, in a few queries however many they are, and who may hold a permission at all."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach, Scope
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.access import Account, AsOf, Candidates
from bylaw_people.rules.access.granting import Administration
from bylaw_people.rules.access.holding import Given, Post
from bylaw_people.rules.access.roles import ADMINISTRATOR, DEPUTY, HEAD
from bylaw_people.store.access_tables import outside_accesses
from bylaw_people.store.grants import grant_of
from bylaw_people.store.reach import Within
from bylaw_people.store.sign_in_tables import account_locks, service_accounts
from bylaw_people.store.standing import still_counts
from bylaw_people.store.tables import appointments, deputyships, grants, headships, holds_on, people

ADMINISTRATION_LOCK = 7_262_946_403
"""Advisory lock under which somebody's administering the whole organisation is ended, one change at a time."""

POSTS = {HEAD: headships, DEPUTY: deputyships}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What people hold, in one transaction."""

    connection: sa.Connection

    def given(self, asked: Collection[UUID], as_of: AsOf) -> dict[UUID, Given]:
        """Grants, in person or by a position, and posts of some people; nothing is left out for who may not enter."""
        given: dict[UUID, list[sa.Row[tuple[object, ...]]]] = defaultdict(list)
        for row in self.connection.execute(_grants_of(asked, as_of)):
            given[row.holder].append(row)
        posts: dict[UUID, list[Post]] = defaultdict(list)
        for row in self.connection.execute(_posts_of(asked, as_of.day)):
            posts[row.person].append(Post(row.role, row.unit, row.start_date, row.end_date, row.recorded_by))
        return {person: Given(tuple(grant_of(row) for row in given[person]), tuple(posts[person])) for person in asked}

    def permitted(self, asked: Collection[UUID], as_of: AsOf) -> set[UUID]:
        """Those of some people for whom a head's permission runs (SEC-2)."""
        columns = outside_accesses.c
        running = sa.and_(columns.start_date <= as_of.day, columns.end_date >= as_of.day)
        ended = sa.or_(columns.ended_at.is_(None), columns.ended_at >= as_of.ends_at)
        statement = sa.select(columns.person).where(columns.person == sa.any_(_ids(asked)), running, ended)
        return set(self.connection.execute(statement).scalars())

    def accounts(self, asked: Collection[UUID], as_of: AsOf) -> dict[UUID, Account]:
        """Those of some people whose account is locked, and the accounts of programs."""
        owned, locks, owner_locks = service_accounts, account_locks.alias(), account_locks.alias()
        over = sa.or_(owned.c.end_date < as_of.day, owned.c.ended_at < as_of.ends_at)
        locked = sa.or_(locks.c.locked_at < as_of.ends_at, owner_locks.c.locked_at < as_of.ends_at)
        statement = (
            sa.select(people.c.id, owned.c.owner, sa.func.coalesce(sa.or_(over, locked), sa.false()).label("stopped"))
            .outerjoin(owned, owned.c.id == people.c.id)
            .outerjoin(locks, locks.c.person == people.c.id)
            .outerjoin(owner_locks, owner_locks.c.person == owned.c.owner)
            .where(people.c.id == sa.any_(_ids(asked)), sa.or_(owned.c.id.is_not(None), locks.c.person.is_not(None)))
        )
        return {row.id: Account(row.stopped, row.owner) for row in self.connection.execute(statement)}

    def candidates(
        self, sought: Candidates, reach: Reach, as_of: AsOf, *, after: UUID | None, limit: int
    ) -> list[UUID]:
        """People within a reach, by id, who were given a role that is sought: each of them is still to be judged."""
        found = sa.union(*_candidates(sought, as_of)).subquery()
        statement = sa.select(people.c.id).where(
            people.c.id.in_(sa.select(found.c.person)), Within(reach, as_of.day).person()
        )
        if after:
            statement = statement.where(people.c.id > after)
        return list(self.connection.execute(statement.order_by(people.c.id).limit(limit)).scalars())

    def holders_of_role(self, role: str, day: date) -> list[UUID]:
        """Who holds a role by a grant on a day, in person or by a position."""
        holders = _holders(sa.and_(grants.c.role == role, still_counts(day)), day).subquery()
        return list(self.connection.execute(sa.select(holders.c.holder).distinct()).scalars())

    def lock_administration(self) -> None:
        """Nobody else's administering is ended until the transaction ends."""
        self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADMINISTRATION_LOCK)))

    def administrations(self, day: date) -> list[Administration]:
        """Who administers the whole organisation on a day: employed formally or temporarily, or its own account."""
        whole = sa.and_(grants.c.role == ADMINISTRATOR, grants.c.scope == Scope.COMPANY.value, still_counts(day))
        held = _holders(whole, day).subquery()
        last = sa.func.least(held.c.end_date, held.c.post_end, _last_employed(held.c.holder))
        statement = sa.select(held.c.id, held.c.holder, last.label("last_date")).where(
            _may_administer(held.c.holder, day)
        )
        return [Administration(row.id, row.holder, row.last_date) for row in self.connection.execute(statement)]


def _ids(asked: Collection[UUID]) -> sa.ColumnElement[object]:
    return sa.cast(sorted(asked), pg.ARRAY(sa.Uuid))


def _grants_of(asked: Collection[UUID], as_of: AsOf) -> sa.CompoundSelect[tuple[object, ...]]:
    counts = still_counts(as_of.day, as_of.ends_at)
    in_person = sa.select(grants, grants.c.person.label("holder")).where(
        grants.c.person == sa.any_(_ids(asked)), counts
    )
    there = sa.and_(appointments.c.position == grants.c.position, holds_on(appointments, as_of.day))
    by_position = (
        sa.select(grants, appointments.c.person.label("holder"))
        .join(appointments, there)
        .where(appointments.c.person == sa.any_(_ids(asked)), counts)
    )
    return in_person.union_all(by_position).order_by("id")


def _posts_of(asked: Collection[UUID], day: date) -> sa.CompoundSelect[tuple[object, ...]]:
    found = [
        sa.select(
            sa.literal(role).label("role"),
            posts.c.person,
            posts.c.unit,
            posts.c.start_date,
            posts.c.end_date,
            posts.c.recorded_by,
        ).where(posts.c.person == sa.any_(_ids(asked)), holds_on(posts, day))
        for role, posts in POSTS.items()
    ]
    return sa.union_all(*found).order_by("role", "unit")


def _candidates(sought: Candidates, as_of: AsOf) -> Iterator[sa.Select[tuple[UUID]]]:
    counts = sa.and_(grants.c.role.in_(sought.roles), still_counts(as_of.day, as_of.ends_at))
    yield sa.select(grants.c.person).where(counts, grants.c.person.is_not(None))
    there = sa.and_(appointments.c.position == grants.c.position, holds_on(appointments, as_of.day))
    yield sa.select(appointments.c.person).join(grants, there).where(counts)
    for role, posts in POSTS.items():
        if role in sought.roles:
            yield sa.select(posts.c.person).where(holds_on(posts, as_of.day))
    if sought.everybody:
        yield sa.select(appointments.c.person).where(holds_on(appointments, as_of.day))
    if sought.person:
        yield sa.select(people.c.id.label("person")).where(people.c.id == sought.person)


def _holders(condition: sa.ColumnElement[bool], day: date) -> sa.CompoundSelect[tuple[object, ...]]:
    """Holders of grants on a day, with the last day of the post by which they hold it."""
    nothing = sa.cast(sa.null(), sa.Date).label("post_end")
    in_person = sa.select(grants.c.id, grants.c.person.label("holder"), grants.c.end_date, nothing)
    there = sa.and_(appointments.c.position == grants.c.position, holds_on(appointments, day))
    by_position = sa.select(
        grants.c.id, appointments.c.person.label("holder"), grants.c.end_date, appointments.c.end_date.label("post_end")
    )
    return in_person.where(condition, grants.c.person.is_not(None)).union_all(
        by_position.join(grants, there).where(condition)
    )


def _last_employed(person: sa.ColumnElement[UUID]) -> sa.ColumnElement[date]:
    """The last day of somebody's last appointment; nothing where it is open, or where they never had one."""
    columns = appointments.c
    mine = sa.and_(columns.person == person, columns.superseded_at.is_(None))
    open_ended = sa.exists().where(mine, columns.end_date.is_(None))
    last = sa.select(sa.func.max(columns.end_date)).where(mine).scalar_subquery()
    return sa.case((open_ended, sa.null()), else_=last)


def _may_administer(person: sa.ColumnElement[UUID], day: date) -> sa.ColumnElement[bool]:
    """Whoever may enter on a day without a head's permission, and signs in: no program, no locked account."""
    columns = appointments.c
    mine = sa.and_(columns.person == person, columns.superseded_at.is_(None))
    employed = sa.exists().where(mine, holds_on(appointments, day), columns.employment_kind != "external")
    signs_in = sa.exists().where(people.c.id == person, people.c.login.is_not(None))
    locked = sa.exists().where(account_locks.c.person == person)
    return sa.and_(sa.not_(locked), sa.or_(employed, sa.and_(sa.not_(sa.exists().where(mine)), signs_in)))
