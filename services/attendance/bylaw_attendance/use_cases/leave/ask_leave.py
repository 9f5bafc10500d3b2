"""Asks for leave: considers it, keeps it, has people decide, and lets it wait (LVE-1, LVE-2)."""

from dataclasses import dataclass
from decimal import Decimal

from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database
from bylaw_chassis.decisions.ask_people import NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import Amount, DecisionWish
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import KeyReused, Refusal

from bylaw_attendance.events import leave_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.leave_store import LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.rules.leave.leave_refusals import LeaveInMotion, LeaveNotAdmitted
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveWish
from bylaw_attendance.use_cases.leave.consider_leave import Considered, ConsiderLeave
from bylaw_attendance.use_cases.leave.own_responsibility import HAS_NOBODY, OwnResponsibility

KIND = "leave"
"""The process in people, for leave, trips and duty outside alike."""
DAY = "day"
TRIES = 3
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class AskLeave:
    """What was considered counts only as long as nothing of the person's leave has changed since."""

    database: Database
    consider: ConsiderLeave
    people: LeavePeopleStore
    requests: LeaveRequestStore
    closed: ClosedMonths
    decisions: AskPeople
    own: OwnResponsibility

    def ask(self, wish: LeaveWish, caller: Caller, *, key: RequestKey | None) -> Leave:
        """The request as it waits, or holds where nobody is above to decide.

        The same wish again, of which the answer was lost, goes on where it stood.
        """
        person, wish_key = self.consider.oneself(caller), key.key if key else None
        kept = self._begun(person, wish, wish_key) or self._kept(person, wish, wish_key)
        asked = decision_wish(kept)
        try:
            decision = self.decisions.ask(asked)
        except Refusal as refusal:
            if refusal.reason == HAS_NOBODY and self.own.is_theirs(kept.person):
                return self.own.take(kept, caller)
            if refusal.code not in NOT_ANSWERED:
                self._forget(kept)
            raise
        with self.database.work() as work:
            self.people.lock(work.connection, kept.person)
            self.decisions.note(work, asked, decision)
            leave = self.requests.ask(work.connection, kept.identifier, decision) or kept
            self.people.touch(work.connection, kept.person)
            work.publish(leave_request_changed(leave))
            return leave

    def _begun(self, person: KnownPerson, wish: LeaveWish, wish_key: str | None) -> Leave | None:
        """What was kept of this very wish when its call was cut off."""
        if wish_key is None:
            return None
        with self.database.read() as connection:
            found = self.requests.by_wish(connection, person.person, wish_key)
        if found and found.wish != wish:
            raise KeyReused
        return found if found and found.waits else None

    def _kept(self, person: KnownPerson, wish: LeaveWish, wish_key: str | None) -> Leave:
        with self.database.read() as connection:
            self.closed.check_open(connection, person.person, wish.first, wish.last)
        for _ in range(TRIES):
            considered = self.consider.consider(person, wish)
            if considered.objections:
                raise LeaveNotAdmitted(considered.objections)
            if self._keep(considered, wish_key):
                return considered.leave
        raise LeaveInMotion

    def _keep(self, considered: Considered, wish_key: str | None) -> bool:
        """Keeps it where the person's leave is as it was considered; refuses MONTH_CLOSED."""
        leave = considered.leave
        with self.decisions.kept_first() as work:
            if self.people.lock(work.connection, leave.person).revision != considered.revision:
                return False
            self.closed.check_open(work.connection, leave.person, leave.wish.first, leave.wish.last)
            if considered.given:
                self.consider.grant.record(work, leave.person, considered.given)
            self.requests.add(work.connection, leave, wish_key=wish_key)
            self.people.touch(work.connection, leave.person)
        return True

    def _forget(self, leave: Leave) -> None:
        """People would not have it asked: nobody was told of it, and nothing of it stays."""
        with self.decisions.kept_first() as work:
            self.people.lock(work.connection, leave.person)
            self.requests.forget(work.connection, leave.identifier)
            self.people.touch(work.connection, leave.person)


def decision_wish(leave: Leave) -> DecisionWish:
    """What people is asked: how much, when, of which kind, and of whom the policy wants it asked (LVE-2)."""
    wish = leave.wish
    days = Decimal(leave.total_days.numerator) / Decimal(leave.total_days.denominator)
    title_zh, title_en = leave.terms.title
    facts = {
        "kind": wish.kind,
        "title": f"{title_zh} / {title_en}",
        "start_date": str(wish.first),
        "end_date": str(wish.last),
        "parts": ", ".join(dict.fromkeys(day.part for day in leave.days)),
        "minutes": str(leave.total_minutes),
        "balance": leave.terms.balance,
        "evidence": wish.evidence,
    }
    told = tuple((key, value) for key, value in facts.items() if value)
    amount = Amount(days.quantize(PLACES).normalize(), DAY)
    return DecisionWish(KIND, leave.name, told, amount, wish.reason, steps=leave.steps)
