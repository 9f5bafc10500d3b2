"""Reserves, confirms and releases for many at once: each is answered by itself, in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_inventory.events import reservation_changed
from bylaw_inventory.ports.stores import LedgerStore, ReservationStore, ReservingStore
from bylaw_inventory.rules.goods.place import day_in
from bylaw_inventory.rules.ledger.balance import Change, advanced, entered
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import WarehouseNotFound
from bylaw_inventory.rules.reserving.refusals import ReservationDiffers, ReservationNotFound
from bylaw_inventory.rules.reserving.reservation import Claimed, FreeBalance, Reservation, ReservationState
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.reserving.holding import (
    Asked,
    again,
    confirmed,
    ended,
    held,
    items_of,
    to_confirm,
    tombstone,
    wish_of,
)
from bylaw_inventory.use_cases.reserving.reserve import begun, with_units

Outcome = Reservation | Refusal
"""What became of one of many wishes."""


class Release(NamedTuple):
    """One to be released, and where it was to be."""

    identifier: UUID
    warehouse: UUID | None


class Mark(NamedTuple):
    """What one is packed with."""

    identifier: UUID
    packed_with: str


@dataclass(slots=True)
class Batch:
    """What became of each so far, by its id, and what is written of it."""

    outcomes: dict[UUID, Outcome] = field(default_factory=dict)
    made: list[Reservation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    undone: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReserveMany:
    """Ids are claimed or locked before balances, both in their order, as by whoever reserves for one."""

    database: Database
    finding: Finding
    ledger: LedgerStore
    reserving: ReservingStore
    reservations: ReservationStore

    def create(self, wishes: Sequence[Asked | Refusal], caller: Caller, reach: Reach) -> list[Outcome]:
        """What became of each, in their order; the same id twice is one wish, or the later of two is refused."""
        first: dict[UUID, Asked] = {}
        for asked in wishes:
            if isinstance(asked, Asked):
                first.setdefault(asked.identifier, asked)
        with self.database.work(claims_first=bool(first)) as work:
            done = Batch()
            for warehouse in sorted({asked.warehouse for asked in first.values()}):
                self._create_in(
                    work,
                    done,
                    [one for one in first.values() if one.warehouse == warehouse],
                    caller=caller,
                    reach=reach,
                )
            self.reserving.write(work, done.made, done.entries, done.undone)
            work.publish(*(reservation_changed(made, made.state) for made in done.made))
        return [_answered(asked, first, done.outcomes) for asked in wishes]

    def confirm(self, wishes: Sequence[UUID | Refusal], reach: Reach) -> list[Outcome]:
        """What became of each, in their order."""
        with self.database.work() as work:
            asked = {one for one in wishes if isinstance(one, UUID)}
            found = self.reservations.lock_all(work.connection, asked, reach, self.finding.today)
            outcomes = {one: tried(partial(to_confirm, found.get(one), work.now)) for one in asked}
            held_until = [
                one for one in found.values() if outcomes[one.identifier] is one and one.state is ReservationState.HELD
            ]
            self.reservations.confirm(work.connection, [one.identifier for one in held_until])
            work.publish(*(reservation_changed(one, ReservationState.CONFIRMED) for one in held_until))
            outcomes |= {one.identifier: confirmed(one) for one in held_until}
        return [one if isinstance(one, Refusal) else outcomes[one] for one in wishes]

    def release(self, wishes: Sequence[Release | Refusal], caller: Caller, reach: Reach) -> list[Outcome]:
        """What became of each, in their order; those never heard of are on record as released then."""
        asked: dict[UUID, Release] = {}
        for one in wishes:
            if isinstance(one, Release):
                asked.setdefault(one.identifier, one)
        with self.database.work() as work:
            outcomes = self._tombstones(work, asked.values(), caller, reach)
            others = asked.keys() - outcomes.keys()
            found = self.reservations.lock_all(work.connection, others, reach, self.finding.today)
            outcomes |= {one: found.get(one) or ReservationNotFound() for one in others}
            outcomes |= self._end(work, [one for one in found.values() if one.live])
        return [one if isinstance(one, Refusal) else outcomes[one.identifier] for one in wishes]

    def mark(self, wishes: Sequence[Mark | Refusal], reach: Reach) -> list[Outcome]:
        """What became of each, in their order; of one that comes twice what is said last."""
        asked = {one.identifier: one.packed_with for one in wishes if isinstance(one, Mark)}
        with self.database.work() as work:
            found = self.reservations.lock_all(work.connection, asked, reach, self.finding.today)
            self.reservations.mark(work.connection, {one: asked[one] for one in found})
        marked = {one: replace(kept, packed_with=asked[one]) for one, kept in found.items()}
        return [
            one if isinstance(one, Refusal) else marked.get(one.identifier) or ReservationNotFound() for one in wishes
        ]

    def _create_in(self, work: Work, done: Batch, wishes: list[Asked], *, caller: Caller, reach: Reach) -> None:
        """Those of one warehouse, one behind the other."""
        begins = {asked.identifier: begun(asked, caller, work) for asked in wishes}
        today = self.finding.today
        found = self.reserving.claim(work, list(begins.values()), items_of(wishes), reach, today)
        if found.time_zone is None:
            done.outcomes |= {asked.identifier: WarehouseNotFound() for asked in wishes}
            return
        day = day_in(found.time_zone, work.now)
        found = with_units(self.reserving, work, wishes, found)
        known = self.reservations.find_all(work.connection, found.taken, reach, today) if found.taken else {}
        stands = {one.balance.identifier: one for one in found.bins}

        def reserve(asked: Asked) -> Reservation:
            wish = wish_of(asked, found.goods)
            if asked.identifier in found.taken:
                return again(known.get(asked.identifier), wish)
            hold = held(begins[asked.identifier], wish, _for(asked, stands, found), day, at=asked.at)
            for entry in hold.entries:
                before = stands[entry.balance]
                stands[entry.balance] = FreeBalance(advanced(before.balance, entry), before.expires)
            done.made.append(hold.made)
            done.entries += hold.entries
            return hold.made

        for asked in wishes:
            outcome = done.outcomes[asked.identifier] = tried(partial(reserve, asked))
            if isinstance(outcome, Refusal) and asked.identifier not in found.taken:
                done.undone.append(asked.identifier)

    def _tombstones(self, work: Work, wishes: Iterable[Release], caller: Caller, reach: Reach) -> dict[UUID, Outcome]:
        """Those that were released before they were made, and those whose warehouse is not within reach."""
        connection, today = work.connection, self.finding.today
        houses = {one.warehouse for one in wishes if one.warehouse}
        known = {one: self.finding.warehouses.find(connection, one, reach, today) for one in sorted(houses)}
        stones = {
            one.identifier: tombstone(one.identifier, one.warehouse, caller.key, work.now)
            for one in wishes
            if one.warehouse and known[one.warehouse]
        }
        added = self.reservations.add(connection, list(stones.values()))
        work.publish(*(reservation_changed(stones[one], ReservationState.RELEASED) for one in sorted(added)))
        lost = {one.identifier: WarehouseNotFound() for one in wishes if one.warehouse and not known[one.warehouse]}
        return {**lost, **{one: stones[one] for one in added}}

    def _end(self, work: Work, live: list[Reservation]) -> dict[UUID, Outcome]:
        """Gives back what they still hold."""
        connection, state = work.connection, ReservationState.RELEASED
        holds = self.reserving.held(connection, [one.identifier for one in live])
        stands = self.ledger.lock_ids(connection, {balance for _, balance, _ in holds})
        everywhere = Reach(everyone=True)
        houses = {
            one: self.finding.warehouse(connection, one, everywhere) for one in {one.wish.warehouse for one in live}
        }
        days = {one.identifier: houses[one.wish.warehouse].day_at(work.now) for one in live}
        back = []
        for reservation, balance, quantity in holds:
            change = Change(ZERO, -quantity, days[reservation], work.now, reservation=reservation)
            back.append(entered(stands[balance], change))
            stands[balance] = advanced(stands[balance], back[-1])
        self.reserving.write(work, [], back)
        self.reservations.end(connection, [one.identifier for one in live], state, work.now)
        work.publish(*(reservation_changed(one, state) for one in live))
        return {one.identifier: ended(one, state, work.now) for one in live}


def tried(act: Callable[[], Reservation]) -> Outcome:
    """What it comes to, or why it is refused."""
    try:
        return act()
    except Refusal as refusal:
        return refusal


def _for(asked: Asked, stands: Mapping[UUID, FreeBalance], found: Claimed) -> Claimed:
    """The same with the bins of what one asks for as they stand now."""
    items = items_of([asked])
    own = [stands[one.balance.identifier] for one in found.bins if one.balance.key.item in items]
    return found._replace(bins=own)


def _answered(asked: Asked | Refusal, first: Mapping[UUID, Asked], outcomes: Mapping[UUID, Outcome]) -> Outcome:
    if isinstance(asked, Refusal):
        return asked
    return outcomes[asked.identifier] if asked == first[asked.identifier] else ReservationDiffers()
