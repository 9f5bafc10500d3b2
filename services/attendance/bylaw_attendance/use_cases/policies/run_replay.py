"""Runs a replay: batch by batch of a month's people, each with its findings and its progress in one transaction.

Killed anywhere and run again it goes on behind the last batch that was committed. No sheet is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease, LeaseLost
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.values import resource_name

from bylaw_attendance.ports.records import Calendar, OrganisationStore, PatternBook, ReplayStore, SheetStore
from bylaw_attendance.rules.closing.hand_over import last_day, next_month
from bylaw_attendance.rules.judging.other_pattern import OtherPattern
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.replay.replay import (
    Figures,
    MonthFault,
    Position,
    Replay,
    ReplayedMonth,
    ReplaySide,
    ReplayState,
    figures_of,
)
from bylaw_attendance.rules.replay.replay_changes import changes_between
from bylaw_attendance.rules.sheets.sheet import KeptSheet, SheetBody
from bylaw_attendance.use_cases.policies.start_replay import JOB
from bylaw_attendance.use_cases.sheets.judge_month import Judged, JudgeMonth, KeptPlans
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth

BATCH_PEOPLE = 250
"""People a transaction, and between two looks at whether somebody has cancelled: well below a second of work."""


class _Batch(NamedTuple):
    """Some people of a month (`shown`: with all that is needed), and where the next batch begins."""

    loaded: LoadedMonth
    looked_at: int
    next_position: Position


class _Compared(NamedTuple):
    """What a batch came to, and the patterns to which its people are assigned, where that matters."""

    months: Sequence[ReplayedMonth]
    followed: frozenset[str]


class _Side(NamedTuple):
    """Everybody's sheets on a side, and the plans by which they were judged."""

    judged: Sequence[Judged]
    plans: Mapping[bytes, PlanBody]


@dataclass(frozen=True, slots=True)
class RunReplay:
    """The job `replay`."""

    database: Database
    organisation: OrganisationStore
    sheets: SheetStore
    replays: ReplayStore
    month: LoadMonth
    book: PatternBook
    calendar: Calendar
    batch_people: int = BATCH_PEOPLE

    def __call__(self, lease: Lease) -> None:
        """Takes the replay to its end; raises LeaseLost where another worker has it."""
        while replay := self._going_on(lease):
            position = replay.position or Position(replay.first_month)
            if position.month > replay.last_month:
                self._finish(lease, replay)
                return
            batch = self._batch(replay, position)
            self._keep(lease, replay, batch, self._compared(replay, batch.loaded))
            lease.renew()

    def _going_on(self, lease: Lease) -> Replay | None:
        with self.database.read() as connection:
            found = self.replays.find(connection, UUID(bytes=lease.payload))
        return None if found is None or found.state.ended else found

    def _batch(self, replay: Replay, position: Position) -> _Batch:
        month = position.month
        days = (month, last_day(month))
        with self.database.read() as connection:
            people = self.organisation.people_between(
                connection,
                replay.reach,
                days,
                unit=replay.unit,
                after=position.after,
                limit=self.batch_people + 1,
            )
            batch = people[: self.batch_people]
            loaded = self.month.load(connection, month, batch, shown=[one.person for one in batch])
        ends = len(people) == len(batch)
        behind = Position(next_month(month)) if ends else Position(month, batch[-1].number, str(batch[-1].person))
        return _Batch(loaded, len(batch), behind)

    def _compared(self, replay: Replay, loaded: LoadedMonth) -> _Compared:
        """What the months of these people come to on both sides; of whom nothing is replayed there is nothing."""
        other = OtherPattern.in_place_of(
            loaded.resolver, pattern=replay.pattern, parameters=replay.parameters, replaced=replay.replaced
        )
        days = (loaded.month, last_day(loaded.month))
        assigned = {
            one.person: other.assigned(loaded.stays.get(one.person, ()), loaded.resolver, days) for one in loaded.people
        }
        concerned = [one for one in loaded.people if other.concerns(assigned[one.person])]
        loaded = loaded._replace(closed={})  # what was closed is judged from what is known today, as the rest is
        before = self._judged(loaded._replace(people=concerned))
        after = self._judged(
            loaded._replace(people=concerned, resolver=other, kept=_as_kept(before), plans=before.plans)
        )
        sides = zip(concerned, before.judged, after.judged, strict=True)
        months = [_replayed(person, loaded, (was, before.plans), (now, after.plans)) for person, was, now in sides]
        return _Compared(months, frozenset().union(*assigned.values()))

    def _judged(self, loaded: LoadedMonth) -> _Side:
        judge = JudgeMonth(loaded, self.book, self.calendar, self.database.clock(), self._kept_plans(loaded))
        judged = judge.judge()
        return _Side(judged, {**loaded.plans, **judge.plans})

    def _kept_plans(self, loaded: LoadedMonth) -> KeptPlans:
        def plans_of(person: UUID) -> Sequence[PlanBody]:
            with self.database.read() as connection:
                kept = self.sheets.kept(connection, [person], loaded.month, bodies_of=[person])
                return list(self.month.plans_of(connection, kept.values()).values())

        return plans_of

    def _keep(self, lease: Lease, replay: Replay, batch: _Batch, found: _Compared) -> None:
        """Adds a batch, unless somebody has cancelled meanwhile."""
        with self.database.work() as work:
            held = self._held(lease, work, replay)
            if held.position != replay.position:
                raise LeaseLost
            if not held.state.ended:
                self.replays.move(
                    work.connection,
                    replace(held, followed=tuple(sorted(found.followed.union(held.followed)))),
                    batch.next_position,
                    looked_at=batch.looked_at,
                    months=found.months,
                )

    def _finish(self, lease: Lease, replay: Replay) -> None:
        with self.database.work() as work:
            if not self._held(lease, work, replay).state.ended:
                self.replays.end(work.connection, replay.id, ReplayState.DONE, work.now)

    def _held(self, lease: Lease, work: Work, replay: Replay) -> Replay:
        """The replay as it stands, locked; raises LeaseLost where another worker holds the job or it was forgotten."""
        lease.hold(work.connection)
        found = self.replays.find(work.connection, replay.id, lock=True)
        if found is None:
            raise LeaseLost
        work.act_as(caller_by_key(found.created_by))
        work.concerns(resource_name("replays", found.id))
        return found


