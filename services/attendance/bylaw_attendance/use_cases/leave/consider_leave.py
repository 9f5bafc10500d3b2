"""Considers a request for leave: what it takes of each day, who is to be asked, what speaks against it (LVE-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson, Stay
from bylaw_chassis.values import new_id
from bylaw_hooks.leave import Employment, LeaveBalance, LeaveDay, LeaveKind, LeaveRequest, Objection, Standing, Taken
from bylaw_hooks.leave.measuring import measure

from bylaw_attendance.ports.leave import LeavePolicies
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.ports.rota import RotaStore
from bylaw_attendance.rules.closing.correction import employed_at, local_day
from bylaw_attendance.rules.judging.assignment import DAY, NO_SITE
from bylaw_attendance.rules.leave.floating_leave import FloatingLimits, in_rota_already
from bylaw_attendance.rules.leave.leave_held import OfferedKind
from bylaw_attendance.rules.leave.leave_kinds import NO_POLICY, own_objections, own_steps, with_own
from bylaw_attendance.rules.leave.leave_ledger import Entry, available, balance_at
from bylaw_attendance.rules.leave.leave_refusals import LeaveKindUnknown
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveTerms, LeaveWish, days_taken
from bylaw_attendance.rules.leave.leave_returned import NOTHING_RETURNED, Returned, without
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.use_cases.forms import check_near
from bylaw_attendance.use_cases.leave.grant_leave import Given, GrantLeave
from bylaw_attendance.use_cases.leave.plan_leave import PlanLeave
from bylaw_attendance.use_cases.sheets.finding import Finding


class Considered(NamedTuple):
    """A request as it would be on record, and what is to be known before it is."""

    leave: Leave
    left: Fraction | None
    """What would be left of its balance at the end of its last day; nothing where it is taken from none."""
    objections: tuple[Objection, ...]
    revision: int
    """Of the person's leave, when it was looked at."""
    given: Given | None
    """What policies grant, to be recorded with it."""


class _OnRecord(NamedTuple):
    revision: int
    entries: Sequence[Entry]
    """What is recorded or granted by now, and what requests that wait would take."""
    taken: tuple[Taken, ...]
    standing: Sequence[Leave]
    floating: Sequence[date]
    """The floating days of the rota (HRS-1)."""


