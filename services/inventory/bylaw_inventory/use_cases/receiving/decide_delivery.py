"""Accepts deliveries, in part or whole, or refuses them: receipt, note and notices in one commit (WHS-1, WHS-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid, Violation

from bylaw_inventory.events import delivery_changed, delivery_note_changed
from bylaw_inventory.ports.put_away import FixedPlaceStore
from bylaw_inventory.ports.stores import ItemStore, WarehouseStore
from bylaw_inventory.rules.goods.item import Counted, Item
from bylaw_inventory.rules.goods.place import Place, PlaceKind
from bylaw_inventory.rules.ledger.movement import Movement, Paper, PaperKind
from bylaw_inventory.rules.ledger.posting import PostedLine, PostingWish
from bylaw_inventory.rules.put_away.fixed_place import placeless
from bylaw_inventory.rules.put_away.refusals import FixedPlaceMissing
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.receiving.comparing import missing, over_tolerance
from bylaw_inventory.rules.receiving.count import keyed
from bylaw_inventory.rules.receiving.deciding import (
    FIELD,
    DecisionWish,
    NoteStanding,
    TakenIn,
    check_refusal,
    expired,
    line_of,
    standing_after,
    taken_in,
    totals,
)
from bylaw_inventory.rules.receiving.delivery import Delivery, DeliveryEnding
from bylaw_inventory.rules.receiving.note import DeliveryNote, GoodsKey, NoteEnding, NoteState
from bylaw_inventory.rules.receiving.notice import of_refusal, of_shortage
from bylaw_inventory.rules.receiving.refusals import DeliveryNotCounted, OverTolerance
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.use_cases.receiving.compare import CompareDeliveries
from bylaw_inventory.use_cases.receiving.count_delivery import already
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

USUAL = (PlaceKind.SUPPLIER, PlaceKind.INSPECTION)
"""Where goods come from, and where they go if nothing else is said."""


USUAL = (PlaceKind.SUPPLIER, PlaceKind.INSPECTION)
"""Where goods come from, and where they go if nothing else is said."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A delivery that is being decided, with what is known of it."""

    wish: DecisionWish
    note: DeliveryNote
    delivery: Delivery
    goods: Mapping[UUID, Item]
    accepted: Mapping[GoodsKey, Decimal]

    @property
    def codes(self) -> dict[UUID, str]:
        """The items' own codes."""
        return {one.identifier: one.wish.code for one in self.goods.values()}


