"""What use cases need to decide: decisions, the processes they run through, the posts of a day, delegations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from bylaw_chassis.caller import Reach

from bylaw_people.rules.decisions.decision import Decision, Said, Slot
from bylaw_people.rules.decisions.delegation import Delegation
from bylaw_people.rules.decisions.process import Process
from bylaw_people.rules.decisions.seats import Posts, Wanted


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at decisions: what they have a part in, and what their reach takes in on a day."""

    person: UUID | None
    reach: Reach
    day: date


class View(Enum):
    """Which decisions of those that somebody may see."""

    ALL = "all"
    WAITING_FOR_ME = "waiting for me"
    ASKED_BY_ME = "asked by me"
    DECIDED_BY_ME = "decided by me"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of decisions is narrowed to; an empty text narrows nothing."""

    view: View = View.ALL
    state: str = ""
    kind: str = ""


class Decisions(Protocol):
    """The decisions; what a viewer has no part in is not found."""

    def add(self, decision: Decision) -> bool: ...
    def asked_before(self, decision: Decision) -> UUID | None: ...
    def find(self, decision: UUID, viewer: Viewer, *, lock: bool = False) -> Decision | None: ...
    def load(self, decision: UUID) -> Decision: ...
    def page(self, viewer: Viewer, chosen: Filter, *, after: UUID | None, limit: int) -> list[Decision]: ...
    def stand(self, before: Decision, now: Decision) -> None: ...
    def add_round(self, decision: Decision) -> None: ...
    def say(self, decision: UUID, said: Said) -> None: ...
    def open_slots(self, decision: UUID, slots: Sequence[Slot]) -> None: ...
    def answer_slots(self, decision: UUID, slots: Sequence[Slot], answer: UUID) -> bool: ...
    def close_slots(self, decision: UUID) -> None: ...
    def reseat(self, changed: Sequence[tuple[UUID, Slot, Slot]]) -> None: ...


class DecisionTimes(Protocol):
    """Decisions whose time has come, and those whose askings may have to follow the organisation."""

    def waiting(
        self, after: UUID | None, limit: int, *, touching: UUID | None = None, role: str = ""
    ) -> list[Decision]: ...
    def remind_due(self, limit: int) -> list[tuple[UUID, Collection[UUID]]]: ...
    def overdue(self, limit: int) -> list[Decision]: ...
    def escalate(self, changed: Sequence[tuple[UUID, Slot]]) -> None: ...
    def seen_organisation(self, day: date) -> tuple[str, str]: ...
    def note_organisation(self, mark: str, now: datetime) -> None: ...


class Processes(Protocol):
    """The processes that were set."""

    def add(self, process: Process) -> None: ...
    def on(self, day: date, *, kind: str = "") -> list[Process]: ...


class PostsOfDay(Protocol):
    """The organisation of a day as far as decisions need it."""

    def on(self, day: date, wanted: Wanted) -> Posts: ...
    def beside(self, unit: UUID, day: date) -> tuple[UUID, ...]: ...
    def unit_of(self, person: UUID, day: date) -> UUID | None: ...
    def headed_by(self, person: UUID, day: date) -> tuple[UUID, ...]: ...


class Delegations(Protocol):
    """The delegations."""

    def add(self, delegation: Delegation) -> None: ...
    def find(self, delegation: UUID, delegator: UUID) -> Delegation | None: ...
    def end(self, delegation: UUID) -> None: ...
    def page(self, viewer: Viewer, *, after: UUID | None, limit: int) -> list[Delegation]: ...
    def may_be_delegate(self, person: UUID, viewer: Viewer) -> bool: ...
