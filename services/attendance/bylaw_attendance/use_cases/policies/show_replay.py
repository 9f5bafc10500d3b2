"""Shows replays to who started them and to those who reach all of their unit; stops them; forgets them in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease

from bylaw_attendance.ports.records import OrganisationStore, ReplayStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.replay.replay import ListedMonth, Outcome, Replay, ReplayState, still_holds
from bylaw_attendance.rules.replay.replay_changes import ShownChange, shown_changes
from bylaw_attendance.rules.replay.replay_refusals import ReplayDiffers, ReplayNotDone, ReplayNotFound

ChangePlace = tuple[str, UUID, date, int]
"""Where a change stands: employee number, person, month, and the how manieth of that month."""


class ListedChange(NamedTuple):
    """A change, whose it is, and where it stands."""

    of: ListedMonth
    change: ShownChange
    ordinal: int

    @property
    def place(self) -> ChangePlace:
        """Where it stands."""
        return self.of.number, self.of.month.person, self.of.month.month, self.ordinal


class ShownReplay(NamedTuple):
    """A replay with what it says beside its totals, and for how many days it is kept."""

    replay: Replay
    outcome: Outcome
    kept_days: int


class WholeReplay(NamedTuple):
    """All that a workbook holds."""

    shown: ShownReplay
    months: list[ListedMonth]
    changes: list[ListedChange]


@dataclass(frozen=True, slots=True)
class ShowReplay:
    """Replays as their readers see them; `kept_days` after their start they are forgotten."""

    database: Database
    organisation: OrganisationStore
    replays: ReplayStore
    kept_days: int

    def show(self, identifier: UUID, caller: Caller, reach: Reach) -> ShownReplay:
        """A replay; refuses REPLAY_NOT_FOUND."""
        with self.database.read() as connection:
            found = self._found(connection, identifier, caller, reach)
            return ShownReplay(found, self.replays.outcome(connection, identifier), self.kept_days)

    def fresh(self, made: Replay) -> ShownReplay:
        """A replay that has only just been asked for."""
        return ShownReplay(made, Outcome(), self.kept_days)

    def page(
        self, caller: Caller, reach: Reach, state: ReplayState | None, *, page: tuple[UUID | None, int]
    ) -> list[ShownReplay]:
        """The replays that `show` would show, newest first, behind a place, at most so many; without their faults."""
        with self.database.read() as connection:
            found = self.replays.listed(connection, caller, reach, state, page=page)
            outcomes = self.replays.outcomes(connection, [one.id for one in found])
        return [ShownReplay(one, outcomes[one.id], self.kept_days) for one in found]

    def changes(
        self, identifier: UUID, caller: Caller, reach: Reach, *, after: ChangePlace | None, limit: int
    ) -> list[ListedChange]:
        """What changes, behind a place."""
        with self.database.read() as connection:
            self._found(connection, identifier, caller, reach)
            months = self.replays.changed(connection, identifier, start=after[:3] if after else None)
            return list(islice(_behind(_listed(months), after), limit))

    def whole(self, identifier: UUID, caller: Caller, reach: Reach, *, most_changes: int) -> WholeReplay:
        """A done replay with all of its months and the first of its changes; refuses REPLAY_NOT_DONE."""
        with self.database.read() as connection:
            found = self._found(connection, identifier, caller, reach)
            if found.state is not ReplayState.DONE:
                raise ReplayNotDone
            shown = ShownReplay(found, self.replays.outcome(connection, identifier), self.kept_days)
            months = list(self.replays.every(connection, identifier))
            changes = _listed(self.replays.changed(connection, identifier, start=None))
            return WholeReplay(shown, months, list(islice(changes, most_changes)))

    def check_basis(
        self, identifier: UUID, caller: Caller, reach: Reach, *, tried: tuple[str, str], subject: UUID
    ) -> None:
        """Refuses unless a done replay has tried a pattern with its parameters on the subject it is for."""
        replay = self.show(identifier, caller, reach).replay
        if replay.state is not ReplayState.DONE:
            raise ReplayNotDone
        if (replay.pattern, replay.parameters) != tried or not self._tried_on(replay, subject):
            raise ReplayDiffers(policy=replay.pattern)

    def _tried_on(self, replay: Replay, subject: UUID) -> bool:
        """Whether a unit or a person was within what was replayed, in its last month."""
        if replay.unit is None:
            return True
        last, within = replay.months[-1], Reach(subtrees=frozenset({replay.unit}))
        days = last, last_day(last)
        with self.database.read() as connection:
            return self.organisation.unit_within(connection, within, subject, days[1]) or bool(
                self.organisation.person_between(connection, within, days, person=subject)
            )

    def cancel(self, identifier: UUID, caller: Caller, reach: Reach) -> ShownReplay:
        """Stops it before its next batch; one that has ended stays as it is."""
        with self.database.read() as connection:
            self._found(connection, identifier, caller, reach)
        with self.database.work() as work:
            held = self.replays.find(work.connection, identifier, lock=True)
            if held and not held.state.ended:
                self.replays.end(work.connection, identifier, ReplayState.CANCELLED, work.now, cancelled_by=caller.key)
        return self.show(identifier, caller, reach)

    def _found(self, connection: sa.Connection, identifier: UUID, caller: Caller, reach: Reach) -> Replay:
        found = self.replays.find(connection, identifier)
        if found is None or not self._may_see(connection, found, caller, reach):
            raise ReplayNotFound
        return found

    def _may_see(self, connection: sa.Connection, replay: Replay, caller: Caller, reach: Reach) -> bool:
        """Who started it, with the reach of then; or a reach over its unit, and all below it, in each of its months.

        The list says the same in SQL (`store.replay_reach`), and a test by chance that they are the same.
        """
        if reach.everyone or (caller.key == replay.created_by and still_holds(reach, replay.reach)):
            return True
        if replay.unit is None:
            return False
        whole, unit = Reach(subtrees=reach.subtrees), replay.unit
        days = map(last_day, replay.months)
        return all(self.organisation.unit_within(connection, whole, unit, day) for day in days)


def _listed(months: Iterable[ListedMonth]) -> Iterator[ListedChange]:
    for one in months:
        for ordinal, change in enumerate(shown_changes(one.month.month, one.month.changes), 1):
            yield ListedChange(one, change, ordinal)


def _behind(changes: Iterator[ListedChange], after: ChangePlace | None) -> Iterator[ListedChange]:
    """The list begins with the month of the place; what stands there up to the place was shown before."""
    return (one for one in changes if after is None or one.place > after)


@dataclass(frozen=True, slots=True)
class ForgetReplays:
    """The timer `forget-replays`: what somebody tried is nobody's record, and it names people."""

    database: Database
    replays: ReplayStore
    kept_days: int

    def __call__(self, lease: Lease) -> None:
        """Forgets what was started longer ago than that."""
        with self.database.work() as work:
            lease.hold(work.connection)
            self.replays.forget(work.connection, work.now - timedelta(days=self.kept_days))
