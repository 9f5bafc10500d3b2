"""What use cases need: the records of one transaction, and how it is opened."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import Caller
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Fact

from bylaw_people.ports.access import AccessChanges, AsOf, Grants, Holdings, Outsiders, Roles
from bylaw_people.ports.decisions import Decisions, DecisionTimes, Delegations, PostsOfDay, Processes
from bylaw_people.ports.duties import Duties, Occurrences
from bylaw_people.ports.notices import Deliveries, NoticePreferences, Notices, Receipts
from bylaw_people.ports.organisation import (
    Changes,
    People,
    Positions,
    Qualifications,
    ServiceRecords,
    Sites,
    Units,
)
from bylaw_people.ports.rulebook import Rulebook
from bylaw_people.ports.sign_in import (
    AccessTokens,
    Accounts,
    Attempts,
    Identities,
    KeyRing,
    Passwords,
    SecondFactors,
    ServiceAccounts,
    Sessions,
)
from bylaw_people.rules.access.permissions import Permissions
from bylaw_people.rules.access.roles import Role

LAST_DAY = date.max - timedelta(days=2)
"""Days behind it end when it does: an instant has no year 10000."""


class Records(Protocol):
    """The records of one transaction; `publish` tells others in the same commit."""

    @property
    def now(self) -> datetime: ...
    @property
    def units(self) -> Units: ...
    @property
    def positions(self) -> Positions: ...
    @property
    def sites(self) -> Sites: ...
    @property
    def people(self) -> People: ...
    @property
    def qualifications(self) -> Qualifications: ...
    @property
    def service_records(self) -> ServiceRecords: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def holdings(self) -> Holdings: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def outsiders(self) -> Outsiders: ...
    @property
    def access_changes(self) -> AccessChanges: ...
    @property
    def passwords(self) -> Passwords: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def access_tokens(self) -> AccessTokens: ...
    @property
    def service_accounts(self) -> ServiceAccounts: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def identities(self) -> Identities: ...
    @property
    def signing_keys(self) -> KeyRing: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def occurrences(self) -> Occurrences: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def notice_preferences(self) -> NoticePreferences: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def decision_times(self) -> DecisionTimes: ...
    @property
    def processes(self) -> Processes: ...
    @property
    def posts(self) -> PostsOfDay: ...
    @property
    def delegations(self) -> Delegations: ...
    def renew_access(self, people: Collection[UUID]) -> None: ...
    def end_sessions(self, sessions: Collection[UUID]) -> None: ...
    def publish(self, *facts: Fact) -> None: ...


class Store(Protocol):
    """Opens transactions: a caller's work, or a read of one snapshot."""

    def work(self, caller: Caller) -> AbstractContextManager[Records]: ...
    def read(self) -> AbstractContextManager[Records]: ...


@dataclass(frozen=True, slots=True)
class Needs:
    """What every use case is handed: the store, the clock, the organisation's zone, the roles, zones and calendars.

    `permissions` are those of every contract, with what the contracts say of them.
    """

    store: Store
    clock: Clock
    time_zone: ZoneInfo
    roles: dict[str, Role]
    permissions: Permissions
    knows_zone: Callable[[str], bool]
    knows_calendar: Callable[[str], bool]
    longest_outsider_days: int = 90

    def today(self) -> date:
        """The day it is where the organisation is."""
        return self.clock().astimezone(self.time_zone).date()

    def as_of(self, day: date) -> AsOf:
        """A day and the instant at which it ends where the organisation is."""
        return AsOf(day, self.begin_of(min(day, LAST_DAY) + timedelta(days=1)))

    def begin_of(self, day: date) -> datetime:
        """The instant at which a day begins where the organisation is."""
        return datetime.combine(day, time.min, self.time_zone)
