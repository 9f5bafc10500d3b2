"""What somebody may do on a day: what they were granted, what comes with their post, and whether they may enter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, HeldGrant

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.holding import Standing, held_by, standings_of, still_given
from bylaw_people.rules.access.outsiders import Gap, entry_gap, is_outsider
from bylaw_people.rules.staff import PersonRecord


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody holds on a day and what gives it; nothing, and why, where they may not enter."""

    person: PersonRecord
    day: date
    gap: Gap | None = None
    standings: tuple[Standing, ...] = ()

    @property
    def caller(self) -> Caller:
        """The person as the caller they would be."""
        return Caller(person=self.person.id, grants=held_by(self.standings))


def caller_for(records: Records, person: PersonRecord, day: date, *, needs: Needs) -> Caller:
    """A person as a caller, with everything they hold on the day; nothing where they may not enter.

    The count is read first: a change that commits in between ends the token, where the other order would let it live.
    """
    revision = records.people.access_revision(person.id)
    holding = holdings_of(records, [person], day, needs=needs)[person.id]
    return Caller(person=person.id, grants=held_by(holding.standings), access_revision=revision)


def may_enter(records: Records, person: PersonRecord, day: date, *, needs: Needs) -> bool:
    """Whether somebody may sign in and act: employed, and where from outside, let in by a head (SEC-2)."""
    return _gaps(records, [person], day, needs=needs)[person.id] is None


def holdings_of(records: Records, people: Sequence[PersonRecord], day: date, *, needs: Needs) -> dict[UUID, Holding]:
    """What people hold on a day, by person: in the same few queries, however many they are."""
    gaps, as_of = _gaps(records, people, day, needs=needs), needs.as_of(day)
    told = records.holdings.given([person.id for person in people if gaps[person.id] is None], as_of)
    given = {person.id: still_given(person, day, told[person.id]) for person in people if person.id in told}
    names = {grant.role for held in given.values() for grant in held.grants} - needs.roles.keys()
    known = needs.roles | (records.roles.named(names, as_of.ends_at) if names else {})
    return {
        person.id: Holding(person, day, gaps[person.id], standings_of(person, day, given[person.id], known))
        if person.id in given
        else Holding(person, day, gaps[person.id])
        for person in people
    }


def whatever_given(records: Records, person: PersonRecord, day: date, *, needs: Needs) -> tuple[HeldGrant, ...]:
    """All that was given to somebody from a day on, also while they may not enter: they may again tomorrow.

    A lock is taken off, the end of an employment is taken back, an appointment begins.
    """
    given = records.holdings.given([person.id], needs.as_of(day))[person.id]
    positions = {held.position for held in person.appointments if held.position}
    later = [*records.grants.from_day_on(person.id, day), *records.grants.of_positions(positions, day)]
    grants = {grant.id: grant for grant in (*given.grants, *later)}
    known = needs.roles | records.roles.all()
    return held_by(standings_of(person, day, replace(given, grants=tuple(grants.values())), known))


def _gaps(records: Records, people: Sequence[PersonRecord], day: date, *, needs: Needs) -> dict[UUID, Gap | None]:
    """What keeps each of them out; the account of a program acts no longer than whoever answers for it."""
    accounts = records.holdings.accounts([person.id for person in people], needs.as_of(day))
    named = {account.owner for account in accounts.values() if account.owner}
    owners = records.people.many(named) if named else []
    permitted = _permitted(records, [*people, *owners], day, needs=needs)
    away = {owner.id for owner in owners if entry_gap(owner, day, permitted=owner.id in permitted)}
    stopped = {person for person, account in accounts.items() if account.stopped or account.owner in away}
    return {
        person.id: entry_gap(person, day, permitted=person.id in permitted)
        or (Gap.ACCOUNT_STOPPED if person.id in stopped else None)
        for person in people
    }


def _permitted(records: Records, people: Sequence[PersonRecord], day: date, *, needs: Needs) -> set[UUID]:
    outsiders = [person.id for person in people if is_outsider(person, day)]
    return records.holdings.permitted(outsiders, needs.as_of(day)) if outsiders else set()
