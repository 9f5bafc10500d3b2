"""Shows requests for leave, the kinds that may be asked for, balances and the ledger; corrects by hand (LVE-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.leave import LeavePolicies
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.ports.rota import RotaStore
from bylaw_attendance.rules.leave.leave_held import OfferedKind
from bylaw_attendance.rules.leave.leave_kinds import with_own
from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind
from bylaw_attendance.rules.leave.leave_recorded import Reasons, Recorded, ToRecord
from bylaw_attendance.rules.leave.leave_refusals import LeaveBalanceUnknown, LeaveOwn, LeaveRequestNotFound
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveWishes, Unit
from bylaw_attendance.rules.leave.shown_balance import ShownBalance, by_rota, check_adjusting, shown_balance
from bylaw_attendance.use_cases.leave.grant_leave import GrantLeave
from bylaw_attendance.use_cases.sheets.finding import Finding

FURTHEST_YEARS = 5


class Adjusting(NamedTuple):
    """A correction by hand: of a balance, from a day on, by how much, why, and its last day."""

    balance: str
    day: date
    amount: Fraction
    reason: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class ShowLeave:
    """Who is within reach is taken as of today."""

    database: Database
    finding: Finding
    policies: LeavePolicies
    grant: GrantLeave
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    rota: RotaStore

    def one(self, identifier: UUID, reach: Reach) -> Leave:
        """A request; refuses LEAVE_REQUEST_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            found = self.requests.find(connection, identifier)
        if found is None or not self.finding.people(reach, ids=[found.person]):
            raise LeaveRequestNotFound
        return found

    def page(self, wish: LeaveWishes, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Leave]:
        """Requests behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, today)
        if wish.person:
            self.finding.person(reach, wish.person)
        with self.database.read() as connection:
            return self.requests.listed(connection, wish, reach, day=today, page=page)

    def kinds(self, person: UUID, day: date, reach: Reach) -> Sequence[OfferedKind]:
        """What somebody may ask for on a day; refuses PERSON_NOT_FOUND."""
        self.finding.person(reach, person)
        return with_own(tuple(self.policies.kinds(person, day)))

    def balances(self, person: UUID, day: date, reach: Reach) -> list[ShownBalance]:
        """Each that a kind is taken from, or that anything is recorded of; refuses PERSON_NOT_FOUND."""
        self.finding.person(reach, person)
        _check_near(day, self.finding.today)
        offered = [one for one in self.policies.kinds(person, day) if one.kind.balance]
        self.grant.up_to(person, day)
        with self.database.read() as connection:
            recorded = [one.entry for one in self.ledger.of_person(connection, person)]
            waiting = [one for one in self.requests.standing(connection, person) if one.waits]
            floating = [cell.work_date for cell in self.rota.floating(connection, [person], date.max)]
        asked = [entry for one in waiting for entry in one.entries()]
        recorded += by_rota(floating, recorded)
        units: dict[str, Unit] = {one.terms.balance: one.terms.unit for one in waiting if one.terms.balance}
        units |= {one.kind.balance: one.kind.balance_in for one in offered}
        codes = sorted({*units, *(entry.balance for entry in recorded)})
        kinds = {code: tuple(sorted(one.kind.code for one in offered if one.kind.balance == code)) for code in codes}
        return [
            shown_balance(code, units.get(code, "days"), recorded, asked, day=day, kinds=kinds[code]) for code in codes
        ]

    def entries(
        self, person: UUID, balance: str, reach: Reach, *, page: tuple[int | None, int]
    ) -> tuple[list[Recorded], Mapping[str, str]]:
        """What is recorded, newest first, and the names of entries by key; refuses PERSON_NOT_FOUND."""
        self.finding.person(reach, person)
        with self.database.read() as connection:
            found = self.ledger.listed(connection, person, balance, page=page)
            corrects = any(one.entry.corrects for one in found)
            named = self.ledger.of_person(connection, person) if corrects else ()
        return found, {one.entry.key: one.name for one in named}


@dataclass(frozen=True, slots=True)
class AdjustLeave:
    """Corrects somebody's balance by hand; nobody does so for themselves."""

    database: Database
    shown: ShowLeave
    people: LeavePeopleStore
    ledger: LeaveLedgerStore

    def adjust(self, person: UUID, wish: Adjusting, *, caller: Caller, reach: Reach) -> Recorded:
        """Records it; refuses PERSON_NOT_FOUND, LEAVE_OWN, LEAVE_BALANCE_UNKNOWN, LEAVE_BALANCE_BEYOND."""
        self.shown.finding.person(reach, person)
        if person == caller.person:
            raise LeaveOwn
        known = {one.code: one for one in self.shown.balances(person, wish.day, reach)}
        if wish.balance not in known:
            raise LeaveBalanceUnknown(balance=wish.balance, known=", ".join(sorted(known)) or "-")
        check_adjusting(known[wish.balance], wish.amount, wish.day)
        entry = Entry(EntryKind.CORRECT, wish.balance, wish.day, wish.amount, f"hand/{new_id()}", expires=wish.expires)
        with self.database.work() as work:
            self.people.lock(work.connection, person)
            to_record = [ToRecord(entry, Reasons(wish.reason, wish.reason))]
            (made,) = self.ledger.append(work.connection, person, to_record, now=work.now, by=caller.key)
            return made


def _check_near(day: date, today: date) -> None:
    if abs(day.year - today.year) > FURTHEST_YEARS:
        raise FieldInvalid(
            field="date",
            zh=f"应在今年前后 {FURTHEST_YEARS} 年之内",
            en=f"must be within {FURTHEST_YEARS} years of this one",
        )
