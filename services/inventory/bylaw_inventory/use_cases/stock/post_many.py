"""Posts many movements of one warehouse at once, each checked as by itself with those before it counted (WHS-4)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal, Violation

from bylaw_inventory.events import stock_moved
from bylaw_inventory.ports.books import BookStore, BulkStore
from bylaw_inventory.ports.stores import LedgerStore
from bylaw_inventory.rules.books.refusals import DayClosed
from bylaw_inventory.rules.ledger.balance import Balance, BalanceKey, advanced
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import Movement, legs, said_on_cards
from bylaw_inventory.rules.ledger.posting import PostingWish
from bylaw_inventory.rules.papers.refusals import PapersMissing
from bylaw_inventory.rules.papers.refused import LackingPapers
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.use_cases.stock.booking import check_frozen, entry_of, fault_field, limits_of, spoilt_days
from bylaw_inventory.use_cases.stock.post_movement import Known, PostMovement

ONE, MANY = "stock_movement", "stock_movements"


@dataclass(slots=True)
class Booked:
    """What many movements come to so far: balances as they stood and stand, entries, what each day changed."""

    begun: Mapping[BalanceKey, Balance]
    now: dict[BalanceKey, Balance]
    entries: list[Entry] = field(default_factory=list)
    by_day: dict[BalanceKey, dict[date, Decimal]] = field(default_factory=dict)


@dataclass(slots=True)
class Faults:
    """Everything at fault, each with the index of its movement."""

    found: list[Violation] = field(default_factory=list)
    lacking_papers: list[LackingPapers] = field(default_factory=list)

    @contextmanager
    def of(self, number: int) -> Iterator[None]:
        """Notes what is refused of a movement, and goes on with the next."""
        try:
            yield
        except Refusal as refusal:
            place = f"{MANY}[{number}]"
            if isinstance(refusal, PapersMissing):
                self.lacking_papers.append(refusal.attempt)
            if not refusal.violations:
                self.found.append(Violation(place, refusal.reason, refusal.message_zh, refusal.message_en))
            self.found += [replace(one, field=_placed(one.field, place)) for one in refusal.violations]

    def require_none(self) -> None:
        """Refuses with all of them."""
        if self.found:
            raise LinesRefused(self.found)


@dataclass(frozen=True, slots=True)
class PostMany:
    """Balances are locked once, in the order of their ids; everything is written in a few statements."""

    database: Database
    posting: PostMovement
    ledger: LedgerStore
    books: BookStore
    bulk: BulkStore

    def post(self, warehouse: UUID, wishes: Sequence[PostingWish], caller: Caller, reach: Reach) -> list[Movement]:
        """All of them or none; refuses as the contract says."""
        faults = Faults()
        with self.posting.reporting.reporting(caller, faults.lacking_papers), self.database.work() as work:
            known = self.posting.known(work, warehouse, wishes, reach)
            return self.posted(work, wishes, known, caller=caller, faults=faults)

    def posted(
        self, work: Work, wishes: Sequence[PostingWish], known: Known, *, caller: Caller, faults: Faults
    ) -> list[Movement]:
        """The same within a unit of work that does more; refuses as `post`."""
        closed_through = self.books.hold(work.connection, known.warehouse.identifier)
        made = self._checked(work, wishes, known, caller=caller, faults=faults)
        for number, movement in made.items():
            with faults.of(number):
                if closed_through and movement.day <= closed_through:
                    raise DayClosed(movement.day, closed_through)
        faults.require_none()
        booked = self._booked(work, made, known, faults)
        faults.require_none()
        moved = [(booked.begun[key], booked.now[key]) for key in booked.by_day]
        self.bulk.write(work.connection, list(made.values()), booked.entries, moved)
        work.publish(*map(stock_moved, made.values()))
        return list(made.values())

    def _checked(
        self, work: Work, wishes: Sequence[PostingWish], known: Known, *, caller: Caller, faults: Faults
    ) -> dict[int, Movement]:
        """Movements by their index, without those at fault."""
        found = {}
        for number, wish in enumerate(wishes):
            with faults.of(number):
                found[number] = self.posting.checked(work, wish, known, caller=caller)
        return found

    def _booked(self, work: Work, made: Mapping[int, Movement], known: Known, faults: Faults) -> Booked:
        moved = {number: _moved(movement) for number, movement in made.items()}
        keys = {key for legs_of_one in moved.values() for key in legs_of_one}
        limits = {key: limits_of(known.goods[key.item], known.places[key.place]) for key in keys}
        locked = self.ledger.lock(work.connection, limits)
        booked = Booked(locked, dict(locked))
        for number, movement in made.items():
            with faults.of(number):
                check_frozen(movement, {key: locked[key] for key in moved[number]})
            said = said_on_cards(movement.lines)
            for key, on_hand in moved[number].items():
                with faults.of(number):
                    _book(booked, movement, key, on_hand, said=said.get(key, ""))
        self._check_day_ends(work, booked, made, known=known, faults=faults)
        return booked

    def _check_day_ends(
        self, work: Work, booked: Booked, made: Mapping[int, Movement], *, known: Known, faults: Faults
    ) -> None:
        """What is booked into days gone by must not take what was not there yet, or was gone again."""
        if faults.found or all(movement.day >= known.today for movement in made.values()):
            return
        posted = {booked.begun[key]: by_day for key, by_day in booked.by_day.items()}
        spoilt = {one.key: fault for one, fault in spoilt_days(work.connection, self.ledger, posted)}
        for number, movement in made.items():
            for key in [key for key in _moved(movement) if key in spoilt and _lowers(movement, key)]:
                place = _placed(fault_field(movement, key), f"{MANY}[{number}]")
                faults.found.append(spoilt.pop(key).at(place))


def _book(booked: Booked, movement: Movement, key: BalanceKey, on_hand: Decimal, *, said: str) -> None:
    """Adds an entry behind what is booked so far; refuses what the balance cannot bear."""
    entry = entry_of(booked.now[key], movement, key, on_hand, said=said)
    booked.entries.append(entry)
    booked.now[key] = advanced(booked.now[key], entry)
    by_day = booked.by_day.setdefault(key, {})
    by_day[movement.day] = by_day.get(movement.day, ZERO) + on_hand


def _moved(movement: Movement) -> dict[BalanceKey, Decimal]:
    return {key: on_hand for key, on_hand in legs(movement.lines).items() if on_hand}


def _lowers(movement: Movement, key: BalanceKey) -> bool:
    return legs(movement.lines)[key] < ZERO


def _placed(said: str, place: str) -> str:
    """A field of one movement, as that of its place among many."""
    return f"{place}{said.removeprefix(ONE)}" if said.startswith(ONE) else f"{place}.{said}"
