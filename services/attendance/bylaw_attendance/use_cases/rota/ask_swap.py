"""Asks to exchange days of the rota with somebody: both months are planned as they would stand (HRS-2, HRS-7)."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import rota_swap_changed
from bylaw_attendance.ports.swaps import SwapStore
from bylaw_attendance.rules.closing.correction import employed_at
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.rota.rota import Bounds, RotaCell
from bylaw_attendance.rules.rota.rota_refusals import RotaFaults
from bylaw_attendance.rules.rota.rota_swap import Swap, SwapWish, exchanged
from bylaw_attendance.rules.rota.rota_swap_refusals import RotaSwapAsked
from bylaw_attendance.rules.rota.swap_notice import swap_notice
from bylaw_attendance.use_cases.rota.check_rota import CheckRota
from bylaw_attendance.use_cases.rota.load_rota import EVERYBODY, RotaFacts
from bylaw_attendance.use_cases.rota.put_rota import PutRota
from bylaw_attendance.use_cases.sheets.finding import Finding

FIELD = "rota_swap"


@dataclass(frozen=True, slots=True)
class CheckSwap:
    """Looks at every step whether a swap can still be: who has left, what is past, caps, and the patterns' words."""

    finding: Finding
    putting: PutRota

    def cells(self, swap: Swap) -> tuple[RotaFacts, dict[int, RotaCell]]:
        """The cells that it comes to, by their numbers; refuses as the contract says, with nothing written."""
        swap.check_ahead(self.finding.today)
        facts = self.putting.loader.load(set(swap.both), (swap.days[0], swap.days[-1]))
        for person in swap.both:
            for day in swap.days:
                employed_at(facts.stays.get(person, ()), day, person=facts.numbers.get(person, ""))
        cells, faults = exchanged(swap, facts.cells), RotaFaults("work_dates")
        self._check_words(cells, facts, faults)
        self.putting.check(facts, cells, facts.cells, faults)
        faults.check()
        return facts, cells

    def hold(self, work: Work, swap: Swap) -> None:
        """Its months are open, and nobody else changes them; refuses MONTH_CLOSED."""
        self.putting.hold(work, {(person, day.replace(day=1)) for person in swap.both for day in swap.days})

    def _check_words(self, cells: dict[int, RotaCell], facts: RotaFacts, faults: RotaFaults) -> None:
        for number, cell in cells.items():
            stay = employed_at(facts.stays[cell.person], cell.work_date, person=facts.numbers[cell.person])
            within = Bounds(stay.unit, facts.tree, EVERYBODY)
            checking = CheckRota(within, facts, facts.resolver({}), self.putting.book, faults)
            faults.tried(number, partial(checking.with_known_word, cell, stay))


@dataclass(frozen=True, slots=True)
class AskSwap:
    """Everybody asks for themselves alone, whatever they hold."""

    database: Database
    finding: Finding
    swaps: SwapStore
    check: CheckSwap

    def ask(self, wish: SwapWish, caller: Caller) -> Swap:
        """Keeps what is asked; refuses as the contract says."""
        made = self._made(wish, caller)
        self.check.cells(made)
        with self.database.work() as work:
            self.swaps.lock_people(work.connection, made.both)
            self.check.hold(work, made)
            if waits := self.swaps.waiting_about(work.connection, made):
                shared = sorted({*waits.days} & {*made.days})
                raise RotaSwapAsked(days=", ".join(map(str, shared)), swap=waits.name)
            self.swaps.add(work.connection, made)
            work.publish(rota_swap_changed(made))
            have_told(work, swap_notice(made, made.asker))
        return made

    def _made(self, wish: SwapWish, caller: Caller) -> Swap:
        if caller.person is None:
            raise PersonNotFound(person=caller.key)
        asker = self.finding.person(Reach(own=caller.person), caller.person)
        other = self._other(wish.other)
        if other.person == asker.person:
            name = "other_employee_number" if isinstance(wish.other, str) else "other_person"
            raise FieldInvalid(field=f"{FIELD}.{name}", zh="不能与自己换班", en="must be somebody else")
        numbers = (asker.number, other.number)
        now = self.database.clock()
        return Swap(new_id(), asker.person, other.person, wish.days, wish.reason.strip(), now, numbers=numbers)

    def _other(self, named: UUID | str) -> KnownPerson:
        """Of everybody: whoever asks need not see them otherwise."""
        if isinstance(named, str):
            return self.finding.numbered(EVERYBODY, named)
        return self.finding.person(EVERYBODY, named)