@dataclass(frozen=True, slots=True)
class DecideDelivery:
    """Decided under the locks of note and delivery: of two who decide at once, the second learns what the first did."""

    database: Database
    items: ItemStore
    warehouses: WarehouseStore
    fixed_places: FixedPlaceStore
    comparing: CompareDeliveries
    posting: PostMovement

    def decide(self, wish: DecisionWish, caller: Caller, reach: Reach) -> Delivery:
        """Refuses as the contract says; nothing of a refused decision stays, and nothing of refused goods enters."""
        with self.database.work() as work:
            connection = work.connection
            note, delivery = self.comparing.locked(connection, wish.delivery, reach)
            _check_counted(delivery)
            goods = self._goods(connection, note, delivery)
            taken = taken_in(wish, delivery.lines, _counted(goods))
            case = _Case(wish, note, delivery, goods, totals(taken))
            refused = check_refusal(wish, delivery.lines, case.accepted, photos=len(delivery.photos))
            state = self._standing(work, case, taken, reach)
            movement = self._posted(work, case, taken, caller=caller, reach=reach) if taken else None
            ending = DeliveryEnding(
                wish.decision,
                work.now,
                caller.key,
                wish.reason,
                wish.over_reason,
                movement.identifier if movement else None,
            )
            made = replace(delivery, ending=ending, accepted=case.accepted)
            self.comparing.deliveries.end(connection, delivery.identifier, ending)
            self.comparing.deliveries.accept(connection, delivery.identifier, list(case.accepted.items()))
            self._tell_of_refusal(work, case, refused=refused)
            self._end_note(work, case, NoteEnding(state, work.now, caller.key, wish.reason))
            work.publish(delivery_changed(made))
            return self.comparing.shown(connection, note, [made], reach)[0]

    def _goods(self, connection: sa.Connection, note: DeliveryNote, delivery: Delivery) -> Mapping[UUID, Item]:
        wanted = {line.item for line in note.lines} | {line.item for line in delivery.lines}
        return self.items.find(connection, wanted)

    def _standing(self, work: Work, case: _Case, taken: Sequence[TakenIn], reach: Reach) -> NoteState:
        """Where the note will stand; refuses LOT_EXPIRED, OVER_TOLERANCE, and an outcome that does not follow."""
        connection, note = work.connection, case.note
        today = self.comparing.finding.warehouse(connection, note.warehouse, reach).day_at(work.now)
        if faults := expired(taken, case.delivery.lines, today):
            raise LinesRefused(faults)
        tolerances = self.comparing.rules.of_items(connection, note.warehouse, case.goods)
        over = over_tolerance(note.lines, case.accepted, note.accepted, tolerances)
        if over and not case.wish.over_reason:
            raise OverTolerance([_over(line_of(key, taken), key, case.codes) for key in over])
        after = _together(note.accepted, case.accepted)
        others = set(self.comparing.deliveries.waiting(connection, note.identifier)) - {case.delivery.identifier}
        met = not missing(note.lines, after, tolerances)
        return standing_after(case.wish, NoteStanding(met, not after, bool(others)))

    def _posted(self, work: Work, case: _Case, taken: Sequence[TakenIn], *, caller: Caller, reach: Reach) -> Movement:
        """The receipt of what is taken in, with the note as its paper."""
        note, wish = case.note, case.wish
        places = self.warehouses.places_of_kinds(work.connection, note.warehouse, USUAL)
        supplier = next(one.identifier for one in places.values() if one.kind is PlaceKind.SUPPLIER)
        targets, expires = self._targets(work.connection, case, taken, places), keyed(case.delivery.lines)
        lines = tuple(
            PostedLine(
                one.key[0],
                supplier,
                target,
                written(one.quantity),
                "",
                one.key[1],
                expires[one.key].expires,
                one.said,
            )
            for one, target in zip(taken, targets, strict=True)
        )
        papers = (Paper(PaperKind.DELIVERY_NOTE, note.number),)
        posting = PostingWish(note.warehouse, wish.day, lines, papers, None, wish.reason or wish.over_reason)
        return self.posting.posted(work, posting, caller=caller, reach=reach)

    def _targets(
        self, connection: sa.Connection, case: _Case, taken: Sequence[TakenIn], places: Mapping[UUID, Place]
    ) -> list[UUID]:
        """Where each goes: as its line says, straight to its fixed place, or to where goods are looked at."""
        if case.wish.put_away:
            fixed = self.fixed_places.of_items(connection, case.note.warehouse, {one.key[0] for one in taken})
            found = [one.place or fixed.get(one.key[0]) for one in taken]
            lacking = [placeless(number, field=FIELD) for number, place in enumerate(found) if place is None]
            if lacking:
                raise FixedPlaceMissing(lacking)
            return [place for place in found if place]
        usual = case.wish.place or _only_inspection(places)
        return [one.place or usual or _place_needed() for one in taken]

    def _tell_of_refusal(self, work: Work, case: _Case, *, refused: bool) -> None:
        """At once, whatever becomes of the call behind its commit (WHS-2)."""
        if not refused:
            return
        said = (case.note, case.delivery.name, case.delivery.lines, case.accepted)
        for wish in of_refusal(*said, codes=case.codes, reason=case.wish.reason):
            have_told(work, wish)

    def _end_note(self, work: Work, case: _Case, ending: NoteEnding) -> None:
        if ending.state is NoteState.OPEN:
            return
        note = replace(case.note, ending=ending, accepted=_together(case.note.accepted, case.accepted))
        self.comparing.notes.end(work.connection, note.identifier, ending)
        if ending.state is NoteState.CLOSED:
            tolerances = self.comparing.rules.of_items(work.connection, note.warehouse, case.goods)
            short = missing(note.lines, note.accepted, tolerances)
            for wish in of_shortage(note, short, case.codes, reason=case.wish.reason):
                have_told(work, wish)
        work.publish(delivery_note_changed(note))


def _check_counted(delivery: Delivery) -> None:
    if delivery.ending:
        raise already(delivery)
    if delivery.counted_at is None:
        raise DeliveryNotCounted


def _counted(goods: Mapping[UUID, Item]) -> dict[UUID, Counted]:
    return {key: one.wish.counted for key, one in goods.items()}


def _together(one: Mapping[GoodsKey, Decimal], other: Mapping[GoodsKey, Decimal]) -> dict[GoodsKey, Decimal]:
    return totals([TakenIn(key, quantity) for part in (one, other) for key, quantity in part.items()])


def _over(number: int, key: GoodsKey, codes: Mapping[UUID, str]) -> Violation:
    goods = f"{codes[key[0]]} {key[1]}".strip()
    fault = Fault("OVER_TOLERANCE", f"{goods} 超出送货单数量及允差", f"more of {goods} than announced and tolerated")
    return fault.at(f"{FIELD}[{number}]")


def _only_inspection(places: Mapping[UUID, Place]) -> UUID | None:
    found = [one.identifier for one in places.values() if one.kind is PlaceKind.INSPECTION]
    return found[0] if len(found) == 1 else None


def _place_needed() -> UUID:
    raise FieldInvalid(
        field="to_place",
        zh="请写明放到哪里：该仓库没有唯一的待检区",
        en="say where to: there is no one inspection place",
    )
