"""Decisions as the store keeps them: each change states what it was made against, and a constraint stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.decisions import Filter, Viewer
from bylaw_people.rules.decisions.decision import Decision, Said, Slot, State
from bylaw_people.rules.decisions.refusals import DecisionChanged
from bylaw_people.store import decision_rows as rows
from bylaw_people.store.decision_reading import whole
from bylaw_people.store.decision_sight import chosen_by, seen_by
from bylaw_people.store.decision_tables import answers, decisions, related, rounds, seats, slots
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.rows import Stamp


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, decision: Decision) -> bool:
        """A new decision; says whether the service that asks had not asked the same before."""
        if not insert_free(self.connection, decisions, [rows.decision_row(decision)]):
            return False
        if decision.related:
            linked = [{"decision": decision.id, "unit": unit} for unit in decision.related]
            self.connection.execute(related.insert(), linked)
        self.add_round(decision)
        return True

    def asked_before(self, decision: Decision) -> UUID | None:
        """What the same service asked of the same for the same person."""
        columns = decisions.c
        statement = sa.select(columns.id).where(
            columns.asking_service == decision.asking_service,
            columns.kind == decision.kind,
            columns.requester == decision.requester,
            columns.subjects == sa.cast(list(decision.subjects), pg.ARRAY(sa.Text)),
            columns.state != State.WITHDRAWN.value,
        )
        return self.connection.execute(statement).scalar()

    def find(self, decision: UUID, viewer: Viewer, *, lock: bool = False) -> Decision | None:
        """A decision whole, if the viewer may see it; locked against other answers where that is asked."""
        statement = sa.select(decisions).where(decisions.c.id == decision, seen_by(viewer))
        found = self.connection.execute(statement.with_for_update(of=decisions) if lock else statement).all()
        return next(iter(whole(self.connection, found)), None)

    def load(self, decision: UUID) -> Decision:
        """A decision that is known to be there, whole."""
        found = self.connection.execute(sa.select(decisions).where(decisions.c.id == decision)).all()
        return whole(self.connection, found)[0]

    def page(self, viewer: Viewer, chosen: Filter, *, after: UUID | None, limit: int) -> list[Decision]:
        """Decisions of a view, newest first, without steps and answers."""
        statement = sa.select(decisions).where(chosen_by(viewer, chosen))
        if after:
            statement = statement.where(decisions.c.id < after)
        found = self.connection.execute(statement.order_by(decisions.c.id.desc()).limit(limit))
        return [rows.decision_of(row) for row in found]

    def stand(self, before: Decision, now: Decision) -> None:
        """Writes where a decision stands now; refuses DECISION_CHANGED where it is not as it was seen."""
        seen = sa.and_(decisions.c.id == before.id, decisions.c.revision == before.revision)
        live = decisions.c.state.in_([State.WAITING.value, State.SENT_BACK.value])
        values = {**rows.content_row(now.content), **rows.standing_row(now), "revision": now.revision}
        if self.connection.execute(decisions.update().where(seen, live).values(values)).rowcount != 1:
            raise DecisionChanged

    def add_round(self, decision: Decision) -> None:
        """What is asked in a round, for good."""
        asked_at = decision.asked_at if decision.round == 1 else self.stamp.now
        row = {"decision": decision.id, "round": decision.round, **rows.content_row(decision.content)}
        self.connection.execute(rounds.insert(), [{**row, "asked_at": asked_at}])

    def say(self, decision: UUID, said: Said) -> None:
        """An answer or a statement, for good."""
        self.connection.execute(answers.insert(), [rows.said_row(decision, said)])

    def open_slots(self, decision: UUID, opened: Sequence[Slot]) -> None:
        """The places of a step that is opened, and whom they ask."""
        if opened:
            self.connection.execute(slots.insert(), [rows.slot_row(decision, slot) for slot in opened])
        self._seat([rows.seat_row(decision, slot, seat) for slot in opened for seat in slot.seats])

    def answer_slots(self, decision: UUID, answered: Sequence[Slot], answer: UUID) -> bool:
        """One answer for places that wait; says whether all of them still did."""
        numbers = [slot.number for slot in answered]
        mine = sa.and_(slots.c.decision == decision, slots.c.step == answered[0].step, slots.c.slot.in_(numbers))
        values = {"open": False, "answer": answer}
        written = self.connection.execute(slots.update().where(mine, slots.c.open).values(values)).rowcount
        asked = sa.and_(seats.c.decision == decision, seats.c.step == answered[0].step, seats.c.slot.in_(numbers))
        self.connection.execute(seats.update().where(asked, seats.c.state == "open").values(state="closed"))
        return written == len(numbers)

    def close_slots(self, decision: UUID) -> None:
        """Nothing of a decision waits any more."""
        open_slots = sa.and_(slots.c.decision == decision, slots.c.open)
        self.connection.execute(slots.update().where(open_slots).values(open=False))
        open_seats = sa.and_(seats.c.decision == decision, seats.c.state == "open")
        self.connection.execute(seats.update().where(open_seats).values(state="closed"))

    def reseat(self, changed: Sequence[tuple[UUID, Slot, Slot]]) -> None:
        """Places of locked decisions ask others than before: each pair is a place as it was and as it is."""
        gone, come = [], []
        for decision, before, now in changed:
            staying = {seat.person for seat in now.seats}
            key = {"of": decision, "at": now.step, "nth": now.number}
            gone += [{**key, "who": seat.person} for seat in before.seats if seat.person not in staying]
            come += [rows.seat_row(decision, now, seat) for seat in now.seats if seat not in before.seats]
        if gone:
            columns = seats.c
            same = sa.and_(columns.decision == sa.bindparam("of"), columns.step == sa.bindparam("at"))
            mine = sa.and_(columns.slot == sa.bindparam("nth"), columns.person == sa.bindparam("who"))
            self.connection.execute(seats.update().where(same, mine).values(state="removed"), gone)
        self._seat(come)

    def _seat(self, come: Sequence[dict[str, object]]) -> None:
        if come:
            insert = pg.insert(seats)
            fresh = {name: insert.excluded[name] for name in ("ground", "cause", "in_place_of", "state", "asked_at")}
            upsert = insert.on_conflict_do_update(index_elements=["decision", "step", "slot", "person"], set_=fresh)
            self.connection.execute(upsert, [{**row, "asked_at": self.stamp.now} for row in come])