def _as_kept(side: _Side) -> dict[UUID, KeptSheet]:
    """What was judged before, as kept sheets: where nothing is judged from anything else, nothing is judged again."""
    sheets = {one.person.person: one.fresh or one.kept for one in side.judged if not one.refusal}
    return {person: KeptSheet(one.digest, one.totals, one.body) for person, one in sheets.items() if one}


def _replayed(
    person: KnownPerson,
    loaded: LoadedMonth,
    before: tuple[Judged, Mapping[bytes, PlanBody]],
    after: tuple[Judged, Mapping[bytes, PlanBody]],
) -> ReplayedMonth:
    (was, old_plans), (now, new_plans) = before, after
    old, new = _body(was), _body(now)
    faults = tuple(_faults(was, now))
    figures = (_figures(was, old, old_plans), _figures(now, new, new_plans))
    if faults or was.digest == now.digest:
        return ReplayedMonth(person.person, loaded.month, *figures, faults=faults)
    count, packed = changes_between(loaded.month, (old.parts, old_plans), (new.parts, new_plans))
    return ReplayedMonth(person.person, loaded.month, *figures, count, packed)


def _body(judged: Judged) -> SheetBody:
    sheet = None if judged.refusal else judged.fresh or judged.kept
    return SheetBody.unpack(sheet.body) if sheet else SheetBody(())


def _figures(judged: Judged, body: SheetBody, plans: Mapping[bytes, PlanBody]) -> Figures | None:
    return None if judged.refusal else figures_of(judged.totals, body.parts, plans)


def _faults(before: Judged, after: Judged) -> Iterator[MonthFault]:
    for side, one in ((ReplaySide.BEFORE, before), (ReplaySide.AFTER, after)):
        if one.refusal:
            yield MonthFault.of(side, one.refusal)


@dataclass(frozen=True, slots=True)
class FailParkedReplays:
    """The timer `parked-replays`: a job that failed for the last time, or took its worker with it, ends its replay."""

    database: Database
    replays: ReplayStore

    def __call__(self, lease: Lease) -> None:
        """Fails what is parked; raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            lease.hold(work.connection)
            for made in self.replays.parked(work.connection, JOB):
                self.replays.end(work.connection, made.id, ReplayState.FAILED, work.now)
