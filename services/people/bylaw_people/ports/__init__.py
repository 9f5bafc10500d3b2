"""What use cases need: the records of one transaction, and how it is opened."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import Caller
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Fact

from bylaw_people.ports.access import Grants
from bylaw_people.ports.organisation import People, Positions, Sites, Units
from bylaw_people.ports.sign_in import Passwords
from bylaw_people.rules.roles import Role


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
    def grants(self) -> Grants: ...
    @property
    def passwords(self) -> Passwords: ...
    def renew_access(self, people: Collection[UUID]) -> None: ...
    def end_sessions(self, sessions: Collection[UUID]) -> None: ...
    def publish(self, *facts: Fact) -> None: ...


class Store(Protocol):
    """Opens transactions: a caller's work, or a read of one snapshot."""

    def work(self, caller: Caller) -> AbstractContextManager[Records]: ...
    def read(self) -> AbstractContextManager[Records]: ...


@dataclass(frozen=True, slots=True)
class Needs:
    """What every use case is handed: the store, the clock, the organisation's zone, the roles, the zones."""

    store: Store
    clock: Clock
    time_zone: ZoneInfo
    roles: dict[str, Role]
    knows_zone: Callable[[str], bool]

    def today(self) -> date:
        """The day it is where the organisation is."""
        return self.clock().astimezone(self.time_zone).date()
