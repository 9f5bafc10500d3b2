"""Objects to one's own sheet in writing, until the last day for it (SHT-2)."""

from dataclasses import dataclass
from datetime import date

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import objection_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.objections import ObjectionStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.closing import Deadlines
from bylaw_attendance.rules.closing.closing_refusals import MonthNotOver
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.closing.objection import Objection, ObjectionWish
from bylaw_attendance.rules.closing.objection_notice import raised_notice
from bylaw_attendance.rules.closing.objection_refusals import ObjectionNotOwn, ObjectionTooLate, ObjectionWaits
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.use_cases.find_head import FindHead
from bylaw_attendance.use_cases.sheets.unit_people import FindUnitPeople, UnitPeople, is_past

FIELD = "objection"


@dataclass(frozen=True, slots=True)
class ObjectToSheet:
    """Everybody objects to their own sheet alone, whatever they hold."""

    database: Database
    organisation: OrganisationStore
    people: FindUnitPeople
    objections: ObjectionStore
    closed: ClosedMonths
    head: FindHead

    def raise_one(self, wish: ObjectionWish, caller: Caller) -> Objection:
        """Keeps an objection; refuses as the contract says."""
        if not wish.text.strip():
            raise FieldInvalid(field=f"{FIELD}.text", zh="请写明异议的内容", en="say what is wrong")
        if any(day.replace(day=1) != wish.month for day in wish.days):
            raise FieldInvalid(field=f"{FIELD}.days", zh="有日期不在该月之内", en="names a day of another month")
        if wish.person != caller.person:
            raise ObjectionNotOwn
        found = self._found(wish)
        deadlines = self._check_days(wish.month, found)
        with self.database.work() as work:
            self.closed.check_open(work.connection, wish.person, wish.month, wish.month)
            if is_past(deadlines.objection, set(found.places.values()), work.now):
                raise ObjectionTooLate(month=f"{wish.month:%Y-%m}", until=deadlines.objection)
            made = Objection(new_id(), wish.person, wish.month, wish.days, wish.text.strip(), work.now)
            if not self.objections.add(work.connection, made):
                waits = self.objections.newest(work.connection, [wish.person], wish.month)[wish.person][0]
                raise ObjectionWaits(month=f"{wish.month:%Y-%m}", objection=f"objections/{waits}")
            kept = self.objections.find(work.connection, made.identifier) or made
            work.publish(objection_changed(kept))
            above = self.head.above(work.connection, wish.person, work.now.date())
            have_told(work, raised_notice(kept, above.head))
        return kept

    def _found(self, wish: ObjectionWish) -> UnitPeople:
        """Where the month belongs; refuses PERSON_NOT_FOUND for whoever was not employed in it."""
        days = (wish.month, last_day(wish.month))
        with self.database.read() as connection:
            held = self.organisation.person_between(connection, Reach(own=wish.person), days, person=wish.person)
            found = self.people.of(connection, held[0], wish.month) if held else None
        if found is None or not found.places:
            raise PersonNotFound(person=f"people/{wish.person}")
        return found

    def _check_days(self, month: date, found: UnitPeople) -> Deadlines:
        places = set(found.places.values())
        if not is_past(last_day(month), places, self.database.clock()):
            raise MonthNotOver(month=month)
        return self.people.deadlines(month, places)