@dataclass(frozen=True, slots=True)
class ConsiderLeave:
    """Everybody asks for themselves alone. Nothing is kept."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    policies: LeavePolicies
    grant: GrantLeave
    plan: PlanLeave
    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    rota: RotaStore
    limits: RotaLimits

    def oneself(self, caller: Caller) -> KnownPerson:
        """Who asks; refuses PERSON_NOT_FOUND to whoever is no person."""
        if caller.person is None:
            raise PersonNotFound(person=caller.key)
        return self.finding.person(Reach(own=caller.person), caller.person)

    def consider(self, person: KnownPerson, wish: LeaveWish, *, returned: Returned = NOTHING_RETURNED) -> Considered:
        """What would come of it, were these days given back first; refuses what cannot be considered at all."""
        request = wish.request(self._today(person, wish))
        check_near(wish.last, request.asked_on, field="end_date")
        offered = self._offered(person.person, wish)
        days = self.plan.days(person, wish.first, wish.last)
        given = self.grant.given(person.person, wish.last)
        if given and offered.policy in given.faults:
            raise given.faults[offered.policy]
        on_record = self._on_record(person.person, wish, given, returned=returned)
        own = offered.policy == NO_POLICY
        measured = _own(offered.kind, request, days) if own else self.policies.measure(offered, request, days)
        leave = Leave(
            new_id(),
            person.person,
            wish,
            LeaveTerms.of(offered.kind, offered.policy),
            days_taken(request, measured, days),
            self.database.clock(),
            number=person.number,
            steps=own_steps(measured) if own else self.policies.approval(offered, request, measured),
        )
        standing = Standing(
            self._employment(person.person, wish.first), _balances(leave, on_record.entries), on_record.taken
        )
        return Considered(
            leave,
            _left(leave, on_record.entries),
            (
                *self._objections(offered, request, measured, standing=standing),
                *in_rota_already(leave, on_record.standing, on_record.floating, self._floating(person.person)),
            ),
            on_record.revision,
            given,
        )

    def kinds(self, person: UUID, day: date) -> tuple[OfferedKind, ...]:
        """What the person may ask for on a day, by code."""
        return with_own(tuple(self.policies.kinds(person, day)))

    def today(self, person: UUID, day: date) -> date:
        """The date that it is where the person works on a day."""
        with self.database.read() as connection:
            return self._local_today(self.organisation.stays_of(connection, [person]), day)

    def _today(self, person: KnownPerson, wish: LeaveWish) -> date:
        """The date where the person works; refuses PERSON_NOT_EMPLOYED on the first day, or the last."""
        with self.database.read() as connection:
            stays = self.organisation.stays_of(connection, [person.person])
        for day in (wish.first, wish.last):
            employed_at(stays, day, person=person.number)
        return self._local_today(stays, wish.first)

    def _local_today(self, stays: Sequence[Stay], day: date) -> date:
        stay = next((one for one in stays if one.first_day <= day <= (one.last_day or day)), None)
        with self.database.read() as connection:
            site = self.organisation.all_sites(connection).get(stay.site) if stay and stay.site else None
        zone = site.on(day).time_zone if site else NO_SITE.time_zone
        return local_day(self.database.clock(), ZoneInfo(zone))

    def _offered(self, person: UUID, wish: LeaveWish) -> OfferedKind:
        offered = self.kinds(person, wish.first)
        found = next((one for one in offered if one.kind.code == wish.kind), None)
        if found is None:
            known = [(one.kind.code, one.kind.title.zh, one.kind.title.en) for one in offered]
            raise LeaveKindUnknown(kind=wish.kind, day=wish.first, known=known)
        return found

    def _on_record(self, person: UUID, wish: LeaveWish, given: Given | None, *, returned: Returned) -> _OnRecord:
        with self.database.read() as connection:
            revision = self.people.seen(connection, person)
            recorded = [one.entry for one in self.ledger.of_person(connection, person)]
            standing, back = without(self.requests.standing(connection, person), returned, recorded)
            floating = [cell.work_date for cell in self.rota.floating(connection, [person], date.max)]
        recorded += [one.entry for one in given.owed(recorded)] if given else []
        waiting = [entry for one in standing if one.waits for entry in one.entries()]
        first, last = wish.first - DAY, wish.last + DAY
        near = [day.taken for one in standing for day in one.kept if first <= day.work_date <= last]
        return _OnRecord(revision, [*recorded, *back, *waiting], tuple(near), standing, floating)

    def _floating(self, person: UUID) -> FloatingLimits:
        joined = min(one.joined for one in self.policies.employments(person))
        return FloatingLimits(self.limits.floating_days, self.limits.floating_kept_months, joined)

    def _employment(self, person: UUID, day: date) -> Employment:
        return next(one for one in self.policies.employments(person) if one.employed_on(day))

    def _objections(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        if offered.policy == NO_POLICY:
            return own_objections(offered.kind, request, measured, standing=standing)
        return self.policies.admit(offered, request, measured, standing=standing)


def _own(kind: LeaveKind, request: LeaveRequest, days: Iterable[LeaveDay]) -> tuple[Taken, ...]:
    return tuple(measure(kind, request, days))


def _balances(leave: Leave, entries: Sequence[Entry]) -> tuple[LeaveBalance, ...]:
    balance = leave.terms.balance
    if not balance:
        return ()
    return (LeaveBalance(balance, available(entries, balance, leave.amounts())),)


def _left(leave: Leave, entries: Sequence[Entry]) -> Fraction | None:
    balance = leave.terms.balance
    if not balance:
        return None
    return balance_at([*entries, *leave.entries()], balance, leave.wish.last)
